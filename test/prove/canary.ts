/**
 * A picture that exists nowhere else: blocks of random colours, chosen as a decoder has them (Y, U, V), so that a film without
 * loss holds exactly these numbers. Neighbours differ in each number, so that every block is a run of its own.
 */

export const COLUMNS = 16;
export const ROWS = 9;

/** How a converter makes red, green and blue of Y, U, V. */
export type Matrix = 'bt709' | 'bt601';
const FACTORS: Readonly<Record<Matrix, readonly [vr: number, ug: number, vg: number, ub: number]>> = {
  bt709: [1.5748, 0.1873, 0.4681, 1.8556],
  bt601: [1.402, 0.3441, 0.7141, 1.772],
};

export type Triple = readonly [number, number, number];

export interface Canary {
  /** Colours of the blocks, [ROWS, COLUMNS], each [Y, U, V] of 0..255, limited range. */
  readonly blocks: readonly (readonly Triple[])[];
}

/** Least difference of a number between neighbours. */
const APART = [25, 8, 8] as const;
const LOWEST = [50, 90, 90] as const;
const SPAN = [155, 76, 76] as const;

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function makeCanary(seed: number): Canary {
  const random = generator(seed);
  const blocks: Triple[][] = [];
  for (let row = 0; row < ROWS; row++) {
    blocks.push([]);
    for (let column = 0; column < COLUMNS; column++) {
      const beside = [blocks[row]![column - 1], blocks[row - 1]?.[column]];
      const value = (i: 0 | 1 | 2): number => {
        for (;;) {
          const drawn = LOWEST[i] + Math.floor(random() * SPAN[i]);
          if (beside.every((other) => other === undefined || Math.abs(other[i] - drawn) >= APART[i]))
            return drawn;
        }
      };
      blocks[row]!.push([value(0), value(1), value(2)]);
    }
  }
  return { blocks };
}

const byte = (value: number) => Math.round(Math.min(255, Math.max(0, value)));

/** Red, green and blue of a block, 0..255. */
export function toRgb([y, u, v]: Triple, matrix: Matrix): Triple {
  const [vr, ug, vg, ub] = FACTORS[matrix];
  const grey = ((y - 16) * 255) / 219;
  const [blue, red] = [((u - 128) * 255) / 224, ((v - 128) * 255) / 224];
  return [byte(grey + vr * red), byte(grey - ug * blue - vg * red), byte(grey + ub * blue)];
}

/** The picture as planes, as a film encoder takes it: Y in full, U and V at half the size. */
export function toI420({ blocks }: Canary, width: number, height: number): Uint8Array {
  const planes: Uint8Array[] = [0, 1, 2].map((channel) => {
    const [w, h] = channel === 0 ? [width, height] : [width / 2, height / 2];
    const plane = new Uint8Array(w * h);
    for (let y = 0, at = 0; y < h; y++) {
      const row = blocks[Math.floor((y * ROWS) / h)]!;
      for (let x = 0; x < w; x++) plane[at++] = row[Math.floor((x * COLUMNS) / w)]![channel]!;
    }
    return plane;
  });
  return Buffer.concat(planes);
}
