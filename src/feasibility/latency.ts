/**
 * Latency of a model on a chip, interpolated between published measurements of known models on the same chip.
 *
 * Three quantities place a model among the known ones, all on logarithmic axes: multiply-accumulates, pixels of the
 * input (they stand in for the activations that have to be moved; published tables state the input, seldom the graph),
 * and weights beyond what the chip holds, which are fetched again for each picture. Peak operations a second play no
 * part.
 */
import type { Chip, KnownModels, Measurement } from './chip.ts';
import { Kriging, type Sample } from './kriging.ts';

/** The quantities of a model that determine its latency. */
export interface Workload {
  readonly macs: number;
  /** Pixels of the input. */
  readonly pixels: number;
  /** Weights at the precision the chip computes with. */
  readonly weightBytes: number;
}

export interface Estimate {
  /** Milliseconds for one picture. */
  readonly ms: number;
  /** Band in which four of five cases are expected. */
  readonly lowMs: number;
  readonly highMs: number;
  /** Published measurements behind it. */
  readonly count: number;
  /** Whether the band comes from leaving measurements out; with fewer than three it is assumed. */
  readonly tested: boolean;
  /** Far more or far less work than all measured models. */
  readonly beyond: boolean;
}

/**
 * Constants chosen once for all chips by leaving one out among the measurements that are fitted. (The kind of method was
 * chosen before some were held back; the README says so.)
 * Slopes: twice the work or twice the pixels is 1.4 times the time, as long as no measurement knows better.
 */
const KRIGING = { slopes: [0.5, 0.5, 0], slopeSpread: 0.1, amplitude: 0.8, reach: 1.5, noise: 0.3 };
/** Four fifths of a normal distribution lie within this many standard deviations. */
const FOUR_FIFTHS = 1.28;
/** Assumed standard deviation with one or two measurements, of which none can be left out: a factor of two. */
const ASSUMED_SPREAD = Math.log(2);
/** Factor beyond the largest and smallest measured work from which an estimate is marked as extrapolated. */
const BEYOND = 3;
/** Minimum number of a chip's measurements to hold back every third one as a check of the estimate. */
const ENOUGH_TO_HOLD_BACK = 5;

/** @throws {RangeError} for a measurement of an unknown model */
export function workloadOf(measurement: Measurement, { models }: KnownModels): Workload {
  const model = models[measurement.model];
  if (!model) throw new RangeError(`${measurement.model} is not among the known models`);
  const usual = model.width * model.height;
  const pixels = (measurement.width ?? model.width) * (measurement.height ?? model.height);
  return {
    macs: (model.macs * pixels) / usual,
    pixels,
    weightBytes: measurement.weightBytes ?? model.parameters,
  };
}

/**
 * Splits a chip's measurements by a fixed rule, without a choice: in order of multiply-accumulates every third one,
 * starting with the second, is held back. Chips with fewer than five keep all.
 */
export function holdBack(
  chip: Chip,
  known: KnownModels,
): { readonly fitted: readonly Measurement[]; readonly heldBack: readonly Measurement[] } {
  if (chip.measurements.length < ENOUGH_TO_HOLD_BACK) return { fitted: chip.measurements, heldBack: [] };
  const ordered = chip.measurements
    .map((measurement) => ({ measurement, macs: workloadOf(measurement, known).macs }))
    .sort((a, b) => a.macs - b.macs || (a.measurement.model < b.measurement.model ? -1 : 1))
    .map(({ measurement }) => measurement);
  return {
    fitted: ordered.filter((_, i) => i % 3 !== 1),
    heldBack: ordered.filter((_, i) => i % 3 === 1),
  };
}

export class LatencyModel {
  readonly #samples: readonly Sample[];
  readonly #kriging: Kriging;
  readonly #held: number;
  /** Standard deviation of the logarithm of an estimate's error. */
  readonly spread: number;
  readonly #macs: readonly [min: number, max: number];

  constructor(chip: Chip, known: KnownModels) {
    const { weights, excess } = chip.memory;
    this.#held = excess === 'streamed' ? (weights?.value ?? 0) : 0;
    const works = holdBack(chip, known).fitted.map((measurement) => ({
      work: workloadOf(measurement, known),
      ms: measurement.ms,
    }));
    this.#samples = works.map(({ work, ms }) => ({ x: this.#place(work), y: Math.log(ms) }));
    this.#kriging = new Kriging(this.#samples, KRIGING);
    const macs = works.map(({ work }) => work.macs);
    this.#macs = [Math.min(...macs), Math.max(...macs)];
    this.spread = this.tested ? leaveOneOut(this.#samples) : ASSUMED_SPREAD;
  }

  get tested(): boolean {
    return this.#samples.length > 2;
  }

  estimate(work: Workload): Estimate {
    const { mean, variance } = this.#kriging.at(this.#place(work));
    const band = Math.exp(FOUR_FIFTHS * Math.max(this.spread, Math.sqrt(variance)));
    const ms = Math.exp(mean);
    const [min, max] = this.#macs;
    return {
      ms,
      lowMs: ms / band,
      highMs: ms * band,
      count: this.#samples.length,
      tested: this.tested,
      beyond: work.macs > max * BEYOND || work.macs < min / BEYOND,
    };
  }

  #place({ macs, pixels, weightBytes }: Workload): number[] {
    const spilled = Math.max(0, weightBytes - this.#held);
    return [Math.log(Math.max(macs, 1) / 1e9), Math.log(pixels / 1e6), Math.log(1 + spilled / 1e6)];
  }
}

/** Root mean square of the errors when each sample is estimated from the others. */
function leaveOneOut(samples: readonly Sample[]): number {
  const errors = samples.map((left, i) => {
    const others = new Kriging(
      samples.filter((_, j) => j !== i),
      KRIGING,
    );
    return others.at(left.x).mean - left.y;
  });
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
}

/** The latency models of the chips, made once. */
export function latencyModels(chips: readonly Chip[], known: KnownModels): (chip: Chip) => LatencyModel {
  const models = new Map(chips.map((chip) => [chip.id, new LatencyModel(chip, known)]));
  return (chip) => models.get(chip.id) ?? new LatencyModel(chip, known);
}
