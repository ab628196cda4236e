/** How each kind of top is cut: the measures that tell a T-shirt from a coat. Shares of the body scale, metres. */
import type { TopKind } from '../spec.ts';

export interface Cut {
  /** Height of the hem above the ground. */
  hem: number;
  /** Where sleeves end on the arm: 1 = elbow, 2 = wrist. */
  cuff: number;
  /** Distance of the cloth from the body. */
  thickness: number;
  /** Extra room in the sleeve at the cuff. */
  sleeve: number;
  /** How far the body of the garment stands off below the chest: 0 follows the waist, 1 hangs straight. */
  boxy: number;
  /** Strength of the folds, 1 = soft cotton. */
  fold: number;
  collar: 'round' | 'shirt' | 'lapel' | 'roll' | 'hood' | 'sailor';
  /** Lowest point of the front opening when worn open. */
  opening: number;
  roughness: number;
}

export const CUTS: Readonly<Record<TopKind, Cut>> = {
  tshirt: {
    hem: 0.85,
    cuff: 0.62,
    thickness: 0.006,
    sleeve: 0.014,
    boxy: 0.85,
    fold: 1,
    collar: 'round',
    opening: 1.3,
    roughness: 0.92,
  },
  shirt: {
    hem: 0.86,
    cuff: 1.94,
    thickness: 0.007,
    sleeve: 0.006,
    boxy: 0.75,
    fold: 1.1,
    collar: 'shirt',
    opening: 1.33,
    roughness: 0.82,
  },
  knit: {
    hem: 0.88,
    cuff: 1.95,
    thickness: 0.011,
    sleeve: 0.005,
    boxy: 0.7,
    fold: 0.8,
    collar: 'roll',
    opening: 1.3,
    roughness: 0.96,
  },
  hoodie: {
    hem: 0.87,
    cuff: 1.95,
    thickness: 0.014,
    sleeve: 0.009,
    boxy: 1,
    fold: 1,
    collar: 'hood',
    opening: 1.2,
    roughness: 0.95,
  },
  jacket: {
    hem: 0.84,
    cuff: 1.95,
    thickness: 0.015,
    sleeve: 0.008,
    boxy: 0.9,
    fold: 0.8,
    collar: 'lapel',
    opening: 1.12,
    roughness: 0.8,
  },
  suit: {
    hem: 0.79,
    cuff: 1.93,
    thickness: 0.013,
    sleeve: 0.006,
    boxy: 0.55,
    fold: 0.4,
    collar: 'lapel',
    opening: 1.09,
    roughness: 0.78,
  },
  coat: {
    hem: 0.5,
    cuff: 1.97,
    thickness: 0.019,
    sleeve: 0.011,
    boxy: 0.75,
    fold: 0.6,
    collar: 'lapel',
    opening: 1.16,
    roughness: 0.88,
  },
  dress: {
    hem: 0.46,
    cuff: 0.5,
    thickness: 0.006,
    sleeve: 0.008,
    boxy: 0.1,
    fold: 0.8,
    collar: 'round',
    opening: 1.3,
    roughness: 0.85,
  },
  uniform: {
    hem: 0.82,
    cuff: 1.94,
    thickness: 0.012,
    sleeve: 0.006,
    boxy: 0.7,
    fold: 0.45,
    collar: 'lapel',
    opening: 1.14,
    roughness: 0.8,
  },
};

/** Whether a top reaches down over the hips like a skirt. */
export const coversHips = (cut: Cut) => cut.hem < 0.7;
