/**
 * The traffic, as far as one forward camera can judge it without its own speed. The page repeats this rule:
 *
 * - **jammed**: for most of the last seconds the camera has stood still, and close ahead there is a vehicle in its way;
 * - **busy**: a vehicle is close ahead in its way while the camera moves, the gap to it closes fast, or many are ahead;
 * - **free**: anything else.
 *
 * The width of a vehicle's box decides what is close, since cars are about equally wide. The queue at a red light
 * counts as a jam: the rule cannot distinguish them.
 */
import { centreOf, heightOf, widthOf } from '../../../vision/geometry/boxes.ts';
import type { PictureSize, Track } from '../../../vision/tracking/track.ts';

export const ROAD_STATES = ['free', 'busy', 'jammed'] as const;
export type RoadState = (typeof ROAD_STATES)[number];

/** A tracked vehicle. */
export type Vehicle = Pick<Track, 'id' | 'box' | 'lastSeenS'>;

/** The own lane: the middle of the picture, share of its width, and vehicles that stand in its lower part. */
const LANE = 0.36;
const ROAD_FROM = 0.4;
/** The middle of the next lane is nearly two widths of a car aside: oncoming vehicles there close no gap. */
const IN_THE_WAY = 1;
/** A car 1.7 m wide fills this share of the width of a lens of 75 degrees at some 9 m. */
const CLOSE = 0.12;
/** A box that grows by this share a second halves its distance in about that time. */
const CLOSING = 0.35;
/** Number of vehicles in the lane's direction that are many. */
const MANY = 4;
/** Period over which the camera's own motion is judged, and minimum duration of a new state, seconds. */
const WINDOW_S = 3;
const SETTLE_S = 1;
/** Period over which growth is measured, seconds: boxes jitter. */
const LOOK_S = 0.5;

export class RoadMeter {
  #state: RoadState = 'free';
  #wanted: RoadState = 'free';
  #wantedSinceS = 0;
  #moments: { readonly timeS: number; readonly standing: boolean }[] = [];
  readonly #widths = new Map<
    number,
    { readonly timeS: number; readonly width: number; readonly growth: number }
  >();
  readonly #picture: PictureSize;

  constructor(picture: PictureSize) {
    this.#picture = picture;
  }

  get state(): RoadState {
    return this.#state;
  }

  /**
   * @param vehicles those in view
   * @param standing whether the camera itself stands; undefined where unknown
   * @returns the state of the road now
   */
  update(vehicles: readonly Vehicle[], standing: boolean | undefined, timeS: number): RoadState {
    if (standing !== undefined) this.#moments.push({ timeS, standing });
    this.#moments = this.#moments.filter(
      (moment) => timeS - moment.timeS <= WINDOW_S && moment.timeS <= timeS,
    );
    const wanted = this.#judge(vehicles, timeS);
    if (wanted !== this.#wanted || timeS < this.#wantedSinceS) {
      this.#wanted = wanted;
      this.#wantedSinceS = timeS;
    }
    if (timeS - this.#wantedSinceS >= SETTLE_S) this.#state = wanted;
    return this.#state;
  }

  #judge(vehicles: readonly Vehicle[], timeS: number): RoadState {
    const ahead = vehicles.filter((vehicle) => this.#isAhead(vehicle));
    const inTheWay = ahead.filter((vehicle) => this.#isInTheWay(vehicle));
    const widest = Math.max(0, ...inTheWay.map(({ box }) => widthOf(box))) / this.#picture.width;
    const growths = new Map(ahead.map((vehicle) => [vehicle, this.#growth(vehicle, timeS)]));
    const closing = inTheWay.some((vehicle) => growths.get(vehicle)! > CLOSING);
    const stood = this.#moments.filter(({ standing }) => standing).length;
    const mostlyStood = this.#moments.length > 0 && stood > this.#moments.length / 2;
    if (mostlyStood && widest >= CLOSE) return 'jammed';
    return widest >= CLOSE || closing || ahead.length >= MANY ? 'busy' : 'free';
  }

  #isAhead({ box }: Vehicle): boolean {
    const [x] = centreOf(box);
    const aside = Math.abs(x / this.#picture.width - 0.5);
    return aside <= LANE / 2 && box[3] >= ROAD_FROM * this.#picture.height && heightOf(box) > 0;
  }

  /** Whether a vehicle is in the camera's own lane, for a camera that looks straight ahead. */
  #isInTheWay({ box }: Vehicle): boolean {
    const [x] = centreOf(box);
    return Math.abs(x - this.#picture.width / 2) <= IN_THE_WAY * widthOf(box);
  }

  /** Growth of a vehicle's box, share of its width a second, between two measurements about half a second apart. */
  #growth({ id, box, lastSeenS }: Vehicle, timeS: number): number {
    for (const [known, { timeS: then }] of this.#widths)
      if (timeS - then > WINDOW_S) this.#widths.delete(known);
    const before = this.#widths.get(id);
    const width = widthOf(box);
    const dt = before ? lastSeenS - before.timeS : 0;
    // Between two measurements the last result holds.
    if (before && dt >= 0 && dt < LOOK_S) return before.growth;
    const growth = before && dt > 0 ? (width / before.width - 1) / dt : 0;
    this.#widths.set(id, { timeS: lastSeenS, width, growth });
    return growth;
  }
}
