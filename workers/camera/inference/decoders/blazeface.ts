import type { Detection } from '../../vision/geometry/detection.ts';
import { logit, output, sigmoid, type Decoder } from './decoder.ts';

/** Two grids: [suffix of the output names, stride, candidates per cell]. */
const GRIDS = [
  ['16', 16, 2],
  ['8', 32, 6],
] as const;
/** Box, then six points: right eye, left eye, nose tip, mouth, right ear, left ear. */
const VALUES = 16;
const POINTS = 6;

/**
 * Faces, each with six points, from two grids with several candidates per cell.
 *
 * `cls16` [1, cells * 2, 1] and `cls8` [1, cells * 6, 1]: logits. `reg16`, `reg8` [1, the same, 16]: centre and points
 * relative to the cell's centre and the size, in input pixels. Bazarevsky et al., BlazeFace (2019).
 */
export const decodeBlazeface: Decoder = (outputs, { width, height, labels, minScore }) => {
  const found: Detection[] = [];
  const min = logit(minScore);
  for (const [suffix, stride, perCell] of GRIDS) {
    const columns = width / stride;
    const count = columns * (height / stride) * perCell;
    const scores = output(outputs, `cls${suffix}`, [1, count, 1]).data;
    const values = output(outputs, `reg${suffix}`, [1, count, VALUES]).data;
    for (let i = 0; i < count; i++) {
      const score = scores[i]!;
      if (!(score >= min)) continue;
      const cell = Math.floor(i / perCell);
      const ax = ((cell % columns) + 0.5) * stride;
      const ay = (Math.floor(cell / columns) + 0.5) * stride;
      const value = (index: number) => values[i * VALUES + index]!;
      const cx = ax + value(0);
      const cy = ay + value(1);
      const halfWidth = value(2) / 2;
      const halfHeight = value(3) / 2;
      found.push({
        label: labels[0]!,
        score: sigmoid(score),
        box: [cx - halfWidth, cy - halfHeight, cx + halfWidth, cy + halfHeight],
        keypoints: Array.from(
          { length: POINTS },
          (_, k) => [ax + value(4 + 2 * k), ay + value(5 + 2 * k)] as const,
        ),
      });
    }
  }
  return found;
};
