import type { Box, Detection } from '../../vision/geometry/detection.ts';
import { argmax, output, type Decoder } from './decoder.ts';

const STRIDES = [8, 16, 32];
/** Distances are distributions over 0..7 strides. */
const BINS = 8;

/**
 * One candidate per cell of three grids; each side's distance is the mean of a distribution.
 *
 * `cls_pred_stride_S` [1, cells, C]: scores 0..1. `dis_pred_stride_S` [1, cells, 4 * 8]: logits for left, top, right
 * and bottom, in strides from the cell's centre. Li et al., Generalized Focal Loss (2020), as NanoDet uses it.
 */
export const decodeNanodet: Decoder = (outputs, { width, height, labels, minScore }) => {
  const found: Detection[] = [];
  for (const stride of STRIDES) {
    const columns = Math.ceil(width / stride);
    const cells = columns * Math.ceil(height / stride);
    const scores = output(outputs, `cls_pred_stride_${stride}`, [1, cells, labels.length]).data;
    const sides = output(outputs, `dis_pred_stride_${stride}`, [1, cells, 4 * BINS]).data;
    for (let cell = 0; cell < cells; cell++) {
      const kind = argmax(scores, cell * labels.length, labels.length);
      const score = scores[cell * labels.length + kind]!;
      if (!(score >= minScore)) continue;
      const cx = ((cell % columns) + 0.5) * stride;
      const cy = (Math.floor(cell / columns) + 0.5) * stride;
      const distance = (side: number) => mean(sides, (cell * 4 + side) * BINS) * stride;
      const box: Box = [cx - distance(0), cy - distance(1), cx + distance(2), cy + distance(3)];
      found.push({ label: labels[kind]!, score, box });
    }
  }
  return found;
};

/** Mean bin of the softmax over one side's logits. */
function mean(logits: Float32Array, from: number): number {
  const greatest = logits[from + argmax(logits, from, BINS)]!;
  let sum = 0;
  let weighted = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const weight = Math.exp(logits[from + bin]! - greatest);
    sum += weight;
    weighted += weight * bin;
  }
  return weighted / sum;
}
