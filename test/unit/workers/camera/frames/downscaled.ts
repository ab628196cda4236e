/** A picture downscaled at once, for tests; the camera keeps its downscaler from picture to picture. */
import type { Picture } from '../../../../../workers/camera/frames/frame.ts';
import { Downscaler } from '../../../../../workers/camera/frames/downscale.ts';

/** @returns what it was done with, before anything in there is wiped */
export function lower(from: Picture, to: Picture): Downscaler {
  const lowering = new Downscaler(from, to);
  lowering.full.set(from.pixels);
  lowering.lowerInto(to.pixels);
  return lowering;
}
