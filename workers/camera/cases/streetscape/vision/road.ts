/**
 * How the traffic flows, as far as one forward camera can tell without knowing its speed. The rule, in words the page
 * repeats:
 *
 * - **jammed**: for most of the last seconds the camera has stood still, and close ahead there is a vehicle in its way;
 * - **busy**: a vehicle is close ahead in its way while the camera moves, the gap to it closes fast, or many are ahead;
 * - **free**: anything else.
 *
 * "Close" is told by the width of the vehicle's box, since cars are about equally wide. A red light makes a queue, too:
 * the rule does not tell it from a jam.
 */
import { centreOf, heightOf, widthOf } from '../../../vision/geometry/boxes.ts';
import type { PictureSize, Track } from '../../../vision/tracking/track.ts';

export const ROAD_STATES = ['free', 'busy', 'jammed'] as const;
export type RoadState = (typeof ROAD_STATES)[number];

/** What is seen of a vehicle. */
export type Vehicle = Pick<Track, 'id' | 'box' | 'lastSeenS'>;

/** The way ahead: the middle of the picture, share of its width, and vehicles that stand in its lower part. */
const LANE = 0.36;
const ROAD_FROM = 0.4;
/** The middle of the next lane is nearly two widths of a car aside: what comes towards the camera there closes no gap. */
const IN_THE_WAY = 1;
/** A car 1.7 m wide fills this share of the width of a lens of 75 degrees at some 9 m. */
const CLOSE = 0.12;
/** A box that grows by this share a second halves its distance in about that time. */
const CLOSING = 0.35;
/** So many vehicles in the lane's direction are many. */
const MANY = 4;
/** Over how long the camera's own motion is judged, and how long a new state must hold, seconds. */
const WINDOW_S = 3;
const SETTLE_S = 1;
/** Boxes tremble; their growth shows over about this long, seconds. */
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

  /** In the camera's own lane, as far as a camera that looks straight ahead can tell. */
  #isInTheWay({ box }: Vehicle): boolean {
    const [x] = centreOf(box);
    return Math.abs(x - this.#picture.width / 2) <= IN_THE_WAY * widthOf(box);
  }

  /** By which share of itself a vehicle's box grows a second, between two looks about half a second apart. */
  #growth({ id, box, lastSeenS }: Vehicle, timeS: number): number {
    for (const [known, { timeS: then }] of this.#widths)
      if (timeS - then > WINDOW_S) this.#widths.delete(known);
    const before = this.#widths.get(id);
    const width = widthOf(box);
    const dt = before ? lastSeenS - before.timeS : 0;
    // Between two looks what the last one found still holds.
    if (before && dt >= 0 && dt < LOOK_S) return before.growth;
    const growth = before && dt > 0 ? (width / before.width - 1) / dt : 0;
    this.#widths.set(id, { timeS: lastSeenS, width, growth });
    return growth;
  }
}
