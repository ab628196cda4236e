/** Stays in zones, and passages of people whose face was visible. */
import type { WorldPlan } from '../worlds/plan.ts';
import { identityOf, projectionOf, zonesOf } from '../worlds/plan.ts';
import { inZone } from './crossings.ts';
import { milli, type Motion } from './motion.ts';
import type { Day, Frame, Passage, Stay } from './schema.ts';

/** Minimum height of a face in a passage, pixels from forehead to chin. */
const MIN_FACE = 32;

/** The clip's days, each up to the next one. */
export function daysOf({ days = [], durationS }: WorldPlan): Day[] {
  return days.map(({ fromS }, i) => ({ day: i + 1, fromS, toS: days[i + 1]?.fromS ?? durationS }));
}

/** Every unbroken stay of a pedestrian in a zone, by the floor position, to a frame. */
export function staysIn(plan: WorldPlan, { frames }: Motion): Stay[] {
  const projection = projectionOf(plan);
  const stays: Stay[] = [];
  for (const zone of zonesOf(plan)) {
    const since = new Map<string, number>();
    for (let i = 0; i <= frames.length; i++) {
      const inside = new Set<string>();
      for (const { id, kind, x, z } of frames[i]?.values() ?? []) {
        if (kind !== 'pedestrian') continue;
        const p = projection.toPicture([x, plan.groundAt?.(x, z) ?? 0, z]);
        if (p && inZone(zone, [p[0] / plan.width, p[1] / plan.height])) inside.add(id);
      }
      for (const [id, from] of since) {
        if (inside.has(id)) continue;
        since.delete(id);
        const whole = from > 0 && i < frames.length;
        stays.push({ zone: zone.id, id, fromS: milli(from / plan.fps), toS: milli(i / plan.fps), whole });
      }
      for (const id of inside) if (!since.has(id)) since.set(id, i);
    }
  }
  return stays.sort((a, b) => a.zone.localeCompare(b.zone) || a.fromS - b.fromS);
}

/** All people whose face was seen, from first to last frame. */
export function passagesIn(plan: WorldPlan, { frames: movers }: Motion, frames: readonly Frame[]): Passage[] {
  const found = new Map<string, { identity: string; from: number; to: number; facePx: number }>();
  frames.forEach(({ objects }, i) => {
    for (const { id, face, parts } of objects) {
      const mover = movers[i]!.get(id);
      if (!face?.seen || parts || !mover) continue;
      const height = face.box[3] - face.box[1];
      const known = found.get(id);
      if (!known) found.set(id, { identity: identityOf(plan, mover), from: i, to: i, facePx: height });
      else Object.assign(known, { to: i, facePx: Math.max(known.facePx, height) });
    }
  });
  const days = daysOf(plan);
  const visits = new Map<string, number>();
  return [...found]
    .filter(([, { facePx }]) => facePx >= MIN_FACE)
    .sort(([, a], [, b]) => a.from - b.from)
    .map(([id, { identity, from, to, facePx }]) => {
      const fromS = milli(from / plan.fps);
      const visit = (visits.get(identity) ?? 0) + 1;
      visits.set(identity, visit);
      return {
        id,
        identity,
        day: days.findLast((day) => day.fromS <= fromS)?.day ?? 1,
        visit,
        fromS,
        toS: milli((to + 1) / plan.fps),
        facePx: Math.round(facePx * 10) / 10,
      };
    });
}
