/** The measures of the ticket gates; metres. */
import type { Point } from '../../simulation/movers.ts';

/** Passages between gate cabinets. */
export const PASSAGES = 6;
export const GATE = { z: -10, length: 1.9, pitch: 1.3, cabinet: 0.26 };

/** Middle of the i-th cabinet, and of the passage to the right of it. */
export const cabinetX = (i: number): number => (i - PASSAGES / 2) * GATE.pitch;
export const passageX = (i: number): number => cabinetX(i) + GATE.pitch / 2;

/** Round columns. */
export const COLUMNS: readonly Point[] = [-9.6, 9.6].flatMap((x): Point[] => [
  [x, -6.4],
  [x, 2.6],
]);
