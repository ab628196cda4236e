/**
 * The drawing on a picture: counting lines, zones, privacy masks and the ground. It is plain data with pure changes. A
 * change that the camera would refuse is refused here first, with the camera's own code.
 */
import * as v from 'valibot';
import {
  CountingLine,
  GroundCalibration,
  Point,
  shortId,
  type CountingConfig,
  type FaultCode,
  type Polygon,
  type ZoneRole,
  ZONE_ROLES,
} from '../../contract/index.ts';
import { inside, isConvex, largeEnough, longEnough, midpoint, rounded, shift } from './geometry.ts';

/** Names stay on the page: the camera knows short ids only. Empty: numbered in the reader's language. */
const name = v.pipe(v.string(), v.maxLength(40));

const NamedLine = v.object({ ...CountingLine.entries, name });
const NamedPolygon = v.object({ id: shortId, name, points: v.array(Point) });
/** Role of a zone; only trajectories uses one. */
const NamedZone = v.object({ ...NamedPolygon.entries, role: v.optional(v.picklist(ZONE_ROLES)) });

export const Drawing = v.object({
  lines: v.array(NamedLine),
  zones: v.array(NamedZone),
  masks: v.array(NamedPolygon),
  ground: v.optional(GroundCalibration),
  anchor: v.picklist(['centre', 'ground']),
  /** Grows with every new shape, so that an id is never reused and old counts never change their line. */
  next: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type Drawing = v.InferOutput<typeof Drawing>;
export type NamedLine = v.InferOutput<typeof NamedLine>;
export type NamedPolygon = v.InferOutput<typeof NamedPolygon>;
export type NamedZone = v.InferOutput<typeof NamedZone>;

export type PolygonGroup = 'zones' | 'masks';
export type ShapeGroup = 'lines' | PolygonGroup | 'ground';

/** One shape of a drawing; the ground has no id of its own. */
export interface ShapeRef {
  readonly group: ShapeGroup;
  readonly id: string;
}
export const GROUND: ShapeRef = { group: 'ground', id: 'ground' };

export const MAX_SHAPES = 16;
export const MAX_CORNERS = 32;
export const DEFAULT_ANGLE_DEG = 15;

/** Default size of the rectangle on the ground, in metres. */
const DEFAULT_GROUND = { widthM: 5, depthM: 5 };

export const EMPTY: Drawing = { lines: [], zones: [], masks: [], anchor: 'centre', next: 1 };

/** A changed drawing, or why it was not changed. */
export type Change = { drawing: Drawing; ref?: ShapeRef } | { refused: FaultCode };

export const isRefused = (change: Change): change is { refused: FaultCode } => 'refused' in change;

/** Points of a shape in drawing order; for a line its two ends. */
export function pointsOf(drawing: Drawing, { group, id }: ShapeRef): Point[] {
  if (group === 'ground') return drawing.ground ? [...drawing.ground.points] : [];
  if (group === 'lines') {
    const line = drawing.lines.find((candidate) => candidate.id === id);
    return line ? [line.a, line.b] : [];
  }
  return drawing[group].find((polygon) => polygon.id === id)?.points ?? [];
}

/** @returns why these points cannot be this kind of shape, if they cannot */
function objection(group: ShapeGroup, points: readonly Point[], aspect: number): FaultCode | undefined {
  if (group === 'lines') {
    const [a, b] = points;
    return a && b && longEnough(a, b, aspect) ? undefined : 'line-too-short';
  }
  if (group === 'ground') {
    return points.length === 4 && isConvex(points) && largeEnough(points)
      ? undefined
      : 'calibration-degenerate';
  }
  return points.length >= 3 && points.length <= MAX_CORNERS && largeEnough(points)
    ? undefined
    : 'zone-too-small';
}

/** Puts new points in place of a shape's old ones. */
export function reshape(drawing: Drawing, ref: ShapeRef, points: readonly Point[], aspect: number): Change {
  const tidy = points.map((point) => rounded(inside(point)));
  const refused = objection(ref.group, tidy, aspect);
  return refused ? { refused } : { drawing: withPoints(drawing, ref, tidy), ref };
}

function withPoints(drawing: Drawing, { group, id }: ShapeRef, points: Point[]): Drawing {
  if (group === 'ground') {
    const [p, q, r, s] = points;
    if (!drawing.ground || !p || !q || !r || !s) return drawing;
    return { ...drawing, ground: { ...drawing.ground, points: [p, q, r, s] } };
  }
  if (group === 'lines') {
    const [a, b] = points;
    if (!a || !b) return drawing;
    return { ...drawing, lines: drawing.lines.map((line) => (line.id === id ? { ...line, a, b } : line)) };
  }
  const changed = drawing[group].map((polygon) => (polygon.id === id ? { ...polygon, points } : polygon));
  return { ...drawing, [group]: changed };
}

/** Adds a shape of a group with the given points. */
export function add(drawing: Drawing, group: ShapeGroup, points: readonly Point[], aspect: number): Change {
  const tidy = points.map((point) => rounded(inside(point)));
  const refused = objection(group, tidy, aspect);
  if (refused) return { refused };
  if (group === 'ground') {
    const [p, q, r, s] = tidy;
    if (!p || !q || !r || !s) return { refused: 'calibration-degenerate' };
    const { widthM, depthM } = drawing.ground ?? DEFAULT_GROUND;
    const ground: GroundCalibration = { points: [p, q, r, s], widthM, depthM };
    return { drawing: { ...drawing, ground }, ref: GROUND };
  }
  if (drawing[group].length >= MAX_SHAPES) return { refused: 'config-invalid' };
  const id = `${group.slice(0, 1)}${drawing.next}`;
  const next = drawing.next + 1;
  const ref = { group, id };
  if (group === 'lines') {
    const [a, b] = tidy;
    if (!a || !b) return { refused: 'line-too-short' };
    const line: NamedLine = { id, name: '', a, b, minAngleDeg: DEFAULT_ANGLE_DEG };
    return { drawing: { ...drawing, next, lines: [...drawing.lines, line] }, ref };
  }
  return { drawing: { ...drawing, next, [group]: [...drawing[group], { id, name: '', points: tidy }] }, ref };
}

/** Position of a shape placed without a pointer: the middle, offset from existing shapes. */
export function defaultPoints(drawing: Drawing, group: ShapeGroup): Point[] {
  const already = group === 'ground' ? 0 : drawing[group].length;
  const offset = (already % 5) * 0.06;
  const points: Point[] =
    group === 'lines'
      ? [
          [0.5, 0.2],
          [0.5, 0.8],
        ]
      : group === 'ground'
        ? [
            [0.25, 0.85],
            [0.75, 0.85],
            [0.65, 0.55],
            [0.35, 0.55],
          ]
        : [
            [0.38, 0.4],
            [0.62, 0.4],
            [0.62, 0.65],
            [0.38, 0.65],
          ];
  return shift(points, offset, offset / 2);
}

export function remove(drawing: Drawing, { group, id }: ShapeRef): Drawing {
  if (group === 'ground') {
    const { ground: _, ...rest } = drawing;
    return rest;
  }
  return { ...drawing, [group]: [...drawing[group]].filter((shape) => shape.id !== id) };
}

/** Removes one corner; a triangle, a line or the ground is removed as a whole. */
export function removeCorner(drawing: Drawing, ref: ShapeRef, index: number, aspect: number): Change {
  const points = pointsOf(drawing, ref);
  if (ref.group === 'lines' || ref.group === 'ground' || points.length <= 3) {
    return { drawing: remove(drawing, ref) };
  }
  return reshape(drawing, ref, points.toSpliced(index, 1), aspect);
}

/** Adds a corner in the middle of the side that starts at `index`. */
export function splitSide(drawing: Drawing, ref: ShapeRef, index: number, aspect: number): Change {
  const points = pointsOf(drawing, ref);
  const from = points[index];
  const to = points[(index + 1) % points.length];
  if (!from || !to || points.length >= MAX_CORNERS) return { refused: 'config-invalid' };
  return reshape(drawing, ref, points.toSpliced(index + 1, 0, midpoint(from, to)), aspect);
}

/** Reverses a line, which swaps its two directions. */
export function flip(drawing: Drawing, id: string): Drawing {
  const lines = drawing.lines.map((line) => (line.id === id ? { ...line, a: line.b, b: line.a } : line));
  return { ...drawing, lines };
}

export function setAngle(drawing: Drawing, id: string, minAngleDeg: number): Drawing {
  const lines = drawing.lines.map((line) => (line.id === id ? { ...line, minAngleDeg } : line));
  return { ...drawing, lines };
}

/** Sets the role of a zone. */
export function setRole(drawing: Drawing, id: string, role: ZoneRole): Drawing {
  return { ...drawing, zones: drawing.zones.map((zone) => (zone.id === id ? { ...zone, role } : zone)) };
}

export function rename(drawing: Drawing, { group, id }: ShapeRef, name: string): Drawing {
  if (group === 'ground') return drawing;
  const shapes = drawing[group].map((shape) =>
    shape.id === id ? { ...shape, name: name.slice(0, 40) } : shape,
  );
  return { ...drawing, [group]: shapes };
}

/** The true size of the rectangle on the ground, in metres. @returns unchanged for a size the contract refuses */
export function setGroundSize(drawing: Drawing, size: { widthM?: number; depthM?: number }): Drawing {
  const parsed = v.safeParse(GroundCalibration, { ...drawing.ground, ...size });
  return parsed.success ? { ...drawing, ground: parsed.output } : drawing;
}

/** The part of the drawing that the camera's case gets: no names, no masks. */
export function toConfig(drawing: Drawing): CountingConfig {
  return {
    case: 'counting',
    lines: drawing.lines.map(({ id, a, b, minAngleDeg }) => ({ id, a, b, minAngleDeg })),
    zones: drawing.zones.map(({ id, points }) => ({ id, points })),
    ...(drawing.ground && { calibration: drawing.ground }),
    anchor: drawing.anchor,
  };
}

export const toMasks = (drawing: Drawing): Polygon[] =>
  drawing.masks.map(({ id, points }) => ({ id, points }));
