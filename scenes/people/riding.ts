/** Contact points of riders (saddle, grips, pedals), so that bodies meet vehicles exactly. */
import type { Vec3 } from '../sdf/primitives.ts';
import type { Seat } from './poser.ts';
import type { Proportions } from './proportions.ts';

/** Contact points of a two-wheeler, metres; the rider's frame: origin on the ground below the saddle, +z forward. */
export interface RideFit {
  /** Top of the saddle. */
  saddle: Vec3;
  /** Grip on the left (+x); the right one is its mirror image. */
  grip: Vec3;
  /** Axle of the crank (bicycle) or the left foot's rest (motorcycle); for the latter x counts. */
  foot: Vec3;
  /** Radius of the crank, metres; 0 without pedals. */
  crank: number;
  /** Sideways distance of a pedal's middle from the frame. */
  pedalX: number;
  /** Forward lean of the trunk, radians. */
  lean: number;
}

/** A Japanese city bicycle with 26" wheels: upright, saddle so low that feet reach the ground. */
export const BICYCLE_FIT: RideFit = {
  saddle: [0, 0.88, 0],
  grip: [0.26, 1.04, 0.42],
  foot: [0, 0.29, 0.2],
  crank: 0.165,
  pedalX: 0.11,
  lean: 0.16,
};

export const MOTORCYCLE_FIT: RideFit = {
  saddle: [0, 0.78, 0],
  grip: [0.32, 1.0, 0.52],
  foot: [0.2, 0.3, 0.28],
  crank: 0,
  pedalX: 0.2,
  lean: 0.14,
};

/** Height of the pelvis joint over the saddle for a body. */
const overSaddle = (d: Proportions) => 0.1 * d.scale;

export function bicycleSeat(d: Proportions, fit: RideFit, pedalPhase: number): Seat {
  const angle = 2 * Math.PI * pedalPhase;
  const pedal = (side: 1 | -1): Vec3 => [
    side * fit.pedalX,
    fit.foot[1] - side * Math.sin(angle) * fit.crank + 0.015,
    fit.foot[2] + side * Math.cos(angle) * fit.crank,
  ];
  return {
    pelvis: [fit.saddle[0], fit.saddle[1] + overSaddle(d), fit.saddle[2]],
    lean: fit.lean,
    feet: [pedal(1), pedal(-1)],
    hands: [fit.grip, [-fit.grip[0], fit.grip[1], fit.grip[2]]],
  };
}

export function motorcycleSeat(d: Proportions, fit: RideFit): Seat {
  const [x, y, z] = fit.foot;
  return {
    pelvis: [fit.saddle[0], fit.saddle[1] + overSaddle(d), fit.saddle[2]],
    lean: fit.lean,
    feet: [
      [x, y, z],
      [-x, y, z],
    ],
    hands: [fit.grip, [-fit.grip[0], fit.grip[1], fit.grip[2]]],
  };
}
