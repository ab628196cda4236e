/**
 * Who stands and who walks, and which way: the slope of a person's place over the last second, robustly. In metres a
 * second on a calibrated floor; without one, in body heights, taken for the usual person's.
 */
import { groundPointOf, heightOf, type Vec } from '../../../vision/geometry/boxes.ts';
import type { Ground } from '../../../vision/geometry/ground.ts';
import { median } from '../../../../../lib/stats.ts';
import { theilSen } from '../../../vision/geometry/theil-sen.ts';
import type { TrackedObject } from '../../../vision/tracking/track.ts';
import { USUAL_HEIGHT_M } from './person-scale.ts';

export interface Pace {
  readonly moving: boolean;
  /** Pixels a second in the picture. */
  readonly velocity: Vec;
}

export interface PaceOptions {
  /** Places are remembered this long, seconds. */
  readonly windowS?: number;
  /**
   * Metres a second from which a person who stood is walking, and below which one who walked stands. Free walking
   * is 1.34 m/s with a deviation of .26 (Weidmann 1993), so that both are far below any walk; a person who only
   * shifts their weight stays below them.
   */
  readonly startMps?: number;
  readonly stopMps?: number;
}

interface Place {
  readonly timeS: number;
  /** Pixels. */
  readonly at: Vec;
  /** Metres, on a calibrated floor. */
  readonly floor: Vec | undefined;
  /** Of the body, pixels. */
  readonly height: number;
}

interface Walker {
  readonly places: Place[];
  moving: boolean;
  velocity: Vec;
}

const MIN_PLACES = 3;

export class PaceMeter {
  readonly #walkers = new Map<number, Walker>();
  readonly #windowS: number;
  readonly #startMps: number;
  readonly #stopMps: number;
  readonly #ground: Ground | undefined | undefined;

  constructor(
    ground?: Ground | undefined,
    { windowS = 1.2, startMps = 0.5, stopMps = 0.3 }: PaceOptions = {},
  ) {
    this.#ground = ground;

    this.#windowS = windowS;
    this.#startMps = startMps;
    this.#stopMps = stopMps;
  }

  /** Takes the people of one frame; those not seen in it keep what is known of them. */
  update(people: readonly TrackedObject[], timeS: number): void {
    const present = new Set(people.map(({ id }) => id));
    for (const id of this.#walkers.keys()) if (!present.has(id)) this.#walkers.delete(id);
    for (const { id, box, lost, cut } of people) {
      let walker = this.#walkers.get(id);
      if (!walker) this.#walkers.set(id, (walker = { places: [], moving: false, velocity: [0, 0] }));
      // The foot of a person who is cut off below is a guess.
      if (lost || cut.bottom) continue;
      const at = groundPointOf(box);
      walker.places.push({ timeS, at, floor: this.#ground?.locate(at), height: heightOf(box) });
      while (walker.places.length > 0 && timeS - walker.places[0]!.timeS > this.#windowS)
        walker.places.shift();
      this.#judge(walker);
    }
  }

  /** @returns undefined for a person not known */
  of(id: number): Pace | undefined {
    return this.#walkers.get(id);
  }

  #judge(walker: Walker): void {
    const { places } = walker;
    const first = places[0];
    const last = places.at(-1);
    if (!first || !last || places.length < MIN_PLACES) return;
    if (last.timeS - first.timeS < this.#windowS / 2) return;
    walker.velocity = velocityOf(places, ({ at }) => at);
    const onFloor = places.every(({ floor }) => floor !== undefined);
    const mps = onFloor
      ? Math.hypot(...velocityOf(places, ({ floor }) => floor!))
      : (Math.hypot(...walker.velocity) / median(places.map(({ height }) => height))) * USUAL_HEIGHT_M;
    walker.moving = mps >= (walker.moving ? this.#stopMps : this.#startMps);
  }
}

/** Slope of a place over time, each axis apart. */
function velocityOf(places: readonly Place[], of: (place: Place) => Vec): Vec {
  const times = places.map(({ timeS }) => timeS);
  const along = (axis: 0 | 1) =>
    theilSen(
      times,
      places.map((place) => of(place)[axis]),
    )?.slope ?? 0;
  return [along(0), along(1)];
}
