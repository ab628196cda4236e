/** On footage of a real fixed camera, people left in: PETS 2009. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MovedCameraDetector } from '../../../../../../../workers/camera/cases/crowding/vision/camera-moved.ts';
import type { Raster } from '../../../../../../../workers/camera/vision/image/raster.ts';
import { readPhoto } from '../../../../../../accuracy/native.ts';
import { EVAL_DIR, missing } from '../../../../../../accuracy/shared.ts';

const FOLDER = 'pets09_s3_mf1';
const FPS = 7;
/** What a camera of nine tenths of the view sees; the rest is there for it to be turned. */
const SHARE = 0.9;
const reason = missing(FOLDER);
if (reason) console.log(`skipped: ${reason}`);

/** @param turned by these shares of the whole picture, 0..0.1 */
function view({ width, height, pixels }: Raster, turned: readonly [number, number]): Raster {
  const [w, h] = [Math.floor(width * SHARE), Math.floor(height * SHARE)];
  const [left, top] = [Math.round(turned[0] * width), Math.round(turned[1] * height)];
  const seen = new Uint8ClampedArray(w * h * 4);
  for (let y = 0; y < h; y++) {
    const from = ((top + y) * width + left) * 4;
    seen.set(pixels.subarray(from, from + w * 4), y * w * 4);
  }
  return { width: w, height: h, pixels: seen };
}

describe.skipIf(reason)('the place of a real camera', () => {
  const folder = resolve(EVAL_DIR, FOLDER, 'img');
  // Every third picture: no more is looked at.
  const frames = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jpg'))
      .sort()
      .flatMap((name, i) => (i % 3 ? [] : [{ picture: readPhoto(resolve(folder, name)), timeS: i / FPS }]));

  it.each([
    { says: 'is the same while people walk through it', turned: [0, 0], moved: false },
    { says: 'is another one once it was turned to the side', turned: [0.09, 0], moved: true },
    { says: 'is another one once it was tilted', turned: [0, 0.05], moved: true },
  ] as const)('$says', ({ turned, moved }) => {
    const all = frames();
    const place = new MovedCameraDetector(view(all[0]!.picture, [0, 0]));
    const told = all.filter(({ picture, timeS }) => place.moved(view(picture, turned), [], timeS));
    expect(told.length > 0).toBe(moved);
  });
});
