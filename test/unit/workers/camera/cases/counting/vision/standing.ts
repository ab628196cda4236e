/** Objects that stand on a border and are seen badly: their boxes breathe, tremble, or are half covered by turns. */
import type { Box } from '../../../../../../../workers/camera/vision/geometry/detection.ts';
import { normal, random } from '../../../vision/rng.ts';
import { X } from './crossings.ts';

/** Gives the box in which the object is seen at a moment; to be asked in order of time. */
export type Sight = (timeS: number) => Box;

const moved = ([x0, y0, x1, y1]: Box, [a, b, c, d]: readonly [number, number, number, number]): Box => [
  x0 + a,
  y0 + b,
  x1 + c,
  y1 + d,
];

/** What of the width is seen by turns, as shares from the left. */
const PARTS = [
  [0, 1],
  [0, 0.5],
  [0.5, 1],
  [0, 0.7],
  [0.35, 1],
] as const;

/** Kinds of seeing it; `amount` is a share of the object's size. */
export const KINDS = ['edges', 'whole', 'breath', 'covered'] as const;

/** An object of random size that stands near the line x = X. */
export function stander(kind: (typeof KINDS)[number], amount: number, seed: number): Sight {
  const next = random(seed);
  const [width, height] = [30 + 100 * next(), 40 + 80 * next()];
  const size = Math.sqrt(width * height);
  const left = X + (next() - 0.5) * 0.5 * width - width / 2;
  const whole: Box = [left, 180 - height / 2, left + width, 180 + height / 2];
  const shake = () => amount * size * normal(next);
  // It is seen whole to begin with: what never was could not be known to be a part.
  let [untilS, part]: [number, (typeof PARTS)[number]] = [1, PARTS[0]];
  return (timeS) => {
    if (kind === 'edges') return moved(whole, [shake(), shake(), shake(), shake()]);
    if (kind === 'whole') {
      const [dx, dy] = [shake(), shake()];
      return moved(whole, [dx, dy, dx, dy]);
    }
    if (kind === 'breath') {
      const d = shake();
      return moved(whole, [-d, -d, d, d]);
    }
    if (timeS >= untilS) {
      untilS = timeS + 0.5 + 3.5 * next();
      part = PARTS[Math.floor(next() * PARTS.length)]!;
    }
    const [from, to] = part;
    const seen: Box = [left + from * width, whole[1], left + to * width, whole[3]];
    const tremble = () => 0.03 * size * normal(next);
    return moved(seen, [tremble(), tremble(), tremble(), tremble()]);
  };
}
