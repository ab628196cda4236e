/** People for scenes; the rest of `scenes/` imports them from here. */
export type { Detail } from './levels.ts';
export { LEVELS } from './levels.ts';
export type { Person, PersonOptions } from './person.ts';
export { createPerson } from './person.ts';
export type { Look, Seat, StandPose, WalkPose } from './poser.ts';
export type { Constraints } from './random.ts';
export { randomPerson } from './random.ts';
export type { RideFit } from './riding.ts';
export { BICYCLE_FIT, MOTORCYCLE_FIT } from './riding.ts';
export type { PersonSpec, Sex } from './spec.ts';
