/**
 * Multi-object tracking by detection, from motion alone: no appearance, hence nothing biometric.
 *
 * Per frame: every track is predicted to the frame's time; sure detections are matched to tracks, then doubtful ones to
 * the tracks still open (Zhang et al., "ByteTrack", ECCV 2022), then what is left to where tracks were last seen, with
 * heading and a re-update after gaps (Cao et al., "Observation-Centric SORT", CVPR 2023). Boxes are compared with a buffer
 * (Yang et al., "Hard to Track Objects ...", WACV 2023) that is not fixed but as wide as the prediction is uncertain: a
 * new object at 5 frames a second gets a wide one, a settled track at 30 hardly any. Everything is in seconds, so that
 * irregular and dropped frames are nothing special. The same input gives the same output.
 *
 * Beyond those papers: a weak detector sees a car from above as a faint car, truck and person in one place, frame after
 * frame. Such boxes are one sighting (`cross-class-merge.ts`), and a track of faint sightings that travels is believed, since
 * clutter does not travel. For the same reason the faintest sightings continue only what moves, and what rests needs a sure
 * one now and then: else a plant stays a person for as long as it once looked like one.
 */
import { match, type MatchRules } from './association.ts';
import { nesting, sizeOf } from '../geometry/boxes.ts';
import type { Detection } from '../geometry/detection.ts';
import { BoxGrid } from './grid.ts';
import { canRide, COCO_GROUPS, LabelGroups } from './labels.ts';
import { mergeClasses, type MergedDetection } from './cross-class-merge.ts';
import { TrackState } from './track-state.ts';
import type { PictureSize, Track } from './track.ts';
import { settle, type TrackerOptions, type TrackerSettings } from './tracker-options.ts';

export type { TrackerOptions };

/** After a pause longer than this between two frames nothing is where it was, seconds. */
const LONGEST_PAUSE_S = 3;

/** The buffer in standard deviations of the predicted place: 95 % of what may be. */
const GATE = 2;

/** A faint box is the same object only if its area has not changed by more than this factor: else it is a part of it. */
const FAINT_RATIO = 2;

/** A faint box of which more than this lies in a box already explained is a part of it, or of its shadow. */
const EXPLAINED = 0.5;

export class Tracker {
  readonly #settings: TrackerSettings;
  readonly #picture: PictureSize | undefined;
  readonly #groups: LabelGroups;
  #tracks: TrackState[] = [];
  #finished: TrackState[] = [];
  #nextId = 1;
  #nowS: number | undefined;

  /** @throws {RangeError | TypeError} when an option makes no sense; the message names it */
  constructor(options: TrackerOptions = {}) {
    this.#settings = settle(options);
    this.#picture = options.picture;
    this.#groups = new LabelGroups(options.groups ?? COCO_GROUPS);
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
    this.#finished = [];
    if (this.#nowS !== undefined && timeS < this.#nowS) this.#endAll();
    const dt = timeS - (this.#nowS ?? timeS);
    this.#nowS = timeS;
    this.#dropIf((t) => this.#isOver(t, timeS));
    for (const track of this.#tracks) track.predict(dt);

    const { lowScore, highScore, duplicateIou } = this.#settings;
    const usable = detections.filter((d) => d.score >= lowScore && sizeOf(d.box) > 0);
    const seen = mergeClasses(usable, this.#groups, duplicateIou, highScore);
    const fresh = this.#associate(seen, timeS);
    this.#begin(fresh, seen, timeS);
    this.#dropIf((t) => t.lost && t.gone);
    return this.#tracks;
  }

  /** Tracks that ended with the last update or reset. */
  ended(): readonly Track[] {
    return this.#finished;
  }

  /** Ends all tracks; `ended()` has them. Ids go on, so that none is ever used twice. */
  reset(): void {
    this.#finished = [];
    this.#endAll();
    this.#nowS = undefined;
  }

  /** Continues tracks; what is left of the sightings belongs to none. */
  #associate(seen: readonly MergedDetection[], timeS: number): MergedDetection[] {
    const { minOverlap, minLowOverlap, momentum, maxMargin } = this.#settings;
    const expected = (t: TrackState) => t.visible;
    const margin = (t: TrackState) => Math.min(GATE * t.uncertainty, maxMargin * t.size);
    const near: MatchRules<TrackState> = { expected, margin, minOverlap, momentum };
    const close: MatchRules<TrackState> = {
      expected,
      margin,
      minOverlap: minLowOverlap,
      maxRatio: FAINT_RATIO,
    };
    const misnamed: MatchRules<TrackState> = { ...close, compatible: this.#mistakable };
    const back: MatchRules<TrackState> = { expected: (t) => t.observed, minOverlap };

    let sure = seen.filter((s) => s.sure);
    let doubtful = seen.filter((s) => !s.sure);
    // Who is known has the first choice, so that a stray box cannot take an object from its track.
    let open = this.#tracks.filter((t) => t.confirmed);
    [open, sure] = this.#pass(open, sure, near, timeS);
    let resting: TrackState[];
    [open, resting] = split(open, (t) => t.moves);
    [open, doubtful] = this.#pass(open, doubtful, close, timeS);
    [open, doubtful] = this.#pass(open, doubtful, misnamed, timeS);
    const [plain, faintest] = split(doubtful, (s) => s.score >= this.#settings.restScore);
    [resting, doubtful] = this.#pass(resting, plain, close, timeS);
    doubtful = [...doubtful, ...faintest];
    open = [...open, ...resting];
    [open, sure] = this.#pass(open, sure, back, timeS);
    const absent = open;
    open = this.#tracks.filter((t) => !t.confirmed && t.lastSeenS < timeS);
    [open, sure] = this.#pass(open, sure, near, timeS);
    [open, doubtful] = this.#pass(open, doubtful, close, timeS);
    for (const track of [...absent, ...open]) track.miss();
    for (const track of this.#tracks) track.doubt(timeS);
    return [...sure, ...doubtful];
  }

  #pass(
    tracks: readonly TrackState[],
    targets: readonly MergedDetection[],
    rules: MatchRules<TrackState>,
    timeS: number,
  ): [open: TrackState[], left: MergedDetection[]] {
    const found = match(tracks, targets, rules);
    const taken = new Uint8Array(targets.length);
    const open: TrackState[] = [];
    tracks.forEach((track, i) => {
      const index = found[i]!;
      if (index < 0) {
        open.push(track);
      } else {
        taken[index] = 1;
        track.observe(targets[index]!, timeS);
        this.#confirm(track);
      }
    });
    return [open, targets.filter((_, i) => taken[i] === 0)];
  }

  /**
   * A faint box of another class just where a known object should be is that object, misnamed; a sure one is not. What
   * rides and what is ridden are never mistaken for one another.
   */
  readonly #mistakable = (track: number, target: number) => !this.#groups.canRide(track, target);

  /** Starts tracks, the surest first. */
  #begin(fresh: readonly MergedDetection[], seen: readonly MergedDetection[], timeS: number): void {
    if (fresh.length === 0) return;
    const grid = new BoxGrid(seen.map((s) => s.box));
    const waiting = new Set(fresh);
    for (const sighting of fresh) {
      if (!sighting.sure && this.#isExplained(sighting, seen, grid, waiting)) continue;
      waiting.delete(sighting);
      const { noise } = this.#settings;
      const track = new TrackState(this.#nextId++, sighting, timeS, noise, this.#groups, this.#picture);
      this.#confirm(track);
      this.#tracks.push(track);
    }
  }

  /** Whether a tracked object accounts for a faint sighting. A rider does not account for his bicycle. */
  #isExplained(
    { box, label }: MergedDetection,
    seen: readonly MergedDetection[],
    grid: BoxGrid,
    waiting: ReadonlySet<MergedDetection>,
  ): boolean {
    let explained = false;
    grid.each(box, (index) => {
      const other = seen[index]!;
      if (waiting.has(other) || canRide(label, other.label)) return;
      explained ||= nesting(other.box, box) > EXPLAINED;
    });
    return explained;
  }

  #confirm(track: TrackState): void {
    const { confirmHits } = this.#settings;
    track.confirmed ||=
      track.evidence >= confirmHits ||
      (track.hits >= 2 * confirmHits && track.travelled && !this.#isPiece(track));
  }

  /** Whether it lies within a larger object that is known: a leg travels, too. */
  #isPiece(track: TrackState): boolean {
    return this.#tracks.some(
      (other) =>
        other !== track &&
        other.confirmed &&
        other.named &&
        other.size > track.size &&
        !canRide(other.label, track.label) &&
        nesting(other.visible, track.observed) > EXPLAINED,
    );
  }

  /** Unseen for too long. At very low frame rates every track gets one frame to be seen again all the same. */
  #isOver(t: TrackState, timeS: number): boolean {
    const { lostForS, tentativeForS } = this.#settings;
    const unseenS = timeS - t.lastSeenS;
    if (!t.lost) return unseenS > LONGEST_PAUSE_S;
    return unseenS > (t.confirmed ? lostForS : Math.min(tentativeForS, lostForS));
  }

  #endAll(): void {
    this.#finished.push(...this.#tracks);
    this.#tracks = [];
  }

  #dropIf(over: (t: TrackState) => boolean): void {
    if (!this.#tracks.some(over)) return;
    this.#finished.push(...this.#tracks.filter(over));
    this.#tracks = this.#tracks.filter((t) => !over(t));
  }
}

/** Those for which it is so, and the others, each in their order. */
function split<T>(all: readonly T[], so: (one: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const one of all) (so(one) ? yes : no).push(one);
  return [yes, no];
}
