/**
 * Tracks of faces. A face track is one face from its first detection to its final loss; it is reported once. A face
 * that turns away and returns soon continues its track, by position, motion and size. No appearance takes part, so a
 * track cannot recognise a face.
 */
import { sizeOf } from '../geometry/boxes.ts';
import type { Detection } from '../geometry/detection.ts';
import type { BoxNoise } from '../tracking/kalman.ts';
import { TrackStitcher } from '../tracking/track-stitching.ts';
import type { PictureSize, Track } from '../tracking/track.ts';
import { Tracker } from '../tracking/tracker.ts';

/**
 * In sizes of a face, which is some .2 m: a walker makes seven a second (1.4 m/s), which two deviations cover; heads
 * nod and bob with several sizes a second squared; and an approaching face doubles in size within two seconds.
 */
const FACE_NOISE: BoxNoise = { measurement: 0.07, acceleration: 4, velocity: 4, growth: 0.6 };

/**
 * A face counts from its detector's own threshold. A lost face ends early, because the next visitor appears where it
 * may be by then; size decides whether a later face is the same.
 */
const FACE_TRACKING = { highScore: 0.5, lowScore: 0.3, lostForS: 0.7, noise: FACE_NOISE } as const;

/** Time for which a track waits for a lost face, seconds. */
const COME_BACK_S = 3;

/** Absence in seconds, and ratio of sizes, from which a returning face is another one. */
const JUMP_S = 0.2;
const JUMP = 2;

/** Evidence gathered during a track. */
export interface Evidence {
  /** Wipes the evidence. */
  wipe(): void;
}

export interface FaceTrack<E extends Evidence> {
  readonly evidence: E;
  readonly track: Track;
  /** The face as detected in this frame; undefined while it is lost. */
  readonly face: Detection | undefined;
  /** Whether it is confirmed by enough detections. */
  readonly believed: boolean;
  readonly firstSeenS: number;
  readonly lastSeenS: number;
}

interface Follower<E extends Evidence> extends FaceTrack<E> {
  track: Track;
  face: Detection | undefined;
  believed: boolean;
  lastSeenS: number;
  /** Size of the face at its last detection, pixels. */
  size: number;
}

const isAnother = ({ size, lastSeenS }: Follower<Evidence>, now: number, timeS: number) =>
  timeS - lastSeenS > JUMP_S && (now > JUMP * size || size > JUMP * now);

export class FaceTracks<E extends Evidence> {
  readonly #tracker: Tracker;
  readonly #succession = new TrackStitcher(COME_BACK_S);
  /** By the id of its current track. */
  #open = new Map<number, Follower<E>>();
  #nowS = -Infinity;
  readonly #newEvidence: () => E;

  /** @param picture its size in pixels */
  constructor(picture: PictureSize, newEvidence: () => E) {
    this.#newEvidence = newEvidence;

    this.#tracker = new Tracker({ ...FACE_TRACKING, picture });
  }

  /** Open face tracks, detected or lost for a moment. */
  get present(): readonly FaceTrack<E>[] {
    return [...this.#open.values()].filter(
      ({ believed, lastSeenS }) => believed && lastSeenS > this.#nowS - FACE_TRACKING.lostForS,
    );
  }

  /**
   * Takes the faces of one frame.
   * @param timeS source time in seconds; if it runs backwards, the source has restarted and all tracks end
   * @returns ended tracks; the caller owns their evidence and must wipe it
   */
  update(faces: readonly Detection[], timeS: number): FaceTrack<E>[] {
    const over = timeS < this.#nowS ? this.finish() : [];
    this.#nowS = timeS;
    const tracks = this.#tracker.update(faces, timeS);
    const heirs = this.#succession.update(tracks, timeS);
    const byBox = new Map(faces.map((face) => [face.box, face]));
    for (const passage of this.#open.values()) passage.face = undefined;
    for (const track of tracks) {
      if (track.lost) continue;
      const size = sizeOf(track.observed);
      over.push(...this.#close((before, id) => id === track.id && isAnother(before, size, timeS)));
      const passage = this.#passageOf(track, heirs.get(track.id));
      passage.track = track;
      passage.size = size;
      passage.face = byBox.get(track.observed);
      passage.believed ||= track.confirmed;
      passage.lastSeenS = track.lastSeenS;
    }
    over.push(...this.#close((passage) => timeS - passage.lastSeenS > COME_BACK_S));
    return over;
  }

  /** Ends all face tracks at the end of the source. */
  finish(): FaceTrack<E>[] {
    this.#tracker.reset();
    this.#succession.clear();
    return this.#close(() => true);
  }

  #passageOf(track: Track, predecessor: number | undefined): Follower<E> {
    const known = this.#open.get(track.id) ?? this.#open.get(predecessor ?? -1);
    const passage: Follower<E> = known ?? {
      evidence: this.#newEvidence(),
      track,
      face: undefined,
      believed: false,
      size: 0,
      firstSeenS: track.firstSeenS,
      lastSeenS: track.lastSeenS,
    };
    if (predecessor !== undefined) this.#open.delete(predecessor);
    this.#open.set(track.id, passage);
    return passage;
  }

  /** An unconfirmed face is dropped without a report. */
  #close(isOver: (passage: Follower<E>, id: number) => boolean): FaceTrack<E>[] {
    const over: FaceTrack<E>[] = [];
    for (const [id, passage] of this.#open) {
      if (!isOver(passage, id)) continue;
      this.#open.delete(id);
      if (passage.believed) over.push(passage);
      else passage.evidence.wipe();
    }
    return over;
  }
}
