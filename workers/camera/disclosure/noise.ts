/**
 * Discrete Laplace noise, drawn exactly with whole numbers: floating-point samplers leak what they hide (Mironov, CCS 2012).
 * Algorithms 1 and 2 of Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy", NeurIPS 2020.
 */
import type { Draw } from './release.ts';

/** Uniform whole numbers from the platform's random source, without bias. */
export const drawSecurely: Draw = (below) => {
  if (!(Number.isInteger(below) && below >= 1 && below <= 2 ** 32))
    throw new RangeError(`below must be a whole number from 1 to 2^32, got ${below}.`);
  const limit = 2 ** 32 - (2 ** 32 % below);
  for (;;) {
    const [value] = crypto.getRandomValues(new Uint32Array(1));
    if (value! < limit) return value! % below;
  }
};

/** True with probability exp(-numerator / denominator), for a ratio of at most 1. */
function bernoulliExp(numerator: number, denominator: number, draw: Draw): boolean {
  let n = 1;
  while (draw(denominator * n) < numerator) n++;
  return n % 2 === 1;
}

/**
 * A whole number X with P(X = x) proportional to exp(-|x| epsilon / share).
 * @param epsilon privacy loss, a multiple of 0.001 above 0
 * @param share maximum contribution of one person to the value, a whole number from 1
 */
export function discreteLaplace(epsilon: number, share: number, draw: Draw): number {
  const s = Math.round(epsilon * 1000);
  const t = 1000 * share;
  if (!(s >= 1 && Number.isInteger(share) && share >= 1))
    throw new RangeError(`epsilon ${epsilon} or share ${share} is out of range.`);
  for (;;) {
    const u = draw(t);
    if (!bernoulliExp(u, t, draw)) continue;
    let v = 0;
    while (bernoulliExp(1, 1, draw)) v++;
    const x = Math.floor((u + t * v) / s);
    const negative = draw(2) === 1;
    if (negative && x === 0) continue;
    return negative ? -x : x;
  }
}
