/** Blocks in the upper half of a test picture; block b is white where bit b of the frame's number is set. */
export const BLOCKS = 8;

/** Reads the number back from RGBA pixels. */
export function readMark(pixels: Uint8ClampedArray, width: number, height: number): number {
  let index = 0;
  const y = Math.floor(height / 4);
  for (let bit = 0; bit < BLOCKS; bit++) {
    const x = Math.floor(((bit + 0.5) * width) / BLOCKS);
    if (pixels[(y * width + x) * 4]! > 128) index |= 1 << bit;
  }
  return index;
}
