import type { Detection } from '../../vision/geometry/detection.ts';
import type { Outputs } from '../engine.ts';
import { output, type Decoder, type DecoderInput } from './decoder.ts';

/** CenterNet's cells are four input pixels wide. */
export const decodeCenternet: Decoder = (outputs, input) => decodeHeatMap(outputs, input, 4);

/** Our own finder of signs has cells of eight pixels: half the work of a network that must run beside another. */
export const decodeSignFinder: Decoder = (outputs, input) => decodeHeatMap(outputs, input, 8);

/**
 * Objects as local maxima of a heat map per class, each with the distances from its cell to the four sides of the box.
 *
 * `hm` [1, C, H/s, W/s]: scores 0..1. `wh` [1, 4, H/s, W/s]: left, top, right, bottom in input pixels.
 * Zhou et al., Objects as Points (2019); the four distances are Liu et al.'s, Training-Time-Friendly Network (2019).
 *
 * @param stride s, the width of a cell in input pixels
 */
function decodeHeatMap(
  outputs: Outputs,
  { width, height, labels, minScore }: DecoderInput,
  stride: number,
): Detection[] {
  const columns = width / stride;
  const rows = height / stride;
  const cells = rows * columns;
  const heat = output(outputs, 'hm', [1, labels.length, rows, columns]).data;
  const sides = output(outputs, 'wh', [1, 4, rows, columns]).data;
  const found: Detection[] = [];
  for (let index = 0; index < heat.length; index++) {
    const score = heat[index]!;
    if (!(score >= minScore)) continue;
    const cell = index % cells;
    const x = cell % columns;
    const y = (cell - x) / columns;
    if (!isPeak(heat, index, x, y, columns, rows)) continue;
    found.push({
      label: labels[(index - cell) / cells]!,
      score,
      box: [
        x * stride - sides[cell]!,
        y * stride - sides[cells + cell]!,
        x * stride + sides[2 * cells + cell]!,
        y * stride + sides[3 * cells + cell]!,
      ],
    });
  }
  return found;
}

/** No neighbour in the 3 x 3 window is greater; of equal ones the first in reading order is the peak. */
function isPeak(
  heat: Float32Array,
  index: number,
  x: number,
  y: number,
  columns: number,
  rows: number,
): boolean {
  const score = heat[index]!;
  for (let dy = y > 0 ? -1 : 0; dy <= (y < rows - 1 ? 1 : 0); dy++) {
    for (let dx = x > 0 ? -1 : 0; dx <= (x < columns - 1 ? 1 : 0); dx++) {
      const neighbour = heat[index + dy * columns + dx]!;
      const earlier = dy < 0 || (dy === 0 && dx < 0);
      if (neighbour > score || (earlier && neighbour === score)) return false;
    }
  }
  return true;
}
