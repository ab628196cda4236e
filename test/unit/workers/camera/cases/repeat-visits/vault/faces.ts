/** Made-up faces: directions in 128 dimensions, and views of them, as far apart as those of real ones. */
import { normal, random } from '../../../vision/rng.ts';

export const LENGTH = 128;

/** A face for each seed; different ones are at right angles, near enough. */
function face(seed: number): Float32Array {
  const next = random(seed * 7919 + 1);
  return Float32Array.from({ length: LENGTH }, () => normal(next));
}

/** A view of it: cosine about .85 with another view. */
export function view(seed: number, of: number): Float32Array {
  const next = random(seed * 104_729 + of);
  return face(seed).map((x) => x + 0.42 * normal(next));
}

export const THRESHOLD = 0.67;
