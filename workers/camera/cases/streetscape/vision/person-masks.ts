/**
 * Which parts of a picture may show people, and so must be covered: every box in which anybody was seen a moment ago, or is
 * supposed to be now. A detector misses people in single frames; what was covered therefore stays covered for a while, and
 * the cover grows meanwhile, since both the people and the camera move (temporal hold).
 */
import { areaOf, clip, grow, heightOf, sizeOf, widthOf } from '../../../vision/geometry/boxes.ts';
import type { Box, Detection } from '../../../vision/geometry/detection.ts';
import type { PictureSize, Track } from '../../../vision/tracking/track.ts';

/**
 * Around every box, as a share of its size: detectors cut off hands and bags, and take two who walk abreast for one. At
 * least some pixels.
 */
export const MARGIN = 0.3;
export const MIN_MARGIN = 3;
/**
 * Above it, as a share of its height: before a dark wall a box begins at the shoulders, and of somebody who is half hidden
 * the head is a third.
 */
export const HEADROOM = 1 / 3;
/** How long a box stays covered after it was seen, seconds; and at low frame rates for at least so many frames. */
export const HOLD_S = 0.8;
const HOLD_FRAMES = 4;
/** By how much its cover grows meanwhile, shares of its size a second. */
export const DRIFT = 0.6;
/**
 * The same around where somebody lost from sight is supposed to be, body heights a second: a walk is 1.4 m/s, and whoever
 * turns is that far from where he was expected.
 */
const STRAY = 1;
/** Bicycles and motorcycles carry somebody, whether that was seen or not: as tall again above them, from this score. */
const CARRIES = ['bicycle', 'motorcycle'];
const CARRIER_SCORE = 0.2;
/**
 * Faint detections count as people, too, those that are far away only from here on: clutter at the vanishing point would
 * otherwise cover the road, and whoever is smaller than this share of the picture's height has a face of a few pixels.
 */
const FAR = 0.1;
const FAR_SCORE = 0.18;

interface Held {
  readonly box: Box;
  readonly seenS: number;
}

/** A box with its margins, and with what it may have moved: `drift` pixels on every side. */
export function maskOf(box: Box, drift = 0): Box {
  const margin = Math.max(MIN_MARGIN, MARGIN * sizeOf(box));
  const above = Math.max(margin, HEADROOM * heightOf(box)) + drift;
  const [x0, , x1, y1] = grow(box, margin + drift);
  return [x0, box[1] - above, x1, y1];
}

/** The box in which a detection may show a person; undefined where it shows none. */
export function personBox({ box, label, score }: Detection, picture: PictureSize): Box | undefined {
  const isFar = heightOf(box) < FAR * picture.height;
  if (label === 'person') return isFar && score < FAR_SCORE ? undefined : box;
  if (!CARRIES.includes(label) || score < CARRIER_SCORE) return undefined;
  return [box[0], box[1] - heightOf(box), box[2], box[3]];
}

export class PersonMasks {
  #held: Held[] = [];
  /** Of the last frames, the newest last, seconds. */
  #times: number[] = [];
  #sinceS: number | undefined;
  #lastS = -Infinity;

  /**
   * @param detections of one frame: all there are, faint ones too
   * @param timeS source time; when it runs backwards, nothing that was held belongs to the picture
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

  /** For how long frames have come without a gap longer than the hold: only then a hold protects, seconds. */
  get steadyS(): number {
    return this.#lastS - (this.#sinceS ?? this.#lastS);
  }

  /**
   * What must be covered in the last frame seen.
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

/** Where a vehicle carries its plate, as shares of its box: the lower middle, seen from before or behind. */
const PLATE = [0.18, 0.48, 0.82, 0.97] as const;

/** Where the plate of a vehicle with this box may be, pixels. */
export const plateArea = (box: Box): Box => [
  box[0] + PLATE[0] * widthOf(box),
  box[1] + PLATE[1] * heightOf(box),
  box[0] + PLATE[2] * widthOf(box),
  box[1] + PLATE[3] * heightOf(box),
];
