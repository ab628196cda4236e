/** Interface of a vehicle for the worlds. */
import type { Group, Object3D } from 'three';
import type { Person } from '../people/index.ts';

export interface Vehicle {
  /** Origin on the road below its middle, forward +z, metres. */
  readonly root: Group;
  /** Metres, without a rider. */
  readonly height: number;
  /** Set for bicycles and scooters: the machine without its rider. */
  readonly machine?: Object3D;
  readonly rider?: Person;
  /**
   * Turns wheels and cranks and, for bodies on springs, dips the nose.
   *
   * @param travelled metres since the start
   * @param acceleration m/s^2
   * @param speed m/s; riders put a foot down when they stand
   */
  drive(travelled: number, acceleration: number, speed: number): void;
  dispose(): void;
}
