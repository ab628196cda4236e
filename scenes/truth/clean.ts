/** Whether a clip's counts are beyond doubt. */
import type { WorldPlan } from '../worlds/plan.ts';
import type { Motion } from './assemble.ts';
import { crossingsIn } from './assemble.ts';

/** An object must be seen for this long on either side of a line it crosses, seconds. */
const CLEAR_S = 0.6;

/** What makes counting ambiguous; empty when all is clean. */
export function unclean(plan: WorldPlan, motion: Motion): string[] {
  const problems: string[] = [];
  const crossings = crossingsIn(plan, motion);
  const inPicture = (p: readonly [number, number] | null | undefined): boolean =>
    !!p && p[0] > 0 && p[0] < plan.width && p[1] > 0 && p[1] < plan.height;
  for (const { id, line, atS } of crossings) {
    const points = motion.paths.find((path) => path.id === id)!.points;
    for (const [side, from, to] of [
      ['before', atS - CLEAR_S, atS],
      ['after', atS, atS + CLEAR_S],
    ] as const) {
      const frames = points.slice(Math.max(0, Math.round(from * plan.fps)), Math.round(to * plan.fps) + 1);
      const clear =
        from >= 0 && to <= plan.durationS && frames.length > 0 && frames.every((p) => inPicture(p));
      if (!clear) problems.push(`${id} is not in view for ${CLEAR_S} s ${side} crossing ${line} at ${atS} s`);
    }
    if (crossings.filter((c) => c.id === id && c.line === line).length > 1)
      problems.push(`${id} crosses ${line} more than once`);
  }
  return [...new Set(problems)];
}
