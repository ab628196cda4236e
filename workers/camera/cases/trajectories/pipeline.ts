/**
 * Case 2, behaviour history in a shop (人物の行動履歴の生成): people are tracked on the floor. Their trajectories give a heat
 * map, routes, dwell times and trips between zones, each reported only for k people together.
 *
 * The pipeline never sees a pixel: it works on boxes of people. No single trajectory leaves: it lives until it is
 * settled, seconds later. Its contributions wait in `release-aggregator.ts` for k - 1 other people, and are discarded
 * if those do not come.
 */
import {
  TRAJECTORIES_CASE,
  type CaseConfig,
  type OutRecord,
  type OutRecordOf,
  type TrajectoriesConfig,
  type ZoneRole,
} from '../../../../contract/index.ts';
import { drawSecurely } from '../../disclosure/noise.ts';
import type { Draw } from '../../disclosure/release.ts';
import type { OverlayBox } from '../../frames/preview.ts';
import type { Vec } from '../../vision/geometry/boxes.ts';
import { GroundFloor, pictureFloor, type Floor } from './vision/ground-position.ts';
import { Ground } from '../../vision/geometry/ground.ts';
import { TripBuilder, type TripListener } from './vision/trips.ts';
import { Area } from '../../vision/geometry/polygon.ts';
import type { PictureSize, Track } from '../../vision/tracking/track.ts';
import { Tracker } from '../../vision/tracking/tracker.ts';
import { PersonTracks, type Stretch } from './vision/person-tracks.ts';
import { checkCalibration, checkZone } from '../shared/drawing-checks.ts';
import { NoisyValues } from './noisy-values.ts';
import { ReleaseAggregator } from './release-aggregator.ts';
import { fits, type Instruments } from '../shared/instruments.ts';
import type { Pipeline, Seen } from '../pipeline.ts';
import { planOf } from './floor-plan.ts';

/**
 * Minimum stay of a visit by role of the zone, seconds: passing an entrance is a visit; a shelf or a till needs a stay.
 */
const MIN_STAY_S: Readonly<Record<ZoneRole, number>> = { entrance: 0, shelf: 2, till: 2, other: 1 };
/** Interval at which trajectories are settled, seconds. */
const SETTLE_S = 1;
/** Interval at which visitors get new keys, seconds. */
const ROTATE_S = 60;

/** State that depends on the size of the picture and on the drawing; rebuilt when either changes. */
interface TrajectoriesInstruments extends Instruments {
  readonly floor: Floor;
  readonly visitors: PersonTracks;
  readonly journeys: TripBuilder;
  readonly gathering: ReleaseAggregator;
}

export interface TrajectoriesOptions {
  /** Draws a random visitor's key. */
  readonly draw?: () => number;
  /** Draws whole numbers for noise; the platform's secure source where absent. */
  readonly noise?: Draw;
  /** For the laboratory: receives settled trips before the aggregation. */
  readonly listen?: (stretch: Stretch) => void;
  readonly account?: TripListener;
}

const drawKey = () => crypto.getRandomValues(new Uint32Array(1))[0]!;

export class TrajectoriesPipeline implements Pipeline {
  readonly case = 'trajectories';
  readonly needs = TRAJECTORIES_CASE.needs;
  readonly #options: TrajectoriesOptions;
  /** Outlives drawings and resets: what was spent of a day's budget stays spent. */
  readonly #noisy: NoisyValues;
  #config: TrajectoriesConfig;
  #tracker: Tracker | undefined;
  #instruments: TrajectoriesInstruments | undefined;
  #tracks: readonly Track[] = [];
  #planTold = false;
  #presenceTold = '';
  #heldTold = '';
  #settledS = -Infinity;
  #rotatedS = -Infinity;
  #releasedS = -1;
  #nowS = 0;

  /** @throws {Fault} 'zone-too-small', 'calibration-degenerate' */
  constructor(config: TrajectoriesConfig, options: TrajectoriesOptions = {}) {
    check(config);
    this.#config = config;
    this.#options = options;
    this.#noisy = new NoisyValues(options.noise ?? drawSecurely);
  }

  get following(): number {
    return this.#tracks.length;
  }

  configure(config: CaseConfig): void {
    if (config.case !== 'trajectories') return;
    check(config);
    const before = this.#config;
    this.#config = config;
    if (!same([before.zones, before.calibration], [config.zones, config.calibration])) {
      this.#discard();
    } else if (config.k < before.k) {
      // People counted under the higher k were promised that no figure covers fewer.
      this.#instruments?.gathering.clear();
    }
    if (before.k !== config.k) this.#presenceTold = '';
  }

  track(seen: Seen): void {
    const { visitors } = this.#fit(seen);
    const people = seen.objects.filter(({ label }) => label === 'person');
    this.#tracks = this.#tracker!.update(people, seen.timeS);
    visitors.update(this.#tracks, seen.timeS);
    this.#nowS = seen.timeS;
  }

  extract(seen: Seen): OutRecord[] {
    const at = this.#fit(seen);
    const { timeS } = seen;
    if (timeS - this.#settledS >= SETTLE_S) {
      this.#settledS = timeS;
      this.#take(at.visitors.settle(timeS), at);
    }
    if (timeS - this.#rotatedS >= ROTATE_S) {
      this.#rotatedS = timeS;
      const keys = at.visitors.rotate();
      at.journeys.rename(keys);
      at.gathering.rename(keys);
    }
    return [...this.#plan(at), ...this.#release(at, timeS)];
  }

  finish(): OutRecord[] {
    const at = this.#instruments;
    if (!at) return [];
    this.#take(at.visitors.finish(), at);
    const atS = tenths(this.#nowS);
    return [...at.gathering.release(this.#config, atS), ...this.#presence(at, atS)];
  }

  marks(): readonly OverlayBox[] {
    const { floor, visitors } = this.#instruments ?? {};
    return (visitors?.present ?? [])
      .filter(({ track, believed }) => believed && this.#tracks.includes(track))
      .map(({ track, trail }) => ({
        box: track.box,
        kind: 'pedestrian',
        seen: !track.lost,
        trail: trail.flatMap((p) => [floor?.show(p) ?? []].filter((q): q is Vec => q.length === 2)),
      }));
  }

  reset(): void {
    this.#discard();
    this.#tracker = undefined;
    this.#tracks = [];
  }

  /** Discards all tracks and contributions; the drawing is reported again. */
  #discard(): void {
    this.#instruments?.visitors.finish();
    this.#instruments?.journeys.clear();
    this.#instruments?.gathering.clear();
    this.#instruments = undefined;
    this.#planTold = false;
    this.#presenceTold = this.#heldTold = '';
    this.#settledS = this.#rotatedS = -Infinity;
    this.#releasedS = -1;
  }

  #fit({ width, height }: PictureSize): TrajectoriesInstruments {
    const picture = { width, height };
    const at = this.#instruments;
    if (at && fits(at, picture)) return at;
    if (at) this.reset();
    const { zones } = this.#config;
    const floor = floorOf(this.#config, picture);
    const areas = zones.flatMap(({ id, points }) => areaOn(floor, id, points, picture));
    const minS = new Map(zones.map(({ id, role }) => [id, MIN_STAY_S[role]]));
    const gathering = new ReleaseAggregator(floor.metric, this.#noisy);
    this.#tracker ??= new Tracker({ picture });
    return (this.#instruments = {
      ...picture,
      floor,
      visitors: new PersonTracks(floor, areas, this.#options.draw ?? drawKey),
      journeys: new TripBuilder(areas, minS, both(gathering, this.#options.account)),
      gathering,
    });
  }

  #take(stretches: readonly Stretch[], { journeys }: TrajectoriesInstruments): void {
    for (const stretch of stretches) {
      this.#options.listen?.(stretch);
      journeys.take(stretch);
    }
  }

  #plan({ floor, width, height }: TrajectoriesInstruments): OutRecord[] {
    if (this.#planTold) return [];
    this.#planTold = true;
    return floor instanceof GroundFloor ? [planOf(this.#config, floor, { width, height })] : [];
  }

  /** Reports at the end of each interval, with its time: the time of an event within it is not reported. */
  #release(at: TrajectoriesInstruments, timeS: number): OutRecord[] {
    const { everyS } = this.#config;
    const spanS = Math.floor(timeS / everyS) * everyS;
    // A source whose time runs backwards has restarted.
    if (spanS === this.#releasedS) return [];
    this.#releasedS = spanS;
    const released = at.gathering.release(this.#config, spanS);
    return [...released, ...this.#presence(at, spanS), ...this.#held(at, spanS)];
  }

  #held({ gathering }: TrajectoriesInstruments, atS: number): OutRecord[] {
    const { k, tellHeld } = this.#config;
    if (!tellHeld) return [];
    const held = gathering.held(k);
    const told = JSON.stringify(held);
    if (told === this.#heldTold) return [];
    this.#heldTold = told;
    const record: OutRecordOf<'held'> = { type: 'held', case: 'trajectories', atS, ...held };
    return [record];
  }

  #presence({ visitors }: TrajectoriesInstruments, atS: number): OutRecord[] {
    const { k, zones, noise } = this.#config;
    const believed = visitors.present.filter((visitor) => visitor.believed);
    const told = zones.map(({ id }) => {
      const inside = believed.filter(({ present }) => present.isInside(id)).length;
      const told = noise
        ? this.#noisy.release(`presence ${id}`, [{ value: inside, share: 1 }], atS, noise)
        : [inside];
      return { zone: id, atLeast: Math.floor(Math.max(0, told?.[0] ?? 0) / k) * k };
    });
    if (JSON.stringify(told) === this.#presenceTold) return [];
    this.#presenceTold = JSON.stringify(told);
    const record: OutRecordOf<'presence'> = { type: 'presence', case: 'trajectories', atS, k, zones: told };
    return [record];
  }
}

function check({ zones, calibration }: TrajectoriesConfig): void {
  zones.forEach(checkZone);
  if (calibration) checkCalibration(calibration);
}

function floorOf({ calibration }: TrajectoriesConfig, picture: PictureSize): Floor {
  if (!calibration) return pictureFloor;
  const { points, widthM, depthM } = calibration;
  const [a, b, c, d] = points.map(([x, y]): Vec => [x * picture.width, y * picture.height]);
  const ground = Ground.fromRectangle([a!, b!, c!, d!], widthM, depthM, picture);
  return ground ? new GroundFloor(ground) : pictureFloor;
}

/** A zone on the floor; undefined where it reaches above the horizon, since there is no floor. */
function areaOn(floor: Floor, id: string, points: readonly Vec[], { width, height }: PictureSize): Area[] {
  const corners = points.map(([x, y]) => floor.locate([x * width, y * height]));
  return corners.every((corner) => corner !== undefined) ? [new Area(id, corners)] : [];
}

/** Forwards to two listeners, if there are two. */
function both(first: TripListener, second: TripListener | undefined): TripListener {
  if (!second) return first;
  return {
    spent: (...args) => (first.spent(...args), second.spent(...args)),
    visited: (...args) => (first.visited(...args), second.visited(...args)),
    went: (...args) => (first.went(...args), second.went(...args)),
  };
}

const tenths = (seconds: number) => Math.round(Math.max(0, seconds) * 10) / 10;
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
