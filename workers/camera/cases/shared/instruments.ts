/** What every case keeps that depends on the size of the picture. */
import type { PictureSize } from '../../vision/tracking/track.ts';

/**
 * Everything of a case that depends on the size of the picture: trackers, areas, counters. Made anew when the size
 * changes, because boxes in pixels of another picture mean nothing.
 */
export type Instruments = PictureSize;

/** Whether instruments were made for pictures of this size, pixels. */
export const fits = (at: Instruments, { width, height }: PictureSize): boolean =>
  at.width === width && at.height === height;
