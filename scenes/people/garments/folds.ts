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
  return 0.65 * ridges(x * 7 + seed, slant * 26, z * 7) + 0.35 * noise(x * 15, slant * 44 + seed, z * 15);
}

/** Long soft folds of hanging cloth, mostly vertical. */
export function drape(x: number, y: number, z: number, seed: number): number {
  return 0.7 * noise(x * 22 + seed, y * 3.5, z * 22) + 0.3 * noise(x * 9, y * 12 + seed, z * 9);
}
