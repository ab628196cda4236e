/**
 * Smooths a walked trajectory on the floor, from positions with an error each.
 *
 * Forward a constant-velocity Kalman filter with white acceleration over the true time steps (Bar-Shalom, Li &
 * Kirubarajan 2001, 6.2.2), backward the Rauch-Tung-Striebel smoother ("Maximum likelihood estimates of linear dynamic
 * systems", AIAA Journal 3, 1965). It is preferred to a moving fit such as Savitzky and Golay's because it handles
 * irregular frames and gaps, weighs each position by its own error (a far one errs more than a near one, and more in
 * depth than sideways), and needs no choice of a window. The two axes are filtered separately.
 */
import type { Vec } from '../../../vision/geometry/boxes.ts';

/** A measured position on the floor. */
export interface Placed {
  readonly at: Vec;
  /** Standard deviations along the two axes. */
  readonly sd: Vec;
  /** Length of a metre there, in floor units; 1 where the floor is in metres. */
  readonly unit: number;
}

export interface LinePoint {
  readonly timeS: number;
  readonly at: Vec;
  readonly unit: number;
}

/** Value, rate, and the covariance [[vv, vr], [vr, rr]] of the two. */
interface Axis {
  readonly value: number;
  readonly rate: number;
  readonly vv: number;
  readonly vr: number;
  readonly rr: number;
}

interface Step {
  readonly timeS: number;
  readonly unit: number;
  readonly predicted: readonly [Axis, Axis];
  readonly corrected: readonly [Axis, Axis];
}

/**
 * Change of a walker's velocity in a second of unknown acceleration, metres a second: a person who starts or stops
 * within a second or two has it (walking speed in shops: 1 m/s).
 */
const ACCELERATION = 0.8;
/** Standard deviation of a new person's velocity, metres a second: standing, or walking in any direction. */
const VELOCITY = 1;
/** Standard deviations beyond which a measurement's weight falls with its distance. */
const DOUBT_FROM = 3;

export class TrajectorySmoother {
  #steps: Step[] = [];

  /** Adds the next position; times must not run backwards. */
  add(timeS: number, { at, sd, unit }: Placed): void {
    const last = this.#steps.at(-1);
    const axes = [0, 1].map((axis) => {
      const measured = at[axis]!;
      const variance = sd[axis]! ** 2;
      const before = last?.corrected[axis];
      if (!before) {
        const start = { value: measured, rate: 0, vv: variance, vr: 0, rr: (VELOCITY * unit) ** 2 };
        return { predicted: start, corrected: start };
      }
      const predicted = predict(before, timeS - last.timeS, (ACCELERATION * unit) ** 2);
      return { predicted, corrected: correct(predicted, measured, variance) };
    });
    const [x, y] = axes as [(typeof axes)[0], (typeof axes)[0]];
    this.#steps.push({
      timeS,
      unit,
      predicted: [x.predicted, y.predicted],
      corrected: [x.corrected, y.corrected],
    });
  }

  /** The filtered last position; undefined before the first. */
  get now(): LinePoint | undefined {
    const last = this.#steps.at(-1);
    return last && pointOf(last, last.corrected[0].value, last.corrected[1].value);
  }

  /** Its velocity, floor units a second. */
  get rate(): Vec | undefined {
    const last = this.#steps.at(-1);
    return last && [last.corrected[0].rate, last.corrected[1].rate];
  }

  /** Removes unsettled positions measured after this time. */
  forgetAfter(timeS: number): void {
    this.#steps = this.#steps.filter((step) => step.timeS <= timeS);
  }

  /** Points not yet settled. */
  get length(): number {
    return this.#steps.length;
  }

  /** Smooths the trajectory, returns its points up to a moment (all by default), and removes them. */
  settle(untilS = Infinity): LinePoint[] {
    const points: LinePoint[] = [];
    let after: { step: Step; smooth: readonly [Smooth, Smooth] } | undefined;
    for (const step of this.#steps.toReversed()) {
      const smooth = [0, 1].map((axis) =>
        after
          ? smoothed(
              step.corrected[axis]!,
              after.step.predicted[axis]!,
              after.smooth[axis]!,
              after.step.timeS - step.timeS,
            )
          : step.corrected[axis]!,
      ) as unknown as readonly [Smooth, Smooth];
      if (step.timeS <= untilS) points.push(pointOf(step, smooth[0].value, smooth[1].value));
      after = { step, smooth };
    }
    this.#steps = this.#steps.filter(({ timeS }) => timeS > untilS);
    return points.reverse();
  }
}

type Smooth = Pick<Axis, 'value' | 'rate'>;

const pointOf = ({ timeS, unit }: Step, x: number, y: number): LinePoint => ({ timeS, at: [x, y], unit });

function predict({ value, rate, vv, vr, rr }: Axis, dt: number, q: number): Axis {
  return {
    value: value + rate * dt,
    rate,
    vv: vv + dt * (2 * vr + dt * rr) + (q * dt ** 3) / 3,
    vr: vr + dt * rr + (q * dt ** 2) / 2,
    rr: rr + q * dt,
  };
}

function correct({ value, rate, vv, vr, rr }: Axis, measured: number, variance: number): Axis {
  const error = measured - value;
  const doubt = Math.max(1, Math.abs(error) / (DOUBT_FROM * Math.sqrt(vv + variance)));
  const total = vv + variance * doubt ** 2;
  const [gainValue, gainRate] = [vv / total, vr / total];
  return {
    value: value + gainValue * error,
    rate: rate + gainRate * error,
    vv: (1 - gainValue) * vv,
    vr: (1 - gainValue) * vr,
    rr: rr - gainRate * vr,
  };
}

/** One backward step: the smoothed next step corrects this one. */
function smoothed(now: Axis, predicted: Axis, after: Smooth, dt: number): Smooth {
  // C = P F' Q^-1, with P of now, F = [[1, dt], [0, 1]] and Q the covariance predicted from it.
  const [a, b, c, d] = [now.vv + now.vr * dt, now.vr, now.vr + now.rr * dt, now.rr];
  const det = predicted.vv * predicted.rr - predicted.vr ** 2;
  if (!(det > 0)) return now;
  const [dv, dr] = [after.value - predicted.value, after.rate - predicted.rate];
  const u = (predicted.rr * dv - predicted.vr * dr) / det;
  const w = (predicted.vv * dr - predicted.vr * dv) / det;
  return { value: now.value + a * u + b * w, rate: now.rate + c * u + d * w };
}
