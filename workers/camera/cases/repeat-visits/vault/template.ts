/**
 * A face's descriptor as the vault keeps it: whole numbers of eight bits. It takes a quarter of the room and of the time to
 * compare, and keeps no more detail than telling people apart needs: the cosine of two faces changes by some .001.
 */

export interface Template {
  /** -127..127 */
  readonly values: Int8Array;
  /** Length of `values` as a vector. */
  readonly norm: number;
}

/**
 * Rounds a descriptor, whatever its length, to a template; the descriptor stays the caller's, to be zeroed.
 * @throws {RangeError} for one without direction
 */
export function templateOf(descriptor: Float32Array): Template {
  const max = descriptor.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  if (!(max > 0 && Number.isFinite(max))) throw new RangeError('a descriptor without direction');
  const values = Int8Array.from(descriptor, (x) => Math.round((x / max) * 127));
  return { values, norm: normOf(values) };
}

const normOf = (values: Int8Array): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
