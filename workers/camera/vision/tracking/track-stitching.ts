/**
 * Links tracks of one object. A tracker sometimes loses an object and finds it again under a new id; a counter must not
 * restart with it. This keeps lost objects for a while and finds the predecessor of a new one: the nearest lost object
 * of the same group and a similar size, at its predicted or its last position.
 */
import { sizeOf, type Vec } from '../geometry/boxes.ts';
import { requireFromZero } from '../geometry/checks.ts';
import type { Box } from '../geometry/detection.ts';
import { LabelGroups } from './labels.ts';

/** The properties needed for stitching. A `Track` has all of them. */
export interface Followed {
  readonly id: number;
  readonly label: string;
  readonly box: Box;
  readonly velocity: Vec;
  readonly lastSeenS: number;
  readonly lost: boolean;
}

/** The last observation of an object. */
interface Trace {
  readonly id: number;
  label: string;
  box: Box;
  velocity: Vec;
  lastSeenS: number;
}

interface Offer {
  readonly heir: number;
  readonly from: number;
  readonly off: number;
}

/** Maximum distance of a successor from the expected position, in sizes of the object, and its growth a second. */
const REACH = 0.5;
const REACH_PER_S = 1;
/** Maximum ratio of the sizes of one object. */
const SIZE_RATIO = 2;

export class TrackStitcher {
  readonly #traces = new Map<number, Trace>();
  readonly #groups = new LabelGroups();
  readonly #memoryS: number;

  /** @param memoryS time for which a lost object may get a successor, seconds */
  constructor(memoryS: number) {
    this.#memoryS = memoryS;

    requireFromZero({ memoryS });
  }

  /**
   * Takes the objects of one frame.
   * @returns new id -> id of its predecessor, which is then removed
   */
  update(objects: readonly Followed[], timeS: number): ReadonlyMap<number, number> {
    const seen = objects.filter((o) => !o.lost);
    const offers = this.#offers(seen, timeS);
    offers.sort((a, b) => a.off - b.off || a.heir - b.heir || a.from - b.from);
    const heirs = new Map<number, number>();
    const given = new Set<number>();
    for (const { heir, from } of offers) {
      if (heirs.has(heir) || given.has(from)) continue;
      heirs.set(heir, from);
      given.add(from);
      this.#traces.delete(from);
    }
    for (const { id, label, box, velocity, lastSeenS } of seen) {
      const trace = this.#traces.get(id);
      if (trace) Object.assign(trace, { label, box, velocity, lastSeenS });
      else this.#traces.set(id, { id, label, box, velocity, lastSeenS });
    }
    return heirs;
  }

  /** Removes an object that is not lost but has become part of another. */
  forget(id: number): void {
    this.#traces.delete(id);
  }

  clear(): void {
    this.#traces.clear();
  }

  /** All pairs of a new object and a possible predecessor. */
  #offers(seen: readonly Followed[], timeS: number): Offer[] {
    const newcomers = seen.filter((o) => !this.#traces.has(o.id));
    const here = new Set(seen.map((o) => o.id));
    const missing: Trace[] = [];
    for (const trace of this.#traces.values()) {
      if (here.has(trace.id)) continue;
      if (timeS - trace.lastSeenS > this.#memoryS) this.#traces.delete(trace.id);
      else missing.push(trace);
    }
    const offers: Offer[] = [];
    for (const object of newcomers) {
      for (const trace of missing) {
        const off = this.#distance(trace, object, timeS);
        if (off <= 1) offers.push({ heir: object.id, from: trace.id, off });
      }
    }
    return offers;
  }

  /** Distance of a new object from the lost one's possible position, as a share of the reach; above 1 is excluded. */
  #distance(trace: Trace, object: Followed, timeS: number): number {
    if (this.#groups.of(trace.label) !== this.#groups.of(object.label)) return Infinity;
    const size = sizeOf(trace.box);
    const ratio = sizeOf(object.box) / size;
    if (!(ratio <= SIZE_RATIO && ratio >= 1 / SIZE_RATIO)) return Infinity;
    const gap = timeS - trace.lastSeenS;
    const dx = (object.box[0] + object.box[2] - trace.box[0] - trace.box[2]) / 2;
    const dy = (object.box[1] + object.box[3] - trace.box[1] - trace.box[3]) / 2;
    const stayed = Math.hypot(dx, dy);
    const moved = Math.hypot(dx - trace.velocity[0] * gap, dy - trace.velocity[1] * gap);
    return Math.min(stayed, moved) / (size * (REACH + REACH_PER_S * gap));
  }
}
