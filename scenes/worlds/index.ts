/** All worlds by id. */
import { attributes } from './attributes/world.ts';
import { counting } from './counting/world.ts';
import { crowding } from './crowding/world.ts';
import type { WorldPlan } from './plan.ts';
import { repeatVisits } from './repeat-visits/world.ts';
import { streetscape } from './streetscape/world.ts';
import { trajectories } from './trajectories/world.ts';

export const WORLDS: Readonly<Record<string, WorldPlan>> = {
  attributes,
  counting,
  crowding,
  'repeat-visits': repeatVisits,
  streetscape,
  trajectories,
};

/** @throws RangeError naming the worlds there are */
export function worldOf(id: string): WorldPlan {
  const plan = WORLDS[id];
  if (!plan) throw new RangeError(`No world "${id}". There are: ${Object.keys(WORLDS).join(', ')}.`);
  return plan;
}
