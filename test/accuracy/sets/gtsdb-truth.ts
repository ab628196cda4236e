/** The truth of GTSDB (Houben et al., IJCNN 2013), in the words of our own sign reader. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { MetricBox } from '../metrics/frames.ts';

/** Pictures from this number on were never trained on (`models/train/signs/places.py`). */
const HELD_FROM = 400;
/** Signs of at most this many pixels in the picture as it was taken are neither asked for nor wrong. */
const SMALL = 24;

/** By GTSDB's class; the order is its own. */
const KINDS =
  'limit-20 limit-30 limit-50 limit-60 limit-70 limit-80 end-limit limit-100 limit-120 no-overtaking no-overtaking-trucks priority-junction priority-road give-way stop no-vehicles no-trucks no-entry danger bend-left bend-right bends uneven slippery narrows works signal-ahead pedestrians children bicycles snow animals end-all go-right go-left go-straight straight-or-right straight-or-left keep-right keep-left roundabout end-no-overtaking end-no-overtaking-trucks'.split(
    ' ',
  );

/** What GTSDB labels; a sign of another kind can be neither right nor wrong there. */
export const LABELLED: ReadonlySet<string> = new Set(KINDS);

export interface TrueSign {
  readonly kind: string;
  readonly box: MetricBox;
  readonly small: boolean;
}

/** @returns signs by the picture's file, for the pictures that were not trained on */
export function heldPictures(folder: string): Map<string, TrueSign[]> {
  const pictures = new Map<string, TrueSign[]>();
  for (const row of readFileSync(resolve(folder, 'gt.txt'), 'utf8').trim().split(/\s+/)) {
    const [name, ...numbers] = row.split(';');
    const [left, top, right, bottom, kind] = numbers.map(Number) as [number, number, number, number, number];
    if (!name || !KINDS[kind]) throw new Error(`not a sign of GTSDB: ${row}`);
    if (Number(name.slice(0, 5)) < HELD_FROM) continue;
    const file = resolve(folder, 'images', `${name.slice(0, 5)}.jpg`);
    const box: MetricBox = [left, top, right + 1, bottom + 1];
    const small = Math.max(right - left, bottom - top) + 1 <= SMALL;
    pictures.set(file, [...(pictures.get(file) ?? []), { kind: KINDS[kind], box, small }]);
  }
  return pictures;
}
