import type { Polygon } from '../../../contract/index.ts';
import type { Picture } from './frame.ts';

/** Value of a masked pixel. */
export const MASK_GREY = 128;

/**
 * Privacy masks: polygons that are blanked in every frame before any other stage (guidebook duty 8: do not take what is
 * not needed).
 *
 * A polygon covers every pixel it touches, so a mask leaves no sliver, and a mask drawn as a line still hides the
 * pixels under the line. Inside is decided by the even-odd rule.
 */
export class PrivacyMasks {
  #spans: { width: number; height: number; runs: Uint32Array } | undefined;

  /** @param polygons corners as fractions of the picture's width and height */
  constructor(readonly polygons: readonly Polygon[]) {}

  /**
   * Blanks the masked pixels in place.
   * @param picture its pixels must start on a multiple of four bytes
   * @returns how many pixels are masked
   */
  apply(picture: Picture): number {
    if (this.polygons.length === 0) return 0;
    const { width, height, pixels } = picture;
    const runs = this.#runsFor(width, height);
    const packed = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
    let masked = 0;
    for (let i = 0; i < runs.length; i += 2) {
      packed.fill(GREY, runs[i]!, runs[i + 1]!);
      masked += runs[i + 1]! - runs[i]!;
    }
    return masked;
  }

  /** Runs of pixel numbers [start, end), ascending and apart; worked out once per picture size. */
  #runsFor(width: number, height: number): Uint32Array {
    if (this.#spans?.width !== width || this.#spans.height !== height) {
      const covered = new Uint8Array(width * height);
      for (const { points } of this.polygons) {
        const corners = points.map(([x, y]) => [x * width, y * height] as const);
        cover(covered, width, height, corners);
      }
      this.#spans = { width, height, runs: runsOf(covered) };
    }
    return this.#spans.runs;
  }
}

/** The same four bytes in either byte order. */
const GREY = new Uint32Array(new Uint8Array([MASK_GREY, MASK_GREY, MASK_GREY, 255]).buffer)[0]!;

type Corner = readonly [x: number, y: number];

/** Marks every pixel a polygon touches: the inside row by row, and the outline pixel by pixel. */
function cover(covered: Uint8Array, width: number, height: number, corners: readonly Corner[]): void {
  const mark = (row: number, from: number, to: number) => {
    const start = Math.max(0, Math.floor(from));
    const end = Math.min(width, Math.max(Math.ceil(to), Math.floor(from) + 1));
    if (start < end) covered.fill(1, row * width + start, row * width + end);
  };
  const top = Math.max(0, Math.floor(Math.min(...corners.map(([, y]) => y))));
  const bottom = Math.min(height - 1, Math.floor(Math.max(...corners.map(([, y]) => y))));
  for (let row = top; row <= bottom; row++) {
    const crossings = crossingsAt(row + 0.5, corners);
    for (let i = 0; i + 1 < crossings.length; i += 2) mark(row, crossings[i]!, crossings[i + 1]!);
    corners.forEach((a, i) => {
      const reach = edgeWithin(row, a, corners[(i + 1) % corners.length]!);
      if (reach) mark(row, reach[0], reach[1]);
    });
  }
}

/** Where the outline crosses a horizontal line, ascending; always an even number of places. */
function crossingsAt(y: number, corners: readonly Corner[]): number[] {
  const found: number[] = [];
  corners.forEach(([xa, ya], i) => {
    const [xb, yb] = corners[(i + 1) % corners.length]!;
    // Half open, so that a corner on the line counts for one of its two edges only.
    if (ya <= y !== yb <= y) found.push(xa + ((y - ya) / (yb - ya)) * (xb - xa));
  });
  return found.sort((a, b) => a - b);
}

/** The stretch [x0, x1] of an edge within a row of pixels, or null. */
function edgeWithin(row: number, [xa, ya]: Corner, [xb, yb]: Corner): Corner | null {
  const low = Math.max(Math.min(ya, yb), row);
  const high = Math.min(Math.max(ya, yb), row + 1);
  if (low > high) return null;
  const at = (y: number) => (ya === yb ? xa : xa + ((y - ya) / (yb - ya)) * (xb - xa));
  const ends = ya === yb ? [xa, xb] : [at(low), at(high)];
  return [Math.min(...ends), Math.max(...ends)];
}

function runsOf(covered: Uint8Array): Uint32Array {
  const runs: number[] = [];
  for (let i = covered.indexOf(1); i >= 0 && i < covered.length; i = covered.indexOf(1, i)) {
    const end = covered.indexOf(0, i);
    runs.push(i, end < 0 ? covered.length : end);
    if (end < 0) break;
    i = end;
  }
  return Uint32Array.from(runs);
}
