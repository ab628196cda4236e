import type { Detection } from '../../vision/geometry/detection.ts';
import { argmax, onlyOutput, type Decoder } from './decoder.ts';

const STRIDES = [8, 16, 32];

/**
 * One candidate per cell of three grids, the finest first.
 *
 * One output [1, cells, 5 + C]: centre relative to the cell in strides, logarithm of the size in strides, objectness
 * and class scores, both 0..1. Ge et al., YOLOX (2021); exported without its own decoding.
 */
export const decodeYolox: Decoder = (outputs, { width, height, labels, minScore }) => {
  const channels = 5 + labels.length;
  const cells = STRIDES.reduce((sum, stride) => sum + (width / stride) * (height / stride), 0);
  const { data } = onlyOutput(outputs, [1, cells, channels]);
  const found: Detection[] = [];
  let at = 0;
  for (const stride of STRIDES) {
    for (let y = 0; y < height / stride; y++) {
      for (let x = 0; x < width / stride; x++, at += channels) {
        const objectness = data[at + 4]!;
        if (!(objectness >= minScore)) continue;
        const kind = argmax(data, at + 5, labels.length);
        const score = objectness * data[at + 5 + kind]!;
        if (!(score >= minScore)) continue;
        const cx = (x + data[at]!) * stride;
        const cy = (y + data[at + 1]!) * stride;
        const halfWidth = (Math.exp(data[at + 2]!) * stride) / 2;
        const halfHeight = (Math.exp(data[at + 3]!) * stride) / 2;
        found.push({
          label: labels[kind]!,
          score,
          box: [cx - halfWidth, cy - halfHeight, cx + halfWidth, cy + halfHeight],
        });
      }
    }
  }
  return found;
};
