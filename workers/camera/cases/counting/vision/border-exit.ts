/** Objects at the border of the picture: which of them leave the picture, and how far. */
import { heightOf, widthOf, type Vec } from '../../../vision/geometry/boxes.ts';
import type { Box } from '../../../vision/geometry/detection.ts';
import type { PictureSize } from '../../../vision/tracking/track.ts';

/** Maximum time for half of an object to leave, seconds: a slower one may have stopped. */
const LEAVE_S = 2;
/** Detectors end a box that the border cuts this far from it, as a share of the picture's side. */
const MARGIN = 0.01;

/**
 * The exit from the picture of an object that the border cuts off, or that would reach the border within a frame.
 *
 * @param velocity pixels a second
 * @param frameS time between frames, seconds
 * @returns the shift along `velocity` that moves the whole box out; undefined when it is not about to leave: still too
 *   far inside, moving inwards or along the border, or so slowly that it may have stopped
 */
export function borderExit(box: Box, velocity: Vec, frameS: number, picture: PictureSize): Vec | undefined {
  const [vx, vy] = velocity;
  const mx = MARGIN * picture.width;
  const my = MARGIN * picture.height;
  let min = Infinity;
  const consider = (gap: number, extent: number, speed: number) => {
    const open = Math.max(0, gap);
    if (speed <= 0 || open > speed * frameS || open + extent / 2 > speed * LEAVE_S) return;
    min = Math.min(min, (open + extent) / speed);
  };
  consider(box[0] - mx, widthOf(box), -vx);
  consider(picture.width - mx - box[2], widthOf(box), vx);
  consider(box[1] - my, heightOf(box), -vy);
  consider(picture.height - my - box[3], heightOf(box), vy);
  return min === Infinity ? undefined : [vx * min, vy * min];
}
