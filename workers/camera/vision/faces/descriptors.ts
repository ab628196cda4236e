/** Vectors that stand for a face: comparing, averaging, forgetting them. */

/**
 * Cosine of the angle between two vectors, -1..1; 0 when one of them is all zero.
 * @throws {RangeError} when they differ in length
 */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`vectors of ${a.length} and ${b.length} numbers`);
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}

/** Scales a vector to length 1, in place; an all-zero one stays so. */
export function normalise(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return vector;
}

/**
 * The direction in the middle of several, of length 1: what a face and its mirror image have in common, or the views of
 * one track. Each counts by its direction alone, whatever its length.
 * @throws {RangeError} when there is none, or they differ in length
 */
export function averageOf(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors;
  if (!first) throw new RangeError('nothing to average');
  const sum = new Float32Array(first.length);
  for (const vector of vectors) {
    if (vector.length !== sum.length)
      throw new RangeError(`vectors of ${sum.length} and ${vector.length} numbers`);
    const length = Math.sqrt(vector.reduce((total, x) => total + x * x, 0));
    if (length > 0) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]! / length;
  }
  return normalise(sum);
}

interface View {
  readonly vector: Float32Array;
  readonly worth: number;
}

/** A track's best views of a face. It owns what it is given: what it does not keep, it zeroes at once. */
export class BestViews {
  #views: View[] = [];

  /**
   * @param most so many are kept
   * @throws {RangeError} when `most` is not a positive whole number
   */
  constructor(private readonly max = 5) {
    if (!(Number.isInteger(max) && max > 0)) throw new RangeError(`${max} views can not be kept`);
  }

  get count(): number {
    return this.#views.length;
  }

  /** Bytes of descriptors held, for the ledger. */
  get bytes(): number {
    return this.#views.reduce((sum, { vector }) => sum + vector.byteLength, 0);
  }

  /** Whether a view of this worth would be kept, so that the others need not be computed. */
  wants(worth: number): boolean {
    return this.#views.length < this.max || worth > this.#views.at(-1)!.worth;
  }

  /** @param vector from now on belongs to this object */
  add(vector: Float32Array, worth: number): void {
    this.#views.push({ vector, worth });
    this.#views.sort((a, b) => b.worth - a.worth);
    for (const { vector: out } of this.#views.splice(this.max)) out.fill(0);
  }

  /** The average, the caller's own; undefined when there is none. */
  average(): Float32Array | undefined {
    return this.#views.length > 0 ? averageOf(this.#views.map(({ vector }) => vector)) : undefined;
  }

  wipe(): void {
    for (const { vector } of this.#views) vector.fill(0);
    this.#views = [];
  }
}
