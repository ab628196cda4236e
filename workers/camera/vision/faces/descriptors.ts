/** Face descriptors: comparison, average, wipe. */

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
 * Mean direction of several vectors, of length 1: of a face and its mirror image, or of the views of one track. Only
 * the direction of each counts, not its length.
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

/** A track's best views of a face. It owns the vectors it receives, and zeroes those it does not keep. */
export class BestViews {
  #views: View[] = [];
  readonly #max: number;

  /**
   * @param max maximum number of views
   * @throws {RangeError} when `max` is not a positive integer
   */
  constructor(max = 5) {
    if (!(Number.isInteger(max) && max > 0)) throw new RangeError(`${max} views cannot be kept`);
    this.#max = max;
  }

  get count(): number {
    return this.#views.length;
  }

  /** Bytes of descriptors held, for the ledger. */
  get bytes(): number {
    return this.#views.reduce((sum, { vector }) => sum + vector.byteLength, 0);
  }

  /** Whether a view of this quality would be kept, so that others need not be computed. */
  wants(worth: number): boolean {
    return this.#views.length < this.#max || worth > this.#views.at(-1)!.worth;
  }

  /** @param vector this object takes ownership */
  add(vector: Float32Array, worth: number): void {
    this.#views.push({ vector, worth });
    this.#views.sort((a, b) => b.worth - a.worth);
    for (const { vector: out } of this.#views.splice(this.#max)) out.fill(0);
  }

  /** The mean; undefined without views. The caller owns it. */
  average(): Float32Array | undefined {
    return this.#views.length > 0 ? averageOf(this.#views.map(({ vector }) => vector)) : undefined;
  }

  wipe(): void {
    for (const { vector } of this.#views) vector.fill(0);
    this.#views = [];
  }
}
