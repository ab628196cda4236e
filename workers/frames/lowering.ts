/**
 * A sensor of lower resolution, simulated from one of higher: every pixel of the lower picture is the mean of the area
 * that it covers, as a larger photosite would have it (a pixel mixing model; no sampling, hence no aliasing).
 */
import type { Picture } from './frame.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a picture after it was lowered to `sensorWidth`; the shape is kept, and nothing is ever made larger.
 * @param sensorWidth pixels; absent: as it is
 */
export function loweredSize({ width, height }: Size, sensorWidth: number | undefined): Size {
  if (sensorWidth === undefined || sensorWidth >= width) return { width, height };
  return { width: sensorWidth, height: Math.max(1, Math.round((height * sensorWidth) / width)) };
}

/** Bytes of picture that `lower` needs besides the two pictures, until it returns. */
export const loweringBytes = (to: Size): number => to.width * 4 * Float32Array.BYTES_PER_ELEMENT;

/**
 * Fills `to` with the means of the areas of `from`. What it needs in between is zeroed before it returns.
 * @throws {RangeError} when `to` is larger than `from` on a side
 */
export function lower(from: Picture, to: Picture): void {
  if (to.width > from.width || to.height > from.height)
    throw new RangeError('a sensor is lowered, not raised');
  const across = spans(from.width, to.width);
  const down = spans(from.height, to.height);
  const sums = new Float32Array(to.width * 4);
  for (let y = 0; y < to.height; y++) {
    sums.fill(0);
    const { first, weights } = down[y]!;
    weights.forEach((weight, i) => addRow(from, first + i, weight, across, sums));
    to.pixels.set(sums, y * to.width * 4);
  }
  sums.fill(0);
}

/** The pixels of one axis that an output pixel covers; their weights add up to 1. */
interface Span {
  readonly first: number;
  readonly weights: readonly number[];
}

function spans(from: number, to: number): Span[] {
  const step = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * step, Math.min(from, (i + 1) * step)];
    const first = Math.floor(start);
    const last = Math.ceil(end - 1e-9);
    const weights = Array.from(
      { length: last - first },
      (_, k) => (Math.min(end, first + k + 1) - Math.max(start, first + k)) / (end - start),
    );
    return { first, weights };
  });
}

function addRow(
  { width, pixels }: Picture,
  y: number,
  weight: number,
  across: readonly Span[],
  sums: Float32Array,
) {
  for (let x = 0, out = 0; x < across.length; x++, out += 4) {
    const { first, weights } = across[x]!;
    for (let k = 0, at = (y * width + first) * 4; k < weights.length; k++, at += 4) {
      const w = weight * weights[k]!;
      sums[out] = sums[out]! + w * pixels[at]!;
      sums[out + 1] = sums[out + 1]! + w * pixels[at + 1]!;
      sums[out + 2] = sums[out + 2]! + w * pixels[at + 2]!;
      sums[out + 3] = sums[out + 3]! + w * pixels[at + 3]!;
    }
  }
}
