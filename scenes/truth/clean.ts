/** Whether a clip's counts are beyond doubt. */
import { linesOf, projectionOf, type WorldPlan } from '../worlds/plan.ts';
import { crossingsIn } from './assemble.ts';
import type { Vec2 } from './camera.ts';
import { crossingOf } from './crossings.ts';
import type { Motion } from './motion.ts';

/** An object must be seen for this long on either side of a line it crosses, seconds. */
const CLEAR_S = 0.6;
/**
 * Height of the tallest people, metres: where this height is below the picture, a person with feet there is invisible.
 */
const HEAD_M = 1.9;

/** Reasons why counts are ambiguous; empty when all crossings are clean. */
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
  return [...new Set([...problems, ...headsOnly(plan, motion)])];
}

/** Objects that pass a line's end with their feet below the picture: truth does not count them, but a viewer may. */
function headsOnly(plan: WorldPlan, { paths, frames }: Motion): string[] {
  const projection = projectionOf(plan);
  const shows = (p: Vec2 | null) => !!p && p[0] > 0 && p[0] < plan.width && p[1] < plan.height;
  return linesOf(plan).flatMap(({ id: line, a, b }) => {
    const [from, to]: [Vec2, Vec2] = [
      [a[0] * plan.width, a[1] * plan.height],
      [b[0] * plan.width, b[1] * plan.height],
    ];
    // Far enough beyond either end.
    const along = (t: number): Vec2 => [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
    return paths.flatMap(({ id, points }) =>
      points.flatMap((q, i) => {
        const p = points[i - 1];
        const mover = frames[i]?.get(id);
        if (!p || !q || !mover || q[1] < plan.height) return [];
        if (crossingOf(from, to, p, q) || !crossingOf(along(-9), along(10), p, q)) return [];
        const head = projection.toPicture([mover.x, HEAD_M, mover.z]);
        return shows(head) ? [`${id} passes the end of ${line} with feet out of the picture`] : [];
      }),
    );
  });
}
