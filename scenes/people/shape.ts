/** The meshes of a person, built once per spec and level and shared by people of equal specs. */
import type { BufferGeometry } from 'three';
import { mirror, polygonise } from '../sdf/mesher.ts';
import { toGeometry } from '../sdf/geometry.ts';
import { bagGeometry } from './bags.ts';
import { bodyFields } from './body.ts';
import { garments } from './garments/dress.ts';
import type { Part } from './garments/garment.ts';
import type { HeadGeometries } from './head/head.ts';
import { headGeometries } from './head/head.ts';
import type { Detail } from './levels.ts';
import { LEVELS } from './levels.ts';
import { proportionsOf } from './proportions.ts';
import { addSkinning } from './skinning.ts';
import type { PersonSpec } from './spec.ts';

export interface PersonShape {
  body: readonly (readonly [Part, BufferGeometry])[];
  head: HeadGeometries;
  bag: BufferGeometry | null;
}

/** @returns fresh geometries, the caller's to dispose */
export function buildShape(spec: PersonSpec, detail: Detail): PersonShape {
  const level = LEVELS[detail];
  const d = proportionsOf(spec);
  const body = bodyFields(d);
  const parts = garments(spec, d).map((garment) => {
    const surface = polygonise(garment.field, {
      min: garment.min,
      max: garment.max,
      // Small bodies get no coarser meshes than tall ones in proportion.
      cell: level.bodyCell * garment.grain * (0.5 + 0.5 * d.scale),
      lipschitz: 1.8,
      steps: 1,
      reach: 0.11,
    });
    const geometry = toGeometry(garment.symmetric ? mirror(surface) : surface);
    addSkinning(geometry, garment.part, d, body);
    return [garment.part, geometry] as const;
  });
  return {
    body: parts.filter(([, geometry]) => (geometry.index?.count ?? 0) > 0),
    head: headGeometries(spec, level),
    bag: spec.bag ? bagGeometry(spec.bag.kind, level.bagCell) : null,
  };
}

function disposeShape(shape: PersonShape): void {
  for (const [, geometry] of shape.body) geometry.dispose();
  shape.head.face.dispose();
  shape.head.hair.dispose();
  shape.head.fuzz?.dispose();
  shape.bag?.dispose();
}

const shared = new Map<string, { shape: PersonShape; users: number }>();

const keyOf = (spec: PersonSpec, detail: Detail): string => `${detail} ${JSON.stringify(spec)}`;

/**
 * Adds a shape built elsewhere (in a worker) to the cache of `borrowShape`.
 *
 * @returns a function that removes it; current borrowers keep it
 */
export function lendShape(spec: PersonSpec, detail: Detail, shape: PersonShape): () => void {
  const key = keyOf(spec, detail);
  if (!shared.has(key)) shared.set(key, { shape, users: 0 });
  return borrowShape(spec, detail).release;
}

/** @returns the shape for a spec, from the cache if present, and a function that returns it */
export function borrowShape(spec: PersonSpec, detail: Detail): { shape: PersonShape; release: () => void } {
  const key = keyOf(spec, detail);
  let entry = shared.get(key);
  if (!entry) shared.set(key, (entry = { shape: buildShape(spec, detail), users: 0 }));
  const mine = entry;
  mine.users++;
  let given = false;
  return {
    shape: mine.shape,
    release: () => {
      if (given) return;
      given = true;
      if (--mine.users > 0) return;
      shared.delete(key);
      disposeShape(mine.shape);
    },
  };
}
