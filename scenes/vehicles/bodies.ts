/**
 * The shapes of cars, buses and trucks: side profiles as polygons of [z, y] in metres (z forward, y up from the road),
 * wheels, and where the paint puts windows, doors, lamps and plates. Lengths and widths agree with the footprints in
 * `simulation/movers.ts`.
 */
import type { Body } from '../simulation/movers.ts';

export type Profile = readonly (readonly [number, number])[];

export interface BodyShape {
  length: number;
  width: number;
  height: number;
  /** Height of the window line. */
  belt: number;
  /** Body below the window line (buses: the whole box). */
  lower: Profile;
  /** Cabin above it; first point rear, last point where the windscreen meets the bonnet. */
  cabin?: Profile;
  /** z of the axles. */
  axles: readonly [number, number];
  wheelRadius: number;
  /** z of the door pillars (cars only). */
  pillars?: readonly [number, number];
  /** A cargo box behind the cab. */
  cargo?: boolean;
}

export type MotorBody = Exclude<Body, 'bicycle' | 'scooter'>;

export const SHAPES: Readonly<Record<MotorBody, BodyShape>> = {
  sedan: {
    length: 4.5,
    width: 1.76,
    height: 1.43,
    belt: 0.93,
    // prettier-ignore
    lower: [[-2.2, 0.32], [-2.25, 0.62], [-2.18, 0.93], [-1.55, 0.97], [1, 0.93], [1.95, 0.8], [2.22, 0.66], [2.25, 0.4], [2.15, 0.25], [-2.1, 0.25]],
    // prettier-ignore
    cabin: [[-1.75, 0.9], [-1.05, 1.38], [-0.6, 1.43], [0.25, 1.42], [0.55, 1.36], [1.3, 0.88]],
    axles: [-1.32, 1.36],
    wheelRadius: 0.325,
    pillars: [-0.95, 0],
  },
  hatchback: {
    length: 3.95,
    width: 1.69,
    height: 1.52,
    belt: 0.96,
    // prettier-ignore
    lower: [[-1.93, 0.35], [-1.97, 0.7], [-1.92, 0.98], [1, 0.96], [1.72, 0.83], [1.95, 0.66], [1.97, 0.4], [1.88, 0.25], [-1.85, 0.25]],
    // prettier-ignore
    cabin: [[-1.92, 0.9], [-1.72, 1.2], [-1.5, 1.48], [-0.9, 1.52], [0.2, 1.5], [0.5, 1.43], [1.28, 0.9]],
    axles: [-1.22, 1.24],
    wheelRadius: 0.31,
    pillars: [-0.95, 0.08],
  },
  kei: {
    length: 3.4,
    width: 1.475,
    height: 1.78,
    belt: 1.05,
    // prettier-ignore
    lower: [[-1.66, 0.35], [-1.7, 0.7], [-1.68, 1.06], [1.05, 1.05], [1.52, 0.92], [1.68, 0.7], [1.7, 0.4], [1.62, 0.24], [-1.6, 0.24]],
    // prettier-ignore
    cabin: [[-1.7, 1], [-1.66, 1.5], [-1.56, 1.74], [-1.2, 1.78], [0.55, 1.76], [0.78, 1.66], [1.28, 1]],
    axles: [-1.2, 1.25],
    wheelRadius: 0.28,
    pillars: [-0.78, 0.2],
  },
  van: {
    length: 4.7,
    width: 1.7,
    height: 1.83,
    belt: 1.08,
    // prettier-ignore
    lower: [[-2.3, 0.35], [-2.35, 0.7], [-2.32, 1.1], [1.4, 1.08], [2.05, 0.93], [2.32, 0.72], [2.35, 0.42], [2.25, 0.25], [-2.25, 0.25]],
    // prettier-ignore
    cabin: [[-2.34, 1], [-2.28, 1.5], [-2.15, 1.78], [-1.7, 1.83], [0.8, 1.8], [1.1, 1.7], [1.85, 1.02]],
    axles: [-1.4, 1.42],
    wheelRadius: 0.32,
    pillars: [-1.15, 0.1],
  },
  bus: {
    length: 10.2,
    width: 2.5,
    height: 3.05,
    belt: 1.3,
    // prettier-ignore
    lower: [[-5.05, 0.4], [-5.1, 1.2], [-5.08, 2.9], [-4.95, 3.02], [4.9, 3.02], [5.06, 2.85], [5.1, 1.2], [5.05, 0.38], [-5, 0.35]],
    axles: [-2.9, 2.55],
    wheelRadius: 0.48,
  },
  truck: {
    length: 5.6,
    width: 1.95,
    height: 2.9,
    belt: 1.25,
    // prettier-ignore
    lower: [[1.05, 0.4], [1.05, 2.05], [1.2, 2.12], [2.2, 2.1], [2.4, 2], [2.75, 1.25], [2.8, 0.7], [2.78, 0.38]],
    axles: [-1.6, 1.9],
    wheelRadius: 0.36,
    cargo: true,
  },
};
