/** Folds: cloth bunches at elbows, waist, crotch, knees and over the shoe, and hangs smooth elsewhere. */
import { noise, ridges } from '../../sdf/noise.ts';

/**
 * Creases across a limb: ridges that are long around it and short along it, slanted so that they read as wound.
 *
 * @param seed shifts the pattern
 * @returns displacement in [-1, 1]
 */
export function creases(x: number, y: number, z: number, seed: number): number {
  const slant = y + 0.35 * x + 0.3 * z;
  return 0.65 * ridges(x * 6 + seed, slant * 17, z * 6) + 0.35 * noise(x * 11, slant * 28 + seed, z * 11);
}

/** Long soft folds of hanging cloth, mostly vertical. */
export function drape(x: number, y: number, z: number, seed: number): number {
  return 0.7 * noise(x * 22 + seed, y * 3.5, z * 22) + 0.3 * noise(x * 9, y * 12 + seed, z * 9);
}
