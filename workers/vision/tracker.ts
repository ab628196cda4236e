/**
 * Multi-object tracking by detection, from motion alone: no appearance, hence nothing biometric.
 *
 * Per frame: every track is predicted to the frame's time; sure detections are matched to all tracks, then unsure ones
 * to the tracks still open (Zhang et al., "ByteTrack", ECCV 2022), then what is left to where tracks were last seen,
 * with heading and a re-update after gaps (Cao et al., "Observation-Centric SORT", CVPR 2023). Boxes are compared with a
 * buffer (Yang et al., "C-BIoU", WACV 2023) that is not fixed but as wide as the prediction is uncertain: a new object
 * at 5 frames a second gets a wide one, a settled track at 30 hardly any. Everything is in seconds, so that irregular and
 * dropped frames are nothing special. The same input gives the same output.
 */
import { match, type Candidate, type MatchRules } from './association.ts';
import { centreOf, iou, nesting, sizeOf } from './boxes.ts';
import type { Detection } from './detection.ts';
import { DEFAULT_NOISE, type BoxNoise } from './kalman.ts';
import { canRide, COCO_GROUPS, LabelGroups } from './labels.ts';
import { sightings, type Sighting } from './sightings.ts';
import { TrackState, type PictureSize, type Track } from './track.ts';

export interface TrackerOptions {
  /** Size of the picture. With it, tracks know when the border cuts them off, and end when they have left. */
  readonly picture?: PictureSize;
  /** Detections below this are ignored. */
  readonly lowScore?: number;
  /** Detections from here on can continue any track; between the two only one that was seen a frame ago. */
  readonly highScore?: number;
  /** Detections a track needs before it is believed. */
  readonly confirmHits?: number;
  /** A track not yet confirmed ends after this long unseen, seconds. */
  readonly tentativeForS?: number;
  /** A confirmed track ends after this long unseen, seconds. */
  readonly lostForS?: number;
  /** Least buffered IoU between prediction and detection. */
  readonly minOverlap?: number;
  /** The same for unsure detections. */
  readonly minLowOverlap?: number;
  /** Weight of the direction of motion against overlap. */
  readonly momentum?: number;
  /** The buffer grows to at most this share of the object's size. */
  readonly maxMargin?: number;
  /** Two boxes of one group that overlap more than this are one object, whatever their labels. */
  readonly duplicateIou?: number;
  /** Labels that may be one object. */
  readonly groups?: readonly (readonly string[])[];
  readonly noise?: BoxNoise;
}

type Settings = Required<Omit<TrackerOptions, 'picture' | 'groups'>>;

/** Over how long the heading of a track is taken, seconds. */
const HEADING_S = 0.3;

/** The buffer in standard deviations of the predicted place: 95 % of what may be. */
const GATE = 2;

const DEFAULTS: Settings = {
  lowScore: 0.1,
  highScore: 0.3,
  confirmHits: 3,
  tentativeForS: 0.5,
  lostForS: 1,
  minOverlap: 0.3,
  minLowOverlap: 0.5,
  momentum: 0.2,
  maxMargin: 1,
  duplicateIou: 0.6,
  noise: DEFAULT_NOISE,
};

export class Tracker {
  private readonly settings: Settings;
  private readonly picture: PictureSize | undefined;
  private readonly groups: LabelGroups;
  private tracks: TrackState[] = [];
  private finished: TrackState[] = [];
  private nextId = 1;
  private nowS: number | undefined;

  /** @throws {RangeError | TypeError} when an option makes no sense; the message names it */
  constructor(options: TrackerOptions = {}) {
    const { picture, groups, ...rest } = options;
    this.settings = { ...DEFAULTS, ...rest };
    validate(this.settings, picture);
    this.picture = picture;
    this.groups = new LabelGroups(groups ?? COCO_GROUPS);
  }

  /**
   * Takes the detections of one frame, in any order.
   *
   * @param timeS source time in seconds. If it runs backwards, a new run of the source has begun and all tracks end.
   * @returns all tracks alive, oldest first: those seen in this frame, and those lost but not given up
   * @throws {RangeError} when the time is not finite
   */
  update(detections: readonly Detection[], timeS: number): readonly Track[] {
    if (!Number.isFinite(timeS)) throw new RangeError(`timeS must be finite, got ${timeS}.`);
    this.finished = [];
    if (this.nowS !== undefined && timeS < this.nowS) this.endAll();
    const dt = timeS - (this.nowS ?? timeS);
    this.nowS = timeS;
    this.dropIf((t) => timeS - t.lastSeenS > this.patience(t));
    for (const track of this.tracks) track.predict(dt);

    const { lowScore, highScore, duplicateIou, minOverlap, minLowOverlap, momentum } = this.settings;
    const usable = detections.filter((d) => d.score >= lowScore && sizeOf(d.box) > 0);
    const seen = sightings(usable, this.groups, duplicateIou, highScore);
    const near: MatchRules = { minOverlap, momentum };
    const close: MatchRules = { minOverlap: minLowOverlap, momentum: 0 };
    const predicted = (t: TrackState) => this.predicted(t);
    let sure = seen.filter((s) => s.sure);
    let unsure = seen.filter((s) => !s.sure);
    // Who is known has the first choice, so that a stray box cannot take an object from its track.
    let open = this.tracks.filter((t) => t.confirmed);
    [open, sure] = this.pass(open, sure, predicted, near, timeS);
    [open, unsure] = this.pass(open, unsure, predicted, close, timeS);
    [open, unsure] = this.pass(open, unsure, predicted, { ...close, compatible: this.mistakable }, timeS);
    [open, sure] = this.pass(open, sure, lastSeen, { minOverlap, momentum: 0 }, timeS);
    const absent = open;
    open = this.tracks.filter((t) => !t.confirmed);
    [open, sure] = this.pass(open, sure, predicted, near, timeS);
    [open, unsure] = this.pass(open, unsure, predicted, close, timeS);
    absent.push(...open);
    for (const track of absent) track.miss();
    for (const sighting of [...sure, ...unsure]) if (!this.isClaimed(sighting)) this.start(sighting, timeS);
    this.dropIf((t) => t.lost && t.gone);
    return this.tracks;
  }

  /** Tracks that ended with the last update. */
  ended(): readonly Track[] {
    return this.finished;
  }

  /** Ends all tracks; `ended()` has them. Ids go on, so that none is ever used twice. */
  reset(): void {
    this.finished = [];
    this.endAll();
    this.nowS = undefined;
  }

  private pass(
    tracks: readonly TrackState[],
    sightings: readonly Sighting[],
    look: (t: TrackState) => Candidate,
    rules: MatchRules,
    timeS: number,
  ): [open: TrackState[], left: Sighting[]] {
    const found = match(tracks.map(look), sightings, rules);
    const taken = new Uint8Array(sightings.length);
    const open: TrackState[] = [];
    tracks.forEach((track, i) => {
      const index = found[i]!;
      if (index < 0) {
        open.push(track);
        return;
      }
      taken[index] = 1;
      track.observe(sightings[index]!, timeS);
      this.confirm(track);
    });
    return [open, sightings.filter((_, i) => taken[i] === 0)];
  }

  private predicted(t: TrackState): Candidate {
    return {
      group: t.group,
      expected: t.visible,
      margin: Math.min(GATE * t.uncertainty, this.settings.maxMargin * t.size),
      from: t.past(HEADING_S),
      last: centreOf(t.observed),
      size: t.size,
    };
  }

  private start(sighting: Sighting, timeS: number): void {
    const track = new TrackState(
      this.nextId++,
      sighting,
      timeS,
      this.settings.noise,
      this.groups,
      this.picture,
    );
    this.confirm(track);
    this.tracks.push(track);
  }

  /**
   * A faint box of another class just where a known object should be is that object, misnamed; a sure one is not. What
   * rides and what is ridden are never mistaken for one another.
   */
  private readonly mistakable = (track: number, target: number) => !this.groups.canRide(track, target);

  /**
   * Whether an object already tracked accounts for the detection: a doubtful one must be apart from all that is seen
   * in this frame, a sure one must not be a second box of the same thing. A rider does not account for his bicycle.
   */
  private isClaimed({ box, sure, label, group }: Sighting): boolean {
    return this.tracks.some((t) => {
      if (t.lost) return false;
      if (sure) return t.group === group && iou(t.observed, box) > this.settings.duplicateIou;
      return !canRide(t.label, label) && nesting(t.observed, box) > 0.5;
    });
  }

  private confirm(track: TrackState): void {
    const { confirmHits } = this.settings;
    track.confirmed ||= track.evidence >= confirmHits || (track.hits >= 2 * confirmHits && track.travelled);
  }

  private patience(t: TrackState): number {
    return t.confirmed
      ? this.settings.lostForS
      : Math.min(this.settings.tentativeForS, this.settings.lostForS);
  }

  private endAll(): void {
    this.finished.push(...this.tracks);
    this.tracks = [];
  }

  private dropIf(over: (t: TrackState) => boolean): void {
    if (!this.tracks.some(over)) return;
    this.finished.push(...this.tracks.filter(over));
    this.tracks = this.tracks.filter((t) => !over(t));
  }
}

const lastSeen = (t: TrackState): Candidate => ({
  group: t.group,
  expected: t.observed,
  margin: 0,
  size: t.size,
});

function validate(s: Settings, picture: PictureSize | undefined): void {
  const unit = ['lowScore', 'highScore', 'minOverlap', 'minLowOverlap', 'duplicateIou'] as const;
  for (const name of unit) {
    if (!(s[name] >= 0 && s[name] <= 1)) throw new RangeError(`${name} must be within 0..1, got ${s[name]}.`);
  }
  if (s.lowScore > s.highScore) throw new RangeError('lowScore must not be above highScore.');
  for (const name of ['tentativeForS', 'lostForS', 'momentum', 'maxMargin'] as const) {
    if (!(s[name] >= 0 && Number.isFinite(s[name]))) {
      throw new RangeError(`${name} must be a finite number from 0 up, got ${s[name]}.`);
    }
  }
  if (!(Number.isInteger(s.confirmHits) && s.confirmHits >= 1)) {
    throw new RangeError(`confirmHits must be a whole number from 1 up, got ${s.confirmHits}.`);
  }
  for (const [name, value] of Object.entries(s.noise) as [string, number][]) {
    if (!(value > 0 && Number.isFinite(value)))
      throw new RangeError(`noise.${name} must be positive, got ${value}.`);
  }
  if (picture && !(picture.width > 0 && picture.height > 0)) {
    throw new RangeError(`picture must have a size, got ${picture.width} x ${picture.height}.`);
  }
}
