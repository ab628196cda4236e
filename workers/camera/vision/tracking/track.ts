/** One tracked object, as others see it. */
import type { Vec } from '../geometry/boxes.ts';
import type { Box } from '../geometry/detection.ts';

/** Size of the picture in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Which borders of the picture cut an object off. */
export interface Cut {
  readonly left: boolean;
  readonly top: boolean;
  readonly right: boolean;
  readonly bottom: boolean;
}

export const UNCUT: Cut = { left: false, top: false, right: false, bottom: false };

/** Whether the picture's border cuts the box on any side. */
export const isCut = ({ left, top, right, bottom }: Cut): boolean => left || top || right || bottom;

/**
 * The object lives on and changes with every update: read it, do not keep it.
 * Times are source time in seconds, lengths pixels of the source picture.
 */
export interface Track {
  /** Never used twice within a tracker's life. */
  readonly id: number;
  /** The class the detections of its whole life speak for, weighted by score. */
  readonly label: string;
  /** Whether a sure detection has said what it is; until then the label is the best of many faint guesses. */
  readonly named: boolean;
  /** Filtered box. While an object is cut off by the border it keeps the size it had, and reaches beyond the border. */
  readonly box: Box;
  /** The box of its last detection, as the detector gave it. */
  readonly observed: Box;
  /** Score of its last detection. */
  readonly score: number;
  /** Of the box's centre, pixels a second. */
  readonly velocity: Vec;
  /** Seen often enough to be believed. Taken back when it rests and nothing sure has been seen of it for long. */
  readonly confirmed: boolean;
  /** Detections that made it up. */
  readonly hits: number;
  readonly firstSeenS: number;
  readonly lastSeenS: number;
  /** lastSeenS - firstSeenS */
  readonly ageS: number;
  /** Not detected in the last frame; `box` is a prediction. */
  readonly lost: boolean;
  /** Borders that cut off its last detection. */
  readonly cut: Cut;
}

/** A track, or several that are one object (a bicycle and its rider). */
export interface TrackedObject extends Track {
  /** Tracks that are, or were, part of this object, besides the one that gave it its id. */
  readonly members?: readonly number[];
}

/** A detection counts as cut off when its edge is this close to the border, as a share of the picture's side. */
const BORDER = 0.01;

/** Which sides of a box the picture's border cuts off; none where the picture's size is unknown. Pixels. */
export function cutOf(box: Box, picture: PictureSize | undefined): Cut {
  if (picture === undefined) return UNCUT;
  const mx = Math.max(1, BORDER * picture.width);
  const my = Math.max(1, BORDER * picture.height);
  return {
    left: box[0] <= mx,
    top: box[1] <= my,
    right: box[2] >= picture.width - mx,
    bottom: box[3] >= picture.height - my,
  };
}
