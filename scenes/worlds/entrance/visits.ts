/** Visits through the door, as flows and cast of a plan. */
import type { Sex } from '../../people/index.ts';
import type { Script } from '../../simulation/simulation.ts';
import type { Role, WorldPlan } from '../plan.ts';
import { DOOR } from './layout.ts';

export interface Visit {
  /** Clip time at which the visitor appears beside the door, outside and out of sight; two seconds before the door. */
  atS: number;
  /** Side of the door from which visitors come and on which they walk inside. */
  side: 1 | -1;
  role: Role;
}

export const role = (character: number, sex: Sex, age: number, outfit?: number): Role => ({
  character,
  sex,
  age,
  ...(outfit !== undefined && { outfit }),
});

/** Position beside the door that the wall hides. */
const HIDDEN_X = 2.5;

export function visitsThrough(visits: readonly Visit[]): Pick<WorldPlan, 'script' | 'cast'> {
  const cast: Record<string, Role> = {};
  const flows = visits.map(({ atS, side, role }, i): Script['flows'][number] => {
    const id = `visit-${i + 1}`;
    cast[`${id}-0`] = role;
    const x = side * 0.42;
    // Children take shorter steps, the old slower ones.
    const speed = role.age < 10 ? 0.95 : role.age > 64 ? 0.88 : 1.08;
    return {
      id,
      perMinute: 0,
      minGapS: 0,
      atS: [atS],
      speed: [speed * 0.97, speed * 1.03],
      route: [
        { area: [side * HIDDEN_X, DOOR.z - 1.3, side * HIDDEN_X, DOOR.z - 1.3] },
        { area: [x * 1.4, DOOR.z - 0.5, x * 1.4, DOOR.z - 0.5] },
        { area: [x, 0.3, x, 0.3] },
        { area: [x * 1.1, 2.3, x * 1.1, 2.3] },
        { area: [side * 3, 5, side * 3, 5] },
      ],
    };
  });
  return {
    cast,
    script: {
      flows,
      walls: [-1, 1].map((side) => [
        [side * DOOR.half, DOOR.z],
        [side * 6, DOOR.z],
      ]),
      lanes: [],
      warmUpS: 3,
    },
  };
}
