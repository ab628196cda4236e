/** One tracked object, as the tracker knows it: its filter, its votes, its way. */
import { areaOf, clip, type Vec } from '../geometry/boxes.ts';
import type { Box } from '../geometry/detection.ts';
import { BoxFilter, type BoxNoise } from './kalman.ts';
import type { LabelGroups } from './labels.ts';
import type { MergedDetection } from './cross-class-merge.ts';
import { cutOf, type Cut, type PictureSize, type Track } from './track.ts';
import { LabelVotes } from './votes.ts';

/** How many past observations are kept for the direction of motion. */
const MEMORY = 16;

export class TrackState implements Track {
  readonly firstSeenS: number;
  observed: Box;
  score: number;
  lastSeenS: number;
  confirmed = false;
  hits = 0;
  /** Sure detections less those that were not: what flickers below the mark most of the time never adds up. */
  evidence = 0;
  lost = false;
  cut: Cut;
  readonly #votes: LabelVotes;
  readonly #filter: BoxFilter;
  /** State of the filter at the last observation, to start again from when the object comes back. */
  readonly #anchor: Float64Array;
  #anchorBox: Box;
  /** The way its centre went from detection to detection, pixels: where to, and how long. */
  #travel: Vec = [0, 0];
  #path = 0;
  #missed = 0;
  /** Ring of [time, centre x, centre y] of the last observations. */
  readonly #ring = new Float64Array(3 * MEMORY);
  #seen = 0;
  #meanScore = 0;
  /** The filter's box and the visible part of it, until it changes. */
  #now: Box | undefined;
  #view: Box | undefined;
  readonly #picture: PictureSize | undefined;

  constructor(
    readonly id: number,
    sighting: MergedDetection,
    timeS: number,
    noise: BoxNoise,
    groups: LabelGroups,
    picture: PictureSize | undefined,
  ) {
    this.#picture = picture;

    this.firstSeenS = this.lastSeenS = timeS;
    this.observed = this.#anchorBox = sighting.box;
    this.#votes = new LabelVotes(groups, sighting.label);
    this.score = sighting.score;
    this.cut = cutOf(sighting.box, picture);
    this.#filter = new BoxFilter(sighting.box, noise);
    this.#anchor = this.#filter.save();
    this.#note(sighting, timeS);
  }

  get label(): string {
    return this.#votes.label;
  }
  get named(): boolean {
    return this.#votes.settled;
  }
  /** The group of labels that it can be. */
  get group(): number {
    return this.#votes.group;
  }
  get ageS(): number {
    return this.lastSeenS - this.firstSeenS;
  }
  get box(): Box {
    this.#now ??= this.#filter.box;
    return this.#now;
  }
  get velocity(): Vec {
    return this.#filter.velocity;
  }
  get size(): number {
    return this.#filter.size;
  }
  get uncertainty(): number {
    return this.#filter.uncertainty;
  }

  /** The part of the predicted box that a detector could see. */
  get visible(): Box {
    this.#view ??= this.#picture ? clip(this.box, this.#picture.width, this.#picture.height) : this.box;
    return this.#view;
  }
  /** Whether the prediction has left the picture altogether. */
  get gone(): boolean {
    return areaOf(this.visible) === 0;
  }

  /**
   * Whether it went somewhere: at least half its size from where it began, by a way that is not much longer than the
   * crow flies. Clutter stays where it is and trembles.
   */
  get travelled(): boolean {
    const net = Math.hypot(this.#travel[0], this.#travel[1]);
    return net >= 0.5 * this.size && net >= 0.7 * this.#path;
  }

  predict(dt: number): void {
    if (this.lost) this.#filter.holdSize();
    this.#filter.predict(dt);
    this.#now = this.#view = undefined;
  }

  #weigh(sure: boolean): void {
    this.evidence = sure ? this.evidence + 1 : Math.max(0, this.evidence - 1);
  }

  /** A frame went by without it. */
  miss(): void {
    this.#weigh(false);
    this.lost = true;
    this.#missed++;
  }

  /**
   * Takes a sighting. After a gap, the filter goes back to the last observation and is led along the straight way
   * to this one, so that the error it piled up meanwhile does not live on (observation-centric re-update: Cao et al.,
   * "Observation-Centric SORT", CVPR 2023).
   */
  observe(sighting: MergedDetection, timeS: number): void {
    this.cut = cutOf(sighting.box, this.#picture);
    const whole = this.#uncut(sighting.box);
    const doubt = Math.max(1, this.#meanScore / sighting.score);
    if (this.#missed > 0) {
      const steps = this.#missed + 1;
      const dt = (timeS - this.lastSeenS) / steps;
      this.#filter.restore(this.#anchor);
      for (let k = 1; k <= steps; k++) {
        this.#filter.predict(dt);
        this.#filter.correct(between(this.#anchorBox, whole, k / steps), doubt);
      }
    } else {
      this.#filter.correct(whole, doubt);
    }
    const [dx, dy] = [centreX(whole) - centreX(this.#anchorBox), centreY(whole) - centreY(this.#anchorBox)];
    this.#path += Math.hypot(dx, dy);
    this.#travel = [this.#travel[0] + dx, this.#travel[1] + dy];
    this.#filter.extend(this.#reaching(this.#filter.box, sighting.box));
    this.#anchorBox = this.#reaching(whole, sighting.box);
    this.#filter.save(this.#anchor);
    this.#now = this.#view = undefined;
    this.observed = sighting.box;
    this.score = sighting.score;
    this.lastSeenS = timeS;
    this.#missed = 0;
    this.lost = false;
    this.#note(sighting, timeS);
  }

  /** The observed centre `agoS` seconds before the last one (or the oldest known), or undefined if there is but one. */
  past(agoS: number): Vec | undefined {
    const known = Math.min(this.#seen, MEMORY);
    if (known < 2) return undefined;
    for (let back = 1; back < known; back++) {
      const o = 3 * ((this.#seen - 1 - back) % MEMORY);
      if (back === known - 1 || this.#ring[o]! <= this.lastSeenS - agoS) {
        return [this.#ring[o + 1]!, this.#ring[o + 2]!];
      }
    }
    return undefined;
  }

  #note(sighting: MergedDetection, timeS: number): void {
    this.hits++;
    this.#meanScore += (sighting.score - this.#meanScore) / this.hits;
    this.#votes.hear(sighting.label, sighting.detections, sighting.sure);
    this.#weigh(sighting.sure);
    const b = sighting.box;
    const o = 3 * (this.#seen++ % MEMORY);
    this.#ring[o] = timeS;
    this.#ring[o + 1] = centreX(b);
    this.#ring[o + 2] = centreY(b);
  }

  /**
   * What the box would be if the border did not cut it: an edge on the border is where the picture ends, not where the
   * object does, so the edge that is still seen gives the place and the size till now gives the other. Without this the
   * centre of a leaving object would stop at the border instead of going on with it, and that of an entering one would
   * come in at half its speed.
   */
  #uncut(box: Box): Box {
    const { left, top, right, bottom } = this.cut;
    const now = this.#filter.box;
    let [x0, y0, x1, y1] = box;
    if (left && !right) x0 = x1 - (now[2] - now[0]);
    if (right && !left) x1 = x0 + (now[2] - now[0]);
    if (top && !bottom) y0 = y1 - (now[3] - now[1]);
    if (bottom && !top) y1 = y0 + (now[3] - now[1]);
    return [x0, y0, x1, y1];
  }

  /** `box`, reaching to the border at least where the border cuts off what is seen: it has grown by what has come in. */
  #reaching(box: Box, seen: Box): Box {
    const { left, top, right, bottom } = this.cut;
    return [
      left ? Math.min(box[0], seen[0]) : box[0],
      top ? Math.min(box[1], seen[1]) : box[1],
      right ? Math.max(box[2], seen[2]) : box[2],
      bottom ? Math.max(box[3], seen[3]) : box[3],
    ];
  }
}

const centreX = (b: Box) => (b[0] + b[2]) / 2;
const centreY = (b: Box) => (b[1] + b[3]) / 2;

const between = (a: Box, b: Box, t: number): Box => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
  a[3] + (b[3] - a[3]) * t,
];
