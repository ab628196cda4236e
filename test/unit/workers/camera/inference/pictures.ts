/** Pictures for tests, and pictures from files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import type { Picture } from '../../../../../workers/camera/frames/frame.ts';

/** Optional data beside the repository: real pictures and models. */
export const SHARED = join(import.meta.dirname, '../../../../../../shared');

/** Whether all of these are there; says which is missing, once. */
export function present(...paths: string[]): boolean {
  const missing = paths.find((path) => !existsSync(join(SHARED, path)));
  if (missing) console.log(`skipped: ../shared/${missing} is not there`);
  return !missing;
}

export function paintedPicture(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): Picture {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++)
    pixels.set([...colour(i % width, Math.floor(i / width)), 255], i * 4);
  return { width, height, pixels };
}

/** The same noise every time. */
export function noisePicture(width: number, height: number): Picture {
  let state = 1;
  const byte = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  return paintedPicture(width, height, () => [byte(), byte(), byte()]);
}

/** @param path of a JPEG below ../shared */
export function photo(path: string): Picture {
  const { width, height, data } = jpeg.decode(readFileSync(join(SHARED, path)), { useTArray: true });
  return { width, height, pixels: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength) };
}
