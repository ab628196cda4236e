/** Movers of the simulation: positions and numbers, no shapes. */
import type { CountedKind } from '../truth/schema.ts';

/** [x, z] on the floor, metres. */
export type Point = readonly [number, number];

/** Vehicles that a lane can carry, by body. */
export type Body = 'hatchback' | 'kei' | 'sedan' | 'van' | 'bus' | 'truck' | 'bicycle' | 'scooter';

/** Size on the road, metres (two-wheelers with rider); the shapes in `vehicles/` are built to these. */
export const FOOTPRINTS: Readonly<
  Record<Body, { length: number; width: number; height: number; kind: CountedKind }>
> = {
  hatchback: { length: 3.95, width: 1.69, height: 1.52, kind: 'car' },
  kei: { length: 3.4, width: 1.48, height: 1.78, kind: 'car' },
  sedan: { length: 4.5, width: 1.76, height: 1.43, kind: 'car' },
  van: { length: 4.7, width: 1.7, height: 1.83, kind: 'car' },
  bus: { length: 10.2, width: 2.5, height: 3.05, kind: 'bus' },
  truck: { length: 5.6, width: 1.95, height: 2.9, kind: 'truck' },
  bicycle: { length: 1.78, width: 0.6, height: 1.7, kind: 'bicycle' },
  scooter: { length: 1.75, width: 0.7, height: 1.65, kind: 'motorcycle' },
};

/** Radius of a walking person, metres. */
export const BODY_RADIUS = 0.25;

/** One moving object at one moment. */
export interface Mover {
  readonly id: string;
  readonly kind: CountedKind;
  /** Absent for pedestrians. */
  readonly body?: Body;
  /** Seed of its looks. */
  readonly character: number;
  /** Middle on the floor, metres. */
  readonly x: number;
  readonly z: number;
  /** Radians; 0 looks along +z, a quarter turn along +x. */
  readonly heading: number;
  /** Metres per second along the heading. */
  readonly speed: number;
  /** Metres per second squared along the heading; cars nod with it. */
  readonly acceleration: number;
  /** Metres since it appeared. */
  readonly travelled: number;
}

/** @returns the smallest turn from one heading to another, in (-pi, pi] */
export function turnBetween(from: number, to: number): number {
  const turn = (to - from) % (2 * Math.PI);
  if (turn > Math.PI) return turn - 2 * Math.PI;
  return turn <= -Math.PI ? turn + 2 * Math.PI : turn;
}
