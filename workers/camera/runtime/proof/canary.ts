/**
 * A picture that no camera has seen before: blocks of random colours. Where it is found in a memory, a picture was left there,
 * because nothing else in the world looks like it.
 */

export interface Canary {
  readonly width: number;
  readonly height: number;
  /** Colours of the blocks, [ROWS, COLUMNS], each [red, green, blue] of 0..255. */
  readonly colours: readonly (readonly (readonly [number, number, number])[])[];
}

export const COLUMNS = 32;
export const ROWS = 18;

/** @param random bytes that cannot be foreseen; the browser's own by default */
export function makeCanary(
  { width, height }: { readonly width: number; readonly height: number },
  random: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => void crypto.getRandomValues(bytes),
): Canary {
  const bytes = new Uint8Array(ROWS * COLUMNS * 3);
  random(bytes);
  const colours = Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: COLUMNS }, (_, column): [number, number, number] => {
      const at = (row * COLUMNS + column) * 3;
      return [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!];
    }),
  );
  return { width, height, colours };
}

/** Draws it. @param target RGBA, [height, width, 4] */
export function drawCanary({ width, height, colours }: Canary, target: Uint8ClampedArray): void {
  for (let y = 0, at = 0; y < height; y++) {
    const row = colours[Math.floor((y * ROWS) / height)]!;
    for (let x = 0; x < width; x++, at += 4) {
      const [red, green, blue] = row[Math.floor((x * COLUMNS) / width)]!;
      target[at] = red;
      target[at + 1] = green;
      target[at + 2] = blue;
      target[at + 3] = 255;
    }
  }
}
