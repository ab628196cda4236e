import type { Field, Vec3 } from '../../sdf/primitives.ts';

/** Kind of a mesh of a dressed body: it decides the material and the skinning. */
export type Part = 'top' | 'trousers' | 'skirt' | 'shoes' | 'arms' | 'legs' | 'neck' | 'straps';

export interface Garment {
  part: Part;
  /** At rest, metres, in the person's frame. */
  field: Field;
  min: Vec3;
  max: Vec3;
  /** Cell size as a share of the level's: below 1 is finer. */
  grain: number;
  /** Meshed on the left only and mirrored. */
  symmetric: boolean;
}
