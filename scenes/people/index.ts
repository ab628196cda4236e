/** Public interface of people; the rest of `scenes/` imports them from here. */
export type { Detail } from './levels.ts';
export { LEVELS } from './levels.ts';
export type { Person } from './person.ts';
export { createPerson } from './person.ts';
export type { Constraints } from './random.ts';
export { randomPerson } from './random.ts';
export type { RideFit } from './riding.ts';
export type { PersonSpec, Sex } from './spec.ts';
