/** One tracked object, as the tracker knows it: its filter, its votes, its way. */
import { areaOf, clip, type Vec } from '../geometry/boxes.ts';
import type { Box } from '../geometry/detection.ts';
import { BoxFilter, type BoxNoise } from './kalman.ts';
import type { LabelGroups } from './labels.ts';
import { MotionTrace } from './motion-trace.ts';
import { cutOf, type Cut, type PictureSize, type Track } from './track.ts';
import type { MergedDetection } from './cross-class-merge.ts';
import { LabelVotes } from './votes.ts';

/** Whether it moves is told from the last second: a walker goes more than a body's width in it. */
const MOVES_S = 1;
/** It has moved when the whole of it went by this share of its size. */
const MOVED = 0.5;
/** At rest, and never sure for so long, what was believed is believed no longer, seconds. */
const FAITH_S = 4;

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
  readonly #trace: MotionTrace;
  #lastSureS: number;
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
    this.#trace = new MotionTrace(picture);
    this.#lastSureS = timeS;
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
   * Whether it went somewhere: at least half its size from where it began, the whole of it, by a way that is not much longer
   * than the crow flies. Clutter stays where it is and trembles, or one of its edges does.
   */
  get travelled(): boolean {
    const net = Math.hypot(this.#travel[0], this.#travel[1]);
    return (
      net >= MOVED * this.size && net >= 0.7 * this.#path && this.#trace.shift(Infinity) >= MOVED * this.size
    );
  }

  /** Whether the whole of it has moved lately. */
  get moves(): boolean {
    return this.#trace.shift(MOVES_S) >= MOVED * this.size;
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
    return this.#trace.past(agoS);
  }

  /** At rest, what nothing sure has named for long is something else that looks like it: it must convince anew. */
  doubt(timeS: number): void {
    if (!this.confirmed || timeS - this.#lastSureS <= FAITH_S || this.moves) return;
    this.confirmed = false;
    this.evidence = 0;
  }

  #note(sighting: MergedDetection, timeS: number): void {
    this.hits++;
    this.#meanScore += (sighting.score - this.#meanScore) / this.hits;
    this.#votes.hear(sighting.label, sighting.detections, sighting.sure);
    this.#weigh(sighting.sure);
    if (sighting.sure) this.#lastSureS = timeS;
    this.#trace.add(timeS, sighting.box);
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
