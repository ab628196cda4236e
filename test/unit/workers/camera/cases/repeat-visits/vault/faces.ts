/** Made-up faces: scattered about the cohort's mean as real ones are, and views of them. */
import { FACE_COHORT } from '../../../../../../../workers/camera/vision/faces/face-similarity.ts';
import { normal, random } from '../../../vision/rng.ts';

export const LENGTH = 128;

/** Standard deviation of each number, between people and between views of one. The first is FairFace's. */
const BETWEEN = 0.034;
const WITHIN = 0.012;

/** A face for each seed. */
function face(seed: number): Float32Array {
  const next = random(seed * 7919 + 1);
  return Float32Array.from(FACE_COHORT.mean, (mean) => mean + BETWEEN * normal(next));
}

/** A view of it: similarity about .5 with another view, about 0 with another face. */
export function view(seed: number, of: number): Float32Array {
  const next = random(seed * 104_729 + of);
  return face(seed).map((x) => x + WITHIN * normal(next));
}

export const THRESHOLD = 0.356;
