/**
 * The parts of a picture that may show people and must be covered: every box with a person a moment ago, and every
 * predicted one. A detector misses people in single frames. So a cover stays for a while and grows meanwhile, since
 * both the people and the camera move (temporal hold).
 */
import { areaOf, clip, grow, heightOf, sizeOf, widthOf } from '../../../vision/geometry/boxes.ts';
import type { Box, Detection } from '../../../vision/geometry/detection.ts';
import { cutOf, isCut, type PictureSize, type Track } from '../../../vision/tracking/track.ts';

/**
 * Margin around every box, as a share of its size, with a minimum in pixels: detectors cut off hands and bags, and take
 * two people abreast for one.
 */
export const MARGIN = 0.3;
export const MIN_MARGIN = 3;
/**
 * Margin above a box, as a share of its height: before a dark wall a box begins at the shoulders, and the head of a
 * half hidden person is a third of the box.
 */
export const HEADROOM = 1 / 3;
/** Hold time of a box after its last detection, seconds, and minimum number of frames at low frame rates. */
export const HOLD_S = 0.8;
const HOLD_FRAMES = 4;
/** Growth of a held cover, shares of its size a second. */
export const DRIFT = 0.6;
/**
 * Growth around the predicted position of a lost track, body heights a second: a walk is 1.4 m/s, and a person who
 * turns is that far from the prediction.
 */
const STRAY = 1;
/**
 * Minimum score of a bicycle or motorcycle to cover a rider above it, as tall again: it has a rider, detected or not.
 */
const CARRIES = ['bicycle', 'motorcycle'];
const CARRIER_SCORE = 0.2;
/**
 * Faint detections count as people, too; far away ones only from this score, because clutter at the vanishing point
 * would cover the road.
 */
const FAR_SCORE = 0.18;
/** Far away means smaller than this share of the picture's height: such a face has a few pixels. */
const FAR = 0.1;

interface Held {
  readonly box: Box;
  readonly seenS: number;
}

/** A box with its margins, and with its possible motion: `drift` pixels on every side. */
export function maskOf(box: Box, drift = 0): Box {
  const margin = Math.max(MIN_MARGIN, MARGIN * sizeOf(box));
  const above = Math.max(margin, HEADROOM * heightOf(box)) + drift;
  const [x0, , x1, y1] = grow(box, margin + drift);
  return [x0, box[1] - above, x1, y1];
}

/**
 * Whether a box is small because the person is far away. A box that the border cuts off says nothing of the distance: it
 * may be the feet of a near one.
 * @param side longer side of the person as the camera is held, pixels
 */
export const isFarAway = (box: Box, side: number, picture: PictureSize): boolean =>
  side < FAR * picture.height && !isCut(cutOf(box, picture));

/** The box in which a detection may show a person; undefined where it shows none. */
export function personBox({ box, label, score }: Detection, picture: PictureSize): Box | undefined {
  const isFaint = score < FAR_SCORE && isFarAway(box, heightOf(box), picture);
  if (label === 'person') return isFaint ? undefined : box;
  if (!CARRIES.includes(label) || score < CARRIER_SCORE) return undefined;
  return [box[0], box[1] - heightOf(box), box[2], box[3]];
}

export class PersonMasks {
  #held: Held[] = [];
  /** Times of the last frames, the newest last, seconds. */
  #times: number[] = [];
  #sinceS: number | undefined;
  #lastS = -Infinity;

  /**
   * @param detections all detections of one frame, faint ones included
   * @param timeS source time, seconds; when it runs backwards, the held boxes are discarded
   */
  see(detections: readonly Detection[], timeS: number, picture: PictureSize): void {
    if (timeS < this.#lastS || timeS - this.#lastS > HOLD_S) this.#sinceS = timeS;
    if (timeS < this.#lastS) {
      this.#held = [];
      this.#times = [];
    }
    this.#lastS = timeS;
    this.#times = [...this.#times, timeS].slice(-HOLD_FRAMES);
    const fromS = Math.min(this.#times[0]!, timeS - HOLD_S);
    this.#held = this.#held.filter(({ seenS }) => seenS >= fromS);
    for (const detection of detections) {
      const box = personBox(detection, picture);
      if (box) this.#held.push({ box, seenS: timeS });
    }
  }

  /** Duration of the frames without a gap longer than the hold, seconds: only then does the hold protect. */
  get steadyS(): number {
    return this.#lastS - (this.#sinceS ?? this.#lastS);
  }

  /**
   * The boxes to cover in the last frame.
   * @param tracks of people, those lost but not given up among them
   */
  covers(tracks: readonly Pick<Track, 'box' | 'lastSeenS'>[], picture: PictureSize): Box[] {
    const held = this.#held.map(({ box, seenS }) => maskOf(box, DRIFT * sizeOf(box) * (this.#lastS - seenS)));
    const followed = tracks.map(({ box, lastSeenS }) =>
      maskOf(box, STRAY * heightOf(box) * (this.#lastS - lastSeenS)),
    );
    return [...held, ...followed]
      .map((box) => clip(box, picture.width, picture.height))
      .filter((box) => areaOf(box) > 0);
  }

  reset(): void {
    this.#held = [];
    this.#times = [];
    this.#sinceS = undefined;
    this.#lastS = -Infinity;
  }
}

/** Position of a plate, as shares of the vehicle's box: the lower middle, seen from the front or from behind. */
const PLATE = [0.18, 0.48, 0.82, 0.97] as const;

/** Where the plate of a vehicle with this box may be, pixels. */
export const plateArea = (box: Box): Box => [
  box[0] + PLATE[0] * widthOf(box),
  box[1] + PLATE[1] * heightOf(box),
  box[0] + PLATE[2] * widthOf(box),
  box[1] + PLATE[3] * heightOf(box),
];
