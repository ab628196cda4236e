/** Names of shapes on the page: the reader's name, else kind and number. */
import { m } from '../paraglide/messages.js';
import { count } from '../app/format.ts';
import type { ZoneRole } from '../../contract/index.ts';
import type { Drawing, ShapeGroup, ShapeRef } from './drawing.ts';

const NUMBERED: Record<Exclude<ShapeGroup, 'ground' | 'zones'>, (inputs: { n: string }) => string> = {
  lines: m.shape_line_n,
  masks: m.shape_mask_n,
};

export const ROLE_TEXT: Record<ZoneRole, () => string> = {
  entrance: m.zone_role_entrance,
  shelf: m.zone_role_shelf,
  till: m.zone_role_till,
  other: m.zone_role_other,
};

export function nameOf(drawing: Drawing, { group, id }: ShapeRef): string {
  if (group === 'ground') return m.shape_ground();
  if (group === 'zones') return nameOfZone(drawing, id);
  const index = drawing[group].findIndex((shape) => shape.id === id);
  return drawing[group][index]?.name || NUMBERED[group]({ n: count(index + 1) });
}

/** A zone with a role has its name, with a number where there are several of that role. */
function nameOfZone({ zones }: Drawing, id: string): string {
  const zone = zones.find((candidate) => candidate.id === id);
  if (zone?.name) return zone.name;
  const role = zone?.role;
  const alike = zones.filter((other) => other.role === role);
  const n = count(alike.findIndex((other) => other.id === id) + 1);
  if (role === undefined || role === 'other') return m.shape_zone_n({ n });
  return alike.length === 1 ? ROLE_TEXT[role]() : `${ROLE_TEXT[role]()} ${n}`;
}
