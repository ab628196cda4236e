/** What shapes are called on the page: by the name they were given, else by kind and number. */
import { m } from '../paraglide/messages.js';
import { count } from '../app/format.ts';
import type { Drawing, ShapeGroup, ShapeRef } from './drawing.ts';

const NUMBERED: Record<Exclude<ShapeGroup, 'ground'>, (inputs: { n: string }) => string> = {
  lines: m.shape_line_n,
  zones: m.shape_zone_n,
  masks: m.shape_mask_n,
};

export function nameOf(drawing: Drawing, { group, id }: ShapeRef): string {
  if (group === 'ground') return m.shape_ground();
  const index = drawing[group].findIndex((shape) => shape.id === id);
  return drawing[group][index]?.name || NUMBERED[group]({ n: count(index + 1) });
}
