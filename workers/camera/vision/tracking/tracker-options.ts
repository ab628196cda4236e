import { requireFromZero, requirePositive, requireShare } from '../geometry/checks.ts';
import { DEFAULT_NOISE, type BoxNoise } from './kalman.ts';
import type { PictureSize } from './track.ts';

export interface TrackerOptions {
  /** Size of the picture. With it, tracks know when the border cuts them off, and end when they have left. */
  readonly picture?: PictureSize;
  /** Detections below this are ignored, 0..1. */
  readonly lowScore?: number;
  /** Below this a detection continues only what moves: clutter is faint, too, but stays where it is. 0..1 */
  readonly restScore?: number;
  /**
   * From here on a detection is believed by itself, 0..1. Between `lowScore` and this it continues a track that it fits closely; a
   * track made of nothing else is believed only once it has travelled.
   */
  readonly highScore?: number;
  /** Sure detections, less doubtful ones and misses, that a track needs to be believed. */
  readonly confirmHits?: number;
  /** A track not yet confirmed ends after this long unseen, seconds. */
  readonly tentativeForS?: number;
  /** A confirmed track ends after this long unseen, seconds. */
  readonly lostForS?: number;
  /** Least buffered IoU between prediction and detection, 0..1. */
  readonly minOverlap?: number;
  /** The same for doubtful detections, 0..1. */
  readonly minLowOverlap?: number;
  /** Weight of the direction of motion against overlap, 0 or more. */
  readonly momentum?: number;
  /** The buffer grows to at most this share of the object's size, 0 or more. */
  readonly maxMargin?: number;
  /** Two boxes that overlap more than this are one object, whatever their labels, 0..1. */
  readonly duplicateIou?: number;
  /** Labels that may be one object, seen differently from frame to frame. */
  readonly groups?: readonly (readonly string[])[];
  readonly noise?: BoxNoise;
}

export type TrackerSettings = Required<Omit<TrackerOptions, 'picture' | 'groups'>>;

/**
 * Where the numbers come from: overlap .3 and momentum .2 from OC-SORT, .5 for doubtful detections, .1 as the least score
 * and a second of memory from ByteTrack, three detections from SORT. `highScore` is where a detection is more likely
 * right than wrong: on COCO photos a single score of .35 is so for people and vehicles alike, with CenterNet and with
 * YOLOX-Nano. `restScore` is what the detectors' makers cut off at (.25 to .3). `duplicateIou` is the usual threshold of non-maximum suppression.
 */
export const DEFAULT_SETTINGS: TrackerSettings = {
  lowScore: 0.1,
  restScore: 0.25,
  highScore: 0.35,
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

/** @throws {RangeError} when an option makes no sense; the message names it */
export function settle({ picture, groups: _groups, ...given }: TrackerOptions): TrackerSettings {
  const settings = { ...DEFAULT_SETTINGS, ...given };
  const { lowScore, restScore, highScore, confirmHits, minOverlap, minLowOverlap, duplicateIou } = settings;
  const { tentativeForS, lostForS, momentum, maxMargin, noise } = settings;
  requireShare({ lowScore, restScore, highScore, minOverlap, minLowOverlap, duplicateIou });
  requireFromZero({ tentativeForS, lostForS, momentum, maxMargin });
  if (lowScore > highScore) throw new RangeError(`lowScore (${lowScore}) is above highScore (${highScore}).`);
  if (!(Number.isInteger(confirmHits) && confirmHits >= 1)) {
    throw new RangeError(`confirmHits must be a whole number from 1 up, got ${confirmHits}.`);
  }
  requirePositive(Object.fromEntries(Object.entries(noise).map(([name, value]) => [`noise.${name}`, value])));
  if (picture) requirePositive({ 'picture.width': picture.width, 'picture.height': picture.height });
  return settings;
}
