import type { Detection } from '../../vision/geometry/detection.ts';
import { output, type Decoder } from './decoder.ts';

const STRIDES = [8, 16, 32];
/** Right eye, left eye, nose tip, right and left mouth corner. */
const POINTS = 5;

/**
 * Faces, each with five points, one candidate per cell of three grids.
 *
 * Per stride S: `cls_S`, `obj_S` [1, cells, 1]: 0..1, the score is their geometric mean. `bbox_S` [1, cells, 4]:
 * centre relative to the cell's corner and logarithm of the size, `kps_S` [1, cells, 10]: points relative to the
 * cell's corner; all in strides. Wu et al., YuNet (2023).
 */
export const decodeYunet: Decoder = (outputs, { width, height, labels, minScore }) => {
  const found: Detection[] = [];
  for (const stride of STRIDES) {
    const columns = width / stride;
    const cells = columns * (height / stride);
    const classes = output(outputs, `cls_${stride}`, [1, cells, 1]).data;
    const objectness = output(outputs, `obj_${stride}`, [1, cells, 1]).data;
    const boxes = output(outputs, `bbox_${stride}`, [1, cells, 4]).data;
    const points = output(outputs, `kps_${stride}`, [1, cells, 2 * POINTS]).data;
    for (let cell = 0; cell < cells; cell++) {
      const score = Math.sqrt(clamped(classes[cell]!) * clamped(objectness[cell]!));
      if (!(score >= minScore)) continue;
      const column = cell % columns;
      const row = (cell - column) / columns;
      const cx = (column + boxes[cell * 4]!) * stride;
      const cy = (row + boxes[cell * 4 + 1]!) * stride;
      const halfWidth = (Math.exp(boxes[cell * 4 + 2]!) * stride) / 2;
      const halfHeight = (Math.exp(boxes[cell * 4 + 3]!) * stride) / 2;
      const at = cell * 2 * POINTS;
      found.push({
        label: labels[0]!,
        score,
        box: [cx - halfWidth, cy - halfHeight, cx + halfWidth, cy + halfHeight],
        keypoints: Array.from(
          { length: POINTS },
          (_, k) =>
            [(column + points[at + 2 * k]!) * stride, (row + points[at + 2 * k + 1]!) * stride] as const,
        ),
      });
    }
  }
  return found;
};

const clamped = (score: number): number => Math.min(Math.max(score, 0), 1);
