/**
 * Objects under changing names. A tracker sometimes loses an object and finds it again as a new one; who counts must
 * not start anew with it. This keeps the objects that went missing for a while and tells of a newcomer whose place it
 * takes: the nearest missing one of the same group and a similar size, where it should be by now or where it was.
 */
import { sizeOf, type Vec } from '../geometry/boxes.ts';
import { requireFromZero } from '../geometry/checks.ts';
import type { Box } from '../geometry/detection.ts';
import { LabelGroups } from './labels.ts';

/** What must be known of an object to follow it. A `Track` has all of it. */
export interface Followed {
  readonly id: number;
  readonly label: string;
  readonly box: Box;
  readonly velocity: Vec;
  readonly lastSeenS: number;
  readonly lost: boolean;
}

/** Where an object was when it was last seen. */
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

/** How far from the expected place a successor may appear: this much of the object's size, and more by the second. */
const REACH = 0.5;
const REACH_PER_S = 1;
/** Sizes of one object seen twice differ by at most this factor. */
const SIZE_RATIO = 2;

export class TrackStitcher {
  readonly #traces = new Map<number, Trace>();
  readonly #groups = new LabelGroups();
  readonly #memoryS: number;

  /** @param memoryS how long a missing object may be succeeded, seconds */
  constructor(memoryS: number) {
    this.#memoryS = memoryS;

    requireFromZero({ memoryS });
  }

  /**
   * Takes the objects of one frame.
   * @returns newcomer's id -> id of the object whose place it takes; that one is forgotten
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

  /** This one is not missing: it has become part of another. */
  forget(id: number): void {
    this.#traces.delete(id);
  }

  clear(): void {
    this.#traces.clear();
  }

  /** Every newcomer with every missing object whose place it may take. */
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

  /** How far the newcomer is from where the missing one may be, as a share of the reach; above 1 is out of question. */
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
