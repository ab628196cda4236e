/** Level of detail of each body, so that all together stay within the budget. Pure. */
import type { Detail } from '../people/levels.ts';
import type { Cost } from './tiers.ts';

/** A body as the choice sees it. */
export interface Candidate {
  readonly id: string;
  /** Height in the picture, in pixels; 0 outside the picture. */
  readonly heightPx: number;
  readonly now: Detail;
  /** Cost at each level built so far; `far` always exists. */
  readonly costs: Readonly<Partial<Record<Detail, Cost>> & { far: Cost }>;
}

const ORDER: readonly Detail[] = ['far', 'middle', 'near'];
/** Height from which a level is used; below a share of it the level is dropped again, so that bodies do not flicker. */
const WANTED_PX: Readonly<Record<Detail, number>> = { far: 0, middle: 100, near: 400 };
const KEPT = 0.85;

/** The level for a height in pixels, without regard to cost. */
export function wantedLevel(heightPx: number, now: Detail): Detail {
  const rank = ORDER.indexOf(now);
  return ORDER.findLast((level, i) => heightPx >= WANTED_PX[level] * (i <= rank ? KEPT : 1)) ?? 'far';
}

export const sum = (costs: Iterable<Cost>): Cost => {
  let triangles = 0;
  let draws = 0;
  for (const cost of costs) {
    triangles += cost.triangles;
    draws += cost.draws;
  }
  return { triangles, draws };
};

export const fits = (cost: Cost, budget: Cost): boolean =>
  cost.triangles <= budget.triangles && cost.draws <= budget.draws;

/**
 * All bodies at `far`, then finer levels for the tallest first, as far as the budget goes. A body gets a finer level
 * only if its whole cost fits; otherwise the next smaller body is tried.
 *
 * @param best no finer than this
 * @returns level by id; within the budget whenever all bodies at `far` are
 */
export function chooseLevels(
  candidates: readonly Candidate[],
  budget: Cost,
  best: Detail,
): Map<string, Detail> {
  const chosen = new Map<string, Detail>(candidates.map(({ id }) => [id, 'far']));
  let spent = sum(candidates.map(({ costs }) => costs.far));
  const tallest = [...candidates].sort((a, b) => b.heightPx - a.heightPx || (a.id < b.id ? -1 : 1));
  for (const { id, heightPx, now, costs } of tallest) {
    const max = Math.min(ORDER.indexOf(wantedLevel(heightPx, now)), ORDER.indexOf(best));
    for (let rank = max; rank > 0; rank--) {
      const level = ORDER[rank]!;
      const cost = costs[level];
      if (!cost) continue;
      const raised = sum([spent, cost, { triangles: -costs.far.triangles, draws: -costs.far.draws }]);
      if (!fits(raised, budget)) continue;
      spent = raised;
      chosen.set(id, level);
      break;
    }
  }
  return chosen;
}
