import type { Detection } from '../../vision/geometry/detection.ts';
import { argmax, onlyOutput, sigmoid, type Decoder } from './decoder.ts';

const STRIDE = 16;
/** Weight of the objectness in a score; the rest is the weight of the class. */
const OBJECTNESS = 0.6;

/**
 * One candidate per cell of a single grid.
 *
 * One output [1, 5 + C, H/16, W/16]: objectness 0..1, centre relative to the cell (through tanh), size as a share of
 * the input (through a sigmoid), class probabilities. FastestDet (dog-qiuqiu, 2022).
 */
export const decodeFastestdet: Decoder = (outputs, { width, height, labels, minScore }) => {
  const columns = width / STRIDE;
  const rows = height / STRIDE;
  const cells = rows * columns;
  const { data } = onlyOutput(outputs, [1, 5 + labels.length, rows, columns]);
  const found: Detection[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const channel = (index: number) => data[index * cells + cell]!;
    const kind = argmax(data, 5 * cells + cell, labels.length, cells);
    const score = channel(0) ** OBJECTNESS * channel(5 + kind) ** (1 - OBJECTNESS);
    if (!(score >= minScore)) continue;
    const cx = ((cell % columns) + Math.tanh(channel(1))) * STRIDE;
    const cy = (Math.floor(cell / columns) + Math.tanh(channel(2))) * STRIDE;
    const halfWidth = (sigmoid(channel(3)) * width) / 2;
    const halfHeight = (sigmoid(channel(4)) * height) / 2;
    found.push({
      label: labels[kind]!,
      score,
      box: [cx - halfWidth, cy - halfHeight, cx + halfWidth, cy + halfHeight],
    });
  }
  return found;
};
