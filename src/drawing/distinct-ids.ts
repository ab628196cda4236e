/** A remembered drawing may be damaged, or written by another version: every shape gets an id of its own. */
import type { Drawing } from './drawing.ts';

/**
 * Gives shapes that have another's id a new one; the first keeps it, because its counts are kept under it.
 * @returns the drawing itself where all ids are distinct
 */
export function withDistinctIds(drawing: Drawing): Drawing {
  const all = [...drawing.lines, ...drawing.zones, ...drawing.masks].map(({ id }) => id);
  // A new id must not be one that a later shape has.
  const taken = new Set(all);
  const kept = new Set<string>();
  let { next } = drawing;
  let changed = false;
  const renamed = <T extends { readonly id: string }>(shapes: readonly T[], letter: string): T[] =>
    shapes.map((shape) => {
      let { id } = shape;
      while (kept.has(id) || (id !== shape.id && taken.has(id))) id = `${letter}${next++}`;
      kept.add(id);
      changed ||= id !== shape.id;
      return { ...shape, id };
    });
  const lines = renamed(drawing.lines, 'l');
  const zones = renamed(drawing.zones, 'z');
  const masks = renamed(drawing.masks, 'm');
  return changed ? { ...drawing, lines, zones, masks, next } : drawing;
}
