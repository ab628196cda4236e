/** All worlds by id. */
import { counting } from './counting.ts';
import type { WorldPlan } from './plan.ts';

export const WORLDS: Readonly<Record<string, WorldPlan>> = { counting };

/** @throws RangeError naming the worlds there are */
export function worldOf(id: string): WorldPlan {
  const plan = WORLDS[id];
  if (!plan) throw new RangeError(`No world "${id}". There are: ${Object.keys(WORLDS).join(', ')}.`);
  return plan;
}
