/**
 * Crowds that are as dense as one wishes, of real people: n x n pictures of PETS 2009 at 1/n of their size, each from another
 * moment of the sequence. The mosaic has the size of one picture, so that its people are as small as a crowd from above.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import jpeg from 'jpeg-js';
import type { Picture } from '../../workers/camera/frames/frame.ts';
import { parseMot, toFrames } from './metrics/motchallenge.ts';
import { readPhoto } from './native.ts';
import { EVAL_DIR } from './shared.ts';

const FOLDER = resolve(EVAL_DIR, 'pets09_s3_mf1');
/** Where mosaics are written; the laboratory serves it. */
export const MOSAIC_DIR = resolve(tmpdir(), 'incam-mosaics');
/** JPEG quality: so that its blocks are not what decides. */
const QUALITY = 92;

export interface Mosaics {
  /** File names below `MOSAIC_DIR`, in order. */
  readonly names: readonly string[];
  /** People in each. */
  readonly people: readonly number[];
}

/** Writes a sequence of mosaics. @param n pictures along each side, 1 or more @param frames how many of the sequence */
export function writeMosaics(n: number, frames: number): Mosaics {
  const names = readdirSync(resolve(FOLDER, 'img'))
    .filter((name) => name.endsWith('.jpg'))
    .sort();
  const truth = toFrames(parseMot(readFileSync(resolve(FOLDER, 'gt/gt.txt'), 'utf8')), names.length);
  mkdirSync(MOSAIC_DIR, { recursive: true });
  const made = { names: [] as string[], people: [] as number[] };
  for (let frame = 0; frame < frames; frame++) {
    const shown = Array.from(
      { length: n * n },
      (_, i) => (frame + Math.round((i * names.length) / (n * n))) % names.length,
    );
    const pictures = shown.map((index) => readPhoto(resolve(FOLDER, 'img', names[index]!)));
    const { width, height, pixels } = mosaic(pictures, n);
    const name = `${n}x${n}-${String(frame).padStart(4, '0')}.jpg`;
    writeFileSync(
      resolve(MOSAIC_DIR, name),
      jpeg.encode({ width, height, data: Buffer.from(pixels.buffer) }, QUALITY).data,
    );
    made.names.push(name);
    made.people.push(shown.reduce((sum, index) => sum + truth[index]!.length, 0));
  }
  return made;
}

/** n x n pictures of one size, each shrunk by box filter. */
export function mosaic(pictures: readonly Picture[], n: number): Picture {
  const { width, height } = pictures[0]!;
  const [w, h] = [Math.floor(width / n), Math.floor(height / n)];
  const pixels = new Uint8ClampedArray(width * height * 4);
  pictures.forEach((picture, i) => {
    const [left, top] = [(i % n) * w, Math.floor(i / n) * h];
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const to = 4 * ((top + y) * width + left + x);
        for (let k = 0; k < 4; k++) {
          let sum = 0;
          for (let dy = 0; dy < n; dy++) {
            for (let dx = 0; dx < n; dx++)
              sum += picture.pixels[4 * ((y * n + dy) * width + x * n + dx) + k]!;
          }
          pixels[to + k] = sum / (n * n);
        }
      }
    }
  });
  return { width, height, pixels };
}
