import { BufferAttribute, BufferGeometry } from 'three';
import type { Surface } from './mesher.ts';

/**
 * A three.js geometry of a meshed surface. `occlusion` goes along as an attribute of its own, which
 * `materials/painted.ts` reads; three's own materials ignore it.
 */
export function toGeometry(surface: Surface): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(surface.positions, 3));
  geometry.setAttribute('normal', new BufferAttribute(surface.normals, 3));
  geometry.setAttribute('occlusion', new BufferAttribute(surface.occlusion, 1));
  geometry.setIndex(new BufferAttribute(surface.indices, 1));
  return geometry;
}

/** @returns triangles of a geometry, indexed or not */
export const triangles = (geometry: BufferGeometry) =>
  (geometry.index?.count ?? geometry.getAttribute('position').count) / 3;
