/** RGBA noise [height, width, 4], the same for a seed: what a network does with it takes as long as with a photo. */
export function noise(width: number, height: number, seed: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  let state = seed;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[i] = i % 4 === 3 ? 255 : state >>> 24;
  }
  return pixels;
}
