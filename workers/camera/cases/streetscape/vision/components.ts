/** Connected areas of a mask, with their outlines row by row. */
import type { Box } from '../../../vision/geometry/detection.ts';
import { luminance } from '../../../vision/image/colour.ts';

export interface Component {
  /** Whole pixels; right and lower edge exclusive. */
  readonly box: Box;
  readonly area: number;
  /** For each row of the box the first pixel, and the one after the last; the pixels between may be a hole. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Mean luminance of the component's own pixels in an RGBA picture of the mask's size. */
  meanLuminance(pixels: Uint8ClampedArray): number;
}

/** Minimum number of pixels: fewer do not form a shape. */
const MIN_AREA = 16;

/**
 * @param mask width * height bytes, not 0 where set; the search clears it
 * @param places of the mask that may be set, in order; all of it by default
 * @returns areas connected over sides and corners, in the order of their upper ends
 */
export function components(
  mask: Uint8Array,
  width: number,
  height: number,
  places: Iterable<number> = mask.keys(),
): Component[] {
  const found: Component[] = [];
  const members: number[] = [];
  for (const start of places) {
    if (!mask[start]) continue;
    members.length = 0;
    members.push(start);
    mask[start] = 0;
    for (let next = 0; next < members.length; next++) {
      const [x, y] = [members[next]! % width, Math.floor(members[next]! / width)];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const at = ny * width + nx;
          if (!mask[at]) continue;
          mask[at] = 0;
          members.push(at);
        }
      }
    }
    if (members.length >= MIN_AREA) found.push(describe(Int32Array.from(members), width));
  }
  return found;
}

function describe(members: Int32Array, width: number): Component {
  let [x0, y0, x1, y1] = [Infinity, Infinity, 0, 0];
  for (const at of members) {
    const [x, y] = [at % width, Math.floor(at / width)];
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + 1), Math.max(y1, y + 1)];
  }
  const left = new Int32Array(y1 - y0).fill(x1);
  const right = new Int32Array(y1 - y0).fill(x0);
  for (const at of members) {
    const [x, row] = [at % width, Math.floor(at / width) - y0];
    left[row] = Math.min(left[row]!, x);
    right[row] = Math.max(right[row]!, x + 1);
  }
  let mean: number | undefined;
  const meanLuminance = (pixels: Uint8ClampedArray): number => {
    if (mean !== undefined) return mean;
    let sum = 0;
    for (const at of members) sum += luminance(pixels[at * 4]!, pixels[at * 4 + 1]!, pixels[at * 4 + 2]!);
    return (mean = sum / members.length);
  };
  return { box: [x0, y0, x1, y1], area: members.length, left, right, meanLuminance };
}
