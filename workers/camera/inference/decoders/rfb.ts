import type { Detection } from '../../vision/geometry/detection.ts';
import { output, type Decoder } from './decoder.ts';

/**
 * Faces as plain boxes; the graph has done the anchors already.
 *
 * `scores` [1, N, 2]: background and face, 0..1. `boxes` [1, N, 4]: corners as fractions of the input.
 * Ultra-Light-Fast-Generic-Face-Detector (Linzaer, 2019).
 */
export const decodeRfb: Decoder = (outputs, { width, height, labels, minScore }) => {
  const { data: scores, dims } = output(outputs, 'scores', [1, null, 2]);
  const { data: boxes } = output(outputs, 'boxes', [1, dims[1]!, 4]);
  const found: Detection[] = [];
  for (let i = 0; i < dims[1]!; i++) {
    const score = scores[2 * i + 1]!;
    if (!(score >= minScore)) continue;
    found.push({
      label: labels[0]!,
      score,
      box: [
        boxes[4 * i]! * width,
        boxes[4 * i + 1]! * height,
        boxes[4 * i + 2]! * width,
        boxes[4 * i + 3]! * height,
      ],
    });
  }
  return found;
};
