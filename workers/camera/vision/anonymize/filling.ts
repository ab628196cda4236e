/**
 * Fills holes in a picture from their surroundings, with a pyramid of weighted means (pull-push: Gortler et al., "The
 * Lumigraph", SIGGRAPH 1996). Pixels inside the holes have weight 0 on every level.
 */
import type { Raster } from '../image/raster.ts';

/** Red, green, blue times weight, and weight, for each pixel of a level. */
interface Level {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Fill colour where no pixel of a picture is left. */
const GREY = 128;

/**
 * @param picture changed in place, inside the holes only
 * @param hidden one byte for each pixel: not 0 in a hole
 */
export function fillHoles(picture: Raster, hidden: Uint8Array): void {
  const levels = [weighted(picture, hidden)];
  for (let top = levels[0]!; top.width > 1 || top.height > 1; levels.push(top)) top = halved(top);
  let filled: Level | undefined;
  for (const level of levels.toReversed()) {
    push(level, filled);
    filled = level;
  }
  hidden.forEach((is, i) => {
    if (!is) return;
    for (let c = 0; c < 3; c++) picture.pixels[i * 4 + c] = filled!.data[i * 4 + c]!;
    picture.pixels[i * 4 + 3] = 255;
  });
  for (const { data } of levels) data.fill(0);
}

function weighted({ width, height, pixels }: Raster, hidden: Uint8Array): Level {
  const data = new Float32Array(width * height * 4);
  for (let i = 0; i < hidden.length; i++) {
    if (hidden[i]) continue;
    for (let c = 0; c < 3; c++) data[i * 4 + c] = pixels[i * 4 + c]!;
    data[i * 4 + 3] = 1;
  }
  return { width, height, data };
}

/** Each pixel is the sum of four, with a weight of at most 1: one known pixel makes its parent known. */
function halved({ width, height, data }: Level): Level {
  const to = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const sums = new Float32Array(to.width * to.height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, at] = [(y * width + x) * 4, ((y >> 1) * to.width + (x >> 1)) * 4];
      for (let c = 0; c < 4; c++) sums[at + c] = sums[at + c]! + data[from + c]!;
    }
  }
  for (let at = 0; at < sums.length; at += 4) {
    const weight = sums[at + 3]!;
    if (weight <= 1) continue;
    for (let c = 0; c < 4; c++) sums[at + c] = sums[at + c]! / weight;
  }
  return { ...to, data: sums };
}

/** Completes a level from the complete level above it. */
function push({ width, height, data }: Level, above: Level | undefined): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const rest = 1 - data[at + 3]!;
      if (rest <= 0) continue;
      for (let c = 0; c < 3; c++) {
        data[at + c] = data[at + c]! + rest * (above ? between(above, x / 2 - 0.25, y / 2 - 0.25, c) : GREY);
      }
      data[at + 3] = 1;
    }
  }
}

/** Bilinear. */
function between({ width, height, data }: Level, x: number, y: number, c: number): number {
  const column = (v: number) => Math.min(width - 1, Math.max(0, v));
  const row = (v: number) => Math.min(height - 1, Math.max(0, v));
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - x0, y - y0];
  const value = (px: number, py: number) => data[(row(py) * width + column(px)) * 4 + c]!;
  const upper = value(x0, y0) * (1 - fx) + value(x0 + 1, y0) * fx;
  const lower = value(x0, y0 + 1) * (1 - fx) + value(x0 + 1, y0 + 1) * fx;
  return upper * (1 - fy) + lower * fy;
}
