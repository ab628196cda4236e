/**
 * A face's descriptor as the vault keeps it: its direction, 128 numbers of single precision. Eight bits would do for
 * comparing; they would not make it less of a person's data.
 */

/** Of length 1. */
export type Template = Float32Array;

/**
 * The direction of a descriptor, whatever its length; the descriptor stays the caller's, to be zeroed.
 * @returns the caller's own, to be zeroed
 * @throws {RangeError} for one without direction
 */
export function templateOf(descriptor: Float32Array): Template {
  const length = Math.sqrt(descriptor.reduce((sum, x) => sum + x * x, 0));
  if (!(length > 0 && Number.isFinite(length))) throw new RangeError('a descriptor without direction');
  return descriptor.map((x) => x / length);
}
