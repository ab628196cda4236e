/** How a picture is fitted into a model's input, and how boxes found there come back. Geometry only, no pixels. */
import type { Vec } from './boxes.ts';
import type { Box } from './detection.ts';

/** Input pixel = source pixel * scale + offset, for each side. */
export interface Letterbox {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
  /** Size of the picture within the input, whole pixels; the rest is border. */
  readonly width: number;
  readonly height: number;
}

export interface FitOptions {
  /** `letterbox` keeps the aspect and leaves a border; `stretch` fills the input. */
  readonly fit?: 'letterbox' | 'stretch';
  /** Where the picture sits in the input. */
  readonly align?: 'centre' | 'top-left';
}

/**
 * Fits a picture into an input. The picture is rounded to whole pixels first and the scales follow from that, so that
 * mapping there and back is exact.
 *
 * @throws {RangeError} when a side is not positive
 */
export function fitPicture(
  sourceWidth: number,
  sourceHeight: number,
  inputWidth: number,
  inputHeight: number,
  { fit = 'letterbox', align = 'top-left' }: FitOptions = {},
): Letterbox {
  for (const [name, side] of Object.entries({ sourceWidth, sourceHeight, inputWidth, inputHeight })) {
    if (!(side > 0 && Number.isFinite(side))) throw new RangeError(`${name} must be positive, got ${side}.`);
  }
  const scale = Math.min(inputWidth / sourceWidth, inputHeight / sourceHeight);
  const whole = (side: number, limit: number) => Math.min(limit, Math.max(1, Math.round(side * scale)));
  const width = fit === 'stretch' ? inputWidth : whole(sourceWidth, inputWidth);
  const height = fit === 'stretch' ? inputHeight : whole(sourceHeight, inputHeight);
  return {
    scaleX: width / sourceWidth,
    scaleY: height / sourceHeight,
    offsetX: align === 'centre' ? Math.floor((inputWidth - width) / 2) : 0,
    offsetY: align === 'centre' ? Math.floor((inputHeight - height) / 2) : 0,
    width,
    height,
  };
}

export const pointToSource = (l: Letterbox, x: number, y: number): Vec => [
  (x - l.offsetX) / l.scaleX,
  (y - l.offsetY) / l.scaleY,
];

export const pointToInput = (l: Letterbox, x: number, y: number): Vec => [
  x * l.scaleX + l.offsetX,
  y * l.scaleY + l.offsetY,
];

/** A box in input pixels, in pixels of the source. May reach beyond the source's border. */
export const boxToSource = (l: Letterbox, b: Box): Box => [
  ...pointToSource(l, b[0], b[1]),
  ...pointToSource(l, b[2], b[3]),
];

/** A box in pixels of the source, in input pixels. */
export const boxToInput = (l: Letterbox, b: Box): Box => [
  ...pointToInput(l, b[0], b[1]),
  ...pointToInput(l, b[2], b[3]),
];
