/** All worlds by id. */
import { attributes } from './attributes.ts';
import { counting } from './counting.ts';
import { crowding } from './crowding.ts';
import type { WorldPlan } from './plan.ts';
import { repeatVisits } from './repeat-visits.ts';
import { streetscape } from './streetscape.ts';
import { trajectories } from './trajectories.ts';

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
