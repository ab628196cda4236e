/**
 * When and where objects cross counting lines, from their exact floor positions. The line is the one the visitor sees
 * in the picture; positions are projected into the picture, so that line and path are compared in the same plane.
 */
import type { Vec2 } from './camera.ts';
import type { CountedKind, Counts, Crossing, Line, Zone } from './schema.ts';

/** One object's path through the picture: a point in pixels for each frame, null while it is out of view. */
export interface Path {
  readonly id: string;
  readonly kind: CountedKind;
  readonly points: readonly (Vec2 | null)[];
}

const side = (a: Vec2, b: Vec2, p: Vec2): number =>
  (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

/**
 * The share 0..1 of the path p -> q at which it crosses the segment a -> b, and the side it goes to. Touching the line
 * without leaving p's side is no crossing. Null when they do not meet.
 */
export function crossingOf(
  a: Vec2,
  b: Vec2,
  p: Vec2,
  q: Vec2,
): { at: number; direction: 'forward' | 'backward' } | null {
  const from = side(a, b, p);
  const to = side(a, b, q);
  if (from === to || from > 0 === to > 0) return null;
  const u = side(p, q, a);
  const w = side(p, q, b);
  if (u * w > 0) return null;
  // With y down, a positive side is to the right of a -> b as seen in the picture.
  return { at: from / (from - to), direction: to > 0 ? 'forward' : 'backward' };
}

/**
 * All crossings of one path over one line; several when it turns back.
 *
 * @param fps frames per second of the path
 */
export function crossingsOf(path: Path, line: Line, width: number, height: number, fps: number): Crossing[] {
  const a: Vec2 = [line.a[0] * width, line.a[1] * height];
  const b: Vec2 = [line.b[0] * width, line.b[1] * height];
  const found: Crossing[] = [];
  for (let i = 1; i < path.points.length; i++) {
    const p = path.points[i - 1];
    const q = path.points[i];
    if (!p || !q) continue;
    const crossing = crossingOf(a, b, p, q);
    if (!crossing) continue;
    const atS = Math.round(((i - 1 + crossing.at) / fps) * 1000) / 1000;
    found.push({ line: line.id, id: path.id, kind: path.kind, direction: crossing.direction, atS });
  }
  return found;
}

/** Counts by line, kind and direction; every line is there, kinds that never crossed are not. */
export function countCrossings(
  lines: readonly Line[],
  crossings: readonly Crossing[],
): Record<string, Counts> {
  const counts: Record<string, Counts> = Object.fromEntries(lines.map((line) => [line.id, {}]));
  for (const { line, kind, direction } of crossings) {
    const ofLine = (counts[line] ??= {});
    const ofKind = (ofLine[kind] ??= { forward: 0, backward: 0 });
    ofKind[direction]++;
  }
  return counts;
}

/** Whether a picture point (fractions) lies in a zone: even-odd rule, so that polygons may be concave. */
export function inZone({ points }: Pick<Zone, 'points'>, [x, y]: Vec2): boolean {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [xi, yi] = points[i]!;
    const [xj, yj] = points[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
