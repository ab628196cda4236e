/**
 * How similar two faces are, measured by how similar each of them is to faces in general.
 *
 * The network's vectors lie in a narrow cone, and faces of one sex or origin lie close together in it: at the threshold
 * that takes 1 % of LFW's different men for one person, the cosine takes 52 % of UTKFace's pairs of Asian women. A score is
 * therefore stated in standard deviations of the scores that the face has with other people, once from the side of each
 * face, and the two are averaged (symmetric normalisation by a cohort: Kenny, Bayesian Speaker Verification with
 * Heavy-Tailed Priors, Odyssey 2010). A face that resembles many others must then resemble one of them more.
 *
 * The cohort is FairFace (270 faces). The scores of a vector x with people of mean m and covariance C have the mean x·m and
 * the variance xᵀCx; so that m and C are all that is carried, and C by its main directions. No face can be made of them.
 * `test/accuracy/fit-matching.ts` computes them; `npm run eval -- --set lfw` measures what they achieve.
 */
import cohort from './face-cohort.json' with { type: 'json' };

export interface FaceCohort {
  /** Mean of the descriptors, each of length 1. */
  readonly mean: readonly number[];
  /** Main directions of their covariance: orthogonal, of length 1, the largest variance first. */
  readonly directions: readonly (readonly number[])[];
  /** Variance along each direction. */
  readonly variances: readonly number[];
  /** Mean variance along all other directions; above 0. */
  readonly rest: number;
}

export const FACE_COHORT: FaceCohort = cohort;

/** Standard deviations that make a similarity of 1. One and the same picture has 4 to 6. */
const SCALE = 8;

/** Scores of one face with the cohort: mean, and standard deviation above 0. */
interface Scores {
  readonly mean: number;
  readonly deviation: number;
}

const dot = (a: Float32Array, b: Float32Array | readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/**
 * The scores that a face has with the cohort.
 * @param face of length 1
 * @throws {RangeError} when it has not as many numbers as the cohort's mean
 */
function scoresOf(face: Float32Array, { mean, directions, variances, rest }: FaceCohort): Scores {
  if (face.length !== mean.length) throw new RangeError(`${face.length} numbers instead of ${mean.length}`);
  let variance = rest * dot(face, face);
  for (let i = 0; i < directions.length; i++)
    variance += (variances[i]! - rest) * dot(face, directions[i]!) ** 2;
  return { mean: dot(face, mean), deviation: Math.sqrt(variance) };
}

/**
 * Compares one face with others.
 * @param face of length 1
 * @returns the similarity of `face` and another face of length 1, -1..1: eighths of a standard deviation of the cohort's
 *   scores; 0 for a stranger like any other
 * @throws {RangeError} when a face has not as many numbers as the cohort's mean
 */
export function similarityTo(face: Float32Array, to = FACE_COHORT): (other: Float32Array) => number {
  const own = scoresOf(face, to);
  return (other) => {
    const theirs = scoresOf(other, to);
    const score = dot(face, other);
    const deviations = ((score - own.mean) / own.deviation + (score - theirs.mean) / theirs.deviation) / 2;
    return Math.max(-1, Math.min(1, deviations / SCALE));
  };
}

/**
 * The similarity of two faces, as of `similarityTo`.
 * @param a of length 1
 * @param b of length 1
 * @returns the score, -1..1
 * @throws {RangeError} when a face has not as many numbers as the cohort's mean
 */
export const similarity = (a: Float32Array, b: Float32Array, to = FACE_COHORT): number =>
  similarityTo(a, to)(b);
