/** Sixteen-bit floating-point numbers: IEEE 754 binary16 ("half"), and bfloat16, the upper half of a binary32. */

const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** @returns the value of a half-precision bit pattern (0..0xffff) */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** @returns the value of a bfloat16 bit pattern (0..0xffff) */
export function fromBrain(pattern: number): number {
  bits[0] = pattern << 16;
  return scratch[0] as number;
}

/**
 * @returns the bit pattern of `value` if half precision holds it exactly, else `undefined` (NaN included). Storing
 * exact values only is what makes half-size weight files free of any loss.
 */
export function toHalfExactly(value: number): number | undefined {
  scratch[0] = value;
  if (scratch[0] !== value) return undefined;
  const single = bits[0] as number;
  const sign = (single >>> 16) & 0x8000;
  const magnitude = Math.abs(value);
  if (magnitude === 0) return sign;
  if (magnitude === Infinity) return sign | 0x7c00;
  if (magnitude > 65504) return undefined;
  // Below 2^-14 halves are multiples of 2^-24; above, they keep ten fraction bits of the single.
  if (magnitude < 2 ** -14) {
    const steps = magnitude * 2 ** 24;
    return Number.isInteger(steps) ? sign | steps : undefined;
  }
  if (single & 0x1fff) return undefined;
  const exponent = ((single >>> 23) & 255) - 112;
  return sign | (exponent << 10) | ((single >>> 13) & 1023);
}

/**
 * Rounds to half precision (IEEE 754 binary16).
 * @param value a number of any size, without unit
 * @returns the nearest number, without unit, that half precision holds; of two equally near the even one; beyond 65504 an
 *   infinity
 */
export function roundToHalf(value: number): number {
  const magnitude = Math.abs(value);
  if (!(magnitude > 0 && magnitude < Infinity)) return value;
  // Ten fraction bits; below 2^-14 fixed steps of 2^-24.
  const step = 2 ** Math.max(Math.floor(Math.log2(magnitude)) - 10, -24);
  const steps = magnitude / step;
  const below = Math.floor(steps);
  const off = steps - below;
  const nearest = off > 0.5 || (off === 0.5 && below % 2 === 1) ? below + 1 : below;
  const rounded = nearest * step;
  return Math.sign(value) * (rounded > 65504 ? Infinity : rounded);
}
