/** A picture as a camera mounted on its side or on its head would have given it. */
import type { Box } from '../geometry/detection.ts';
import type { Raster } from './raster.ts';

/** Quarter turns clockwise. */
export const QUARTERS = [1, 2, 3] as const;
export type Quarter = (typeof QUARTERS)[number];

/**
 * @param into for the turned picture, at least width * height * 4 bytes
 * @returns the turned picture, on the memory of `into`
 * @throws {RangeError} when `into` is too small
 */
export function turned({ width, height, pixels }: Raster, quarter: Quarter, into: Uint8ClampedArray): Raster {
  const bytes = width * height * 4;
  if (into.length < bytes) throw new RangeError(`${into.length} bytes are too few for ${width} x ${height}`);
  const from = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const to = new Uint32Array(into.buffer, into.byteOffset, width * height);
  const [columns, rows] = quarter === 2 ? [width, height] : [height, width];
  // Steps in the source for one step right and one step down in the result, and where its first pixel comes from.
  const [right, down, first] = {
    1: [-width, 1, (height - 1) * width],
    2: [-1, -width, width * height - 1],
    3: [width, -1, width - 1],
  }[quarter] as [number, number, number];
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0, source = first + y * down; x < columns; x++, source += right) to[at++] = from[source]!;
  }
  return { width: columns, height: rows, pixels: into.subarray(0, bytes) };
}

/** A box of the turned picture in the picture as it was, of this size. Pixels. */
export function turnedBack(
  [x0, y0, x1, y1]: Box,
  quarter: Quarter,
  of: { width: number; height: number },
): Box {
  if (quarter === 1) return [y0, of.height - x1, y1, of.height - x0];
  if (quarter === 2) return [of.width - x1, of.height - y1, of.width - x0, of.height - y0];
  return [of.width - y1, x0, of.width - y0, x1];
}
