/** Turns and mirrors pictures of RGBA pixels in main memory; no canvas takes part, so that none keeps a copy. */

/**
 * @param from RGBA of `width` x `height`, both in whole pixels; starts on a multiple of four bytes
 * @param to RGBA of the turned picture: sides exchanged for 90 and 270 degrees
 * @param rotation clockwise, in degrees
 * @param flip mirrored about the vertical axis after the turn
 */
export function turn(
  from: Uint8ClampedArray,
  { width, height }: { readonly width: number; readonly height: number },
  to: Uint8ClampedArray,
  rotation: 0 | 90 | 180 | 270,
  flip: boolean,
): void {
  const source = new Uint32Array(from.buffer, from.byteOffset, width * height);
  const target = new Uint32Array(to.buffer, to.byteOffset, width * height);
  const across = rotation % 180 === 90;
  const [toWidth, toHeight] = across ? [height, width] : [width, height];
  // From one pixel of the target to the next on its row and its column, in pixels of the source.
  const steps = { 0: [1, width], 90: [-width, 1], 180: [-1, -width], 270: [width, -1] } as const;
  const starts = { 0: 0, 90: width * (height - 1), 180: width * height - 1, 270: width - 1 } as const;
  const [alongRow, alongColumn] = steps[rotation];
  for (let y = 0, i = 0; y < toHeight; y++) {
    let at = starts[rotation] + y * alongColumn + (flip ? (toWidth - 1) * alongRow : 0);
    const step = flip ? -alongRow : alongRow;
    for (let x = 0; x < toWidth; x++, at += step) target[i++] = source[at]!;
  }
}
