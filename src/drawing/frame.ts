/** The units of the drawing over the picture. */
import type { Point } from '../../contract/index.ts';

/** Height of the view box; its width follows the picture's shape, so that units are square. */
export const HEIGHT = 1000;

/** The view in which a shape draws itself. */
export interface Frame {
  /** width / height of the picture */
  readonly aspect: number;
  /** Length of one CSS pixel in units of the view box, for targets that are equally large on every screen. */
  readonly pixel: number;
  /** Position of a pointer in the picture. */
  readonly locate: (event: PointerEvent) => Point;
}

/** A point of the picture in units of the view box. */
export const place = ([x, y]: Point, { aspect }: Frame): [number, number] => [
  x * HEIGHT * aspect,
  y * HEIGHT,
];

/** Arrow keys as directions on the picture. */
export const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
