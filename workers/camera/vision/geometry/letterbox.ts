/**
 * The mapping from a region of the source picture to a model's input, and its inverse.
 *
 * Both pictures are continuous planes here: x runs from 0 to the width, and pixel i covers [i, i + 1). That is what
 * box coordinates mean, and it keeps the mapping free of half-pixel corrections.
 */
import type { Box } from './detection.ts';

/** A rectangle of the source picture in pixels; it may reach beyond the picture's border (a face at the edge). */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Fit {
  /** `letterbox` keeps the proportions and leaves a border, `stretch` fills the input. */
  readonly fit: 'letterbox' | 'stretch';
  /** Where the letterboxed region sits. */
  readonly align: 'centre' | 'top-left';
}

/** The region's rectangle in the model input, in whole pixels, and the size of a source pixel there. */
export interface Placement {
  readonly region: Region;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/**
 * @param inputWidth model input in pixels
 * @param inputHeight model input in pixels
 * @throws {RangeError} when a side of the region or of the input is not positive
 */
export function place(
  region: Region,
  inputWidth: number,
  inputHeight: number,
  { fit, align }: Fit,
): Placement {
  if (!(region.width > 0 && region.height > 0)) throw new RangeError('the region must have a positive size');
  if (!(inputWidth > 0 && inputHeight > 0)) throw new RangeError('the input must have a positive size');
  let width = inputWidth;
  let height = inputHeight;
  if (fit === 'letterbox') {
    const scale = Math.min(inputWidth / region.width, inputHeight / region.height);
    width = Math.min(inputWidth, Math.max(1, Math.round(region.width * scale)));
    height = Math.min(inputHeight, Math.max(1, Math.round(region.height * scale)));
  }
  const centred = align === 'centre';
  return {
    region,
    x: centred ? (inputWidth - width) >> 1 : 0,
    y: centred ? (inputHeight - height) >> 1 : 0,
    width,
    height,
    // Rounding to whole pixels makes the two scales differ slightly; each axis keeps its own, so the inverse is exact.
    scaleX: width / region.width,
    scaleY: height / region.height,
  };
}

/** A point of the model input, in source pixels. */
export function pointToSource(
  { region, x, y, scaleX, scaleY }: Placement,
  px: number,
  py: number,
): [number, number] {
  return [region.x + (px - x) / scaleX, region.y + (py - y) / scaleY];
}

/** A box of the model input, in source pixels. */
export function boxToSource(placement: Placement, [x0, y0, x1, y1]: Box): Box {
  return [...pointToSource(placement, x0, y0), ...pointToSource(placement, x1, y1)];
}
