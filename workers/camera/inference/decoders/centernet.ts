import type { Detection } from '../../vision/geometry/detection.ts';
import { output, type Decoder } from './decoder.ts';

/** Heat map cells are this many input pixels wide. */
const STRIDE = 4;

/**
 * Objects as local maxima of a heat map per class, each with the distances from its cell to the four sides of the box.
 *
 * `hm` [1, C, H/4, W/4]: scores 0..1. `wh` [1, 4, H/4, W/4]: left, top, right, bottom in input pixels.
 * Zhou et al., Objects as Points (2019); the four distances are Liu et al.'s, Training-Time-Friendly Network (2019).
 */
export const decodeCenternet: Decoder = (outputs, { width, height, labels, minScore }) => {
  const columns = width / STRIDE;
  const rows = height / STRIDE;
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
        x * STRIDE - sides[cell]!,
        y * STRIDE - sides[cells + cell]!,
        x * STRIDE + sides[2 * cells + cell]!,
        y * STRIDE + sides[3 * cells + cell]!,
      ],
    });
  }
  return found;
};

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
