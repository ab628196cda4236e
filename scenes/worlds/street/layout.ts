/**
 * The measures of the street, shared by its set and its scripts. It runs along x; traffic keeps left, so that vehicles
 * towards +x drive on the far side (z < 0) of a camera at z > 0. Metres.
 */

/** Half the carriageway, kerb to kerb. */
export const ROAD = 3.8;
/** Middle of a car lane and of the bicycle lane beside it. */
export const CAR_LANE = 1.45;
export const BICYCLE_LANE = 3.3;
/** Outer edges of the pavements. */
export const NEAR_EDGE = 13;
export const FAR_EDGE = -7;
/** Height of the pavement. */
export const KERB = 0.12;
/** The zebra crossing. */
export const CROSSING = { x: -4.7, half: 1.7 };
/** Where the stop line is painted, from its middle. */
export const STOP_LINE = CROSSING.half + 1.6;
/** Half the kerb's gap at the crossing. */
export const GAP = CROSSING.half + 0.5;

const smooth = (t: number): number => {
  const s = Math.max(0, Math.min(1, t));
  return s * s * (3 - 2 * s);
};

/** Pavements are raised but slope down to the road at the crossing. */
export function groundAt(x: number, z: number): number {
  const beyond = Math.abs(z) - ROAD;
  if (beyond <= 0) return 0;
  const beside = smooth((Math.abs(x - CROSSING.x) - CROSSING.half) / 0.9);
  const behind = smooth(beyond / 1.3);
  return 0.015 + (KERB - 0.015) * Math.max(beside, behind);
}
