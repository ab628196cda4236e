/**
 * Extracts from settled trajectories the stays in zones, the paths from zone to zone, and the seconds in cells of the
 * floor. Each is reported once, at its end, with the key of the person. Only the path since the last zone is kept.
 */
import type { Vec } from '../../../vision/geometry/boxes.ts';
import type { LinePoint } from './trajectory-smoother.ts';
import type { Area } from '../../../vision/geometry/polygon.ts';
import { ZoneDwell, type Stay } from './dwell.ts';
import type { Stretch } from './person-tracks.ts';

/** Receives the events; keys are those of visitors. */
export interface TripListener {
  /** A person was in a cell of the floor for a time, seconds. */
  spent(key: number, at: Vec, seconds: number, timeS: number): void;
  visited(key: number, stay: Stay): void;
  /** A person went from one zone to another; the points in between, in order. */
  went(key: number, from: string, to: string, way: readonly Vec[], timeS: number): void;
}

/** Maximum pause between two points, seconds; a longer one is assigned to no cell. */
const LONGEST_PAUSE_S = 2;
/** Minimum distance of the points kept of a path, metres. */
const STRIDE_M = 0.2;
/** Maximum number of points kept of a path; a longer one is thinned out. */
const MAX_POINTS = 256;

/** State of one person between two pieces of the trajectory. */
interface Journey {
  readonly stays: ZoneDwell;
  last: LinePoint | undefined;
  /** The last visit, and the points since then. */
  visit: Stay | undefined;
  way: LinePoint[];
}

export class TripBuilder {
  readonly #open = new Map<number, Journey>();
  readonly #areas: readonly Area[];
  readonly #minS: ReadonlyMap<string, number>;
  readonly #account: TripListener;

  /**
   * @param areas zones, in the units of the floor
   * @param minS minimum stay in each zone that is a visit, seconds
   */
  constructor(areas: readonly Area[], minS: ReadonlyMap<string, number>, account: TripListener) {
    this.#areas = areas;
    this.#minS = minS;
    this.#account = account;
  }

  take({ key, points, watched, over }: Stretch): void {
    let journey = this.#open.get(key);
    if (!journey) {
      journey = { stays: new ZoneDwell(this.#areas, watched), last: undefined, visit: undefined, way: [] };
      this.#open.set(key, journey);
    }
    for (const point of points) this.#point(key, journey, point);
    if (!over) return;
    for (const stay of journey.stays.finish(over === 'cut')) this.#stay(key, journey, stay);
    this.#open.delete(key);
  }

  /** Replaces the keys of people. */
  rename(keys: ReadonlyMap<number, number>): void {
    const before = [...this.#open];
    this.#open.clear();
    for (const [key, journey] of before) this.#open.set(keys.get(key) ?? key, journey);
  }

  clear(): void {
    this.#open.clear();
  }

  #point(key: number, journey: Journey, point: LinePoint): void {
    const { last } = journey;
    const seconds = last ? point.timeS - last.timeS : 0;
    if (last && seconds > 0 && seconds <= LONGEST_PAUSE_S)
      this.#account.spent(key, last.at, seconds, point.timeS);
    journey.last = point;
    const kept = journey.way.at(-1);
    if (!kept || Math.hypot(point.at[0] - kept.at[0], point.at[1] - kept.at[1]) >= STRIDE_M * point.unit) {
      journey.way.push(point);
      if (journey.way.length > MAX_POINTS) journey.way = journey.way.filter((_, i) => i % 2 === 0);
    }
    for (const stay of journey.stays.update(point)) this.#stay(key, journey, stay);
  }

  #stay(key: number, journey: Journey, stay: Stay): void {
    if (stay.toS - stay.fromS < (this.#minS.get(stay.zone) ?? 0)) return;
    const { visit } = journey;
    // A stay without an observed beginning has no known length, but it is a stay.
    if (stay.whole) this.#account.visited(key, stay);
    if (visit && visit.zone !== stay.zone && stay.fromS >= visit.fromS) {
      const way = journey.way.filter(({ timeS }) => timeS >= visit.toS && timeS <= stay.fromS);
      this.#account.went(
        key,
        visit.zone,
        stay.zone,
        way.map(({ at }) => at),
        stay.fromS,
      );
    }
    journey.visit = stay;
    journey.way = journey.way.filter(({ timeS }) => timeS >= stay.toS);
  }
}
