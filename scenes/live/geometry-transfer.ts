/** Geometries as plain arrays, to be handed from the worker that builds them to the one that draws them. */
import type { TypedArray } from 'three';
import { BufferAttribute, BufferGeometry } from 'three';
import type { Part } from '../people/garments/garment.ts';
import type { Detail } from '../people/levels.ts';
import type { PersonShape } from '../people/shape.ts';
import type { PersonSpec } from '../people/spec.ts';

/** A request to the shape worker. */
export interface BuildRequest {
  readonly spec: PersonSpec;
  readonly detail: Detail;
}

/** Its answer. */
export type Built = PackedShape;

interface PackedAttribute {
  array: TypedArray;
  itemSize: number;
  normalized: boolean;
}

export interface PackedGeometry {
  attributes: Record<string, PackedAttribute>;
  index: PackedAttribute | null;
}

export interface PackedShape {
  body: (readonly [Part, PackedGeometry])[];
  face: PackedGeometry;
  hair: PackedGeometry;
  fuzz: PackedGeometry | null;
  bag: PackedGeometry | null;
}

const packAttribute = ({ array, itemSize, normalized }: BufferAttribute): PackedAttribute => ({
  array,
  itemSize,
  normalized,
});

function pack(geometry: BufferGeometry): PackedGeometry {
  const attributes = Object.entries(geometry.attributes).map(([name, attribute]) => {
    if (!(attribute instanceof BufferAttribute)) throw new TypeError(`${name} is interleaved.`);
    return [name, packAttribute(attribute)] as const;
  });
  return {
    attributes: Object.fromEntries(attributes),
    index: geometry.index && packAttribute(geometry.index),
  };
}

function unpack({ attributes, index }: PackedGeometry): BufferGeometry {
  const geometry = new BufferGeometry();
  const attribute = ({ array, itemSize, normalized }: PackedAttribute) =>
    new BufferAttribute(array, itemSize, normalized);
  for (const [name, packed] of Object.entries(attributes)) geometry.setAttribute(name, attribute(packed));
  if (index) geometry.setIndex(attribute(index));
  return geometry;
}

export const packShape = ({ body, head, bag }: PersonShape): PackedShape => ({
  body: body.map(([part, geometry]) => [part, pack(geometry)]),
  face: pack(head.face),
  hair: pack(head.hair),
  fuzz: head.fuzz && pack(head.fuzz),
  bag: bag && pack(bag),
});

export const unpackShape = ({ body, face, hair, fuzz, bag }: PackedShape): PersonShape => ({
  body: body.map(([part, geometry]) => [part, unpack(geometry)]),
  head: { face: unpack(face), hair: unpack(hair), fuzz: fuzz && unpack(fuzz) },
  bag: bag && unpack(bag),
});

/** Every buffer once, to be transferred instead of copied. */
export function buffersOf({ body, face, hair, fuzz, bag }: PackedShape): ArrayBuffer[] {
  const geometries = [...body.map(([, geometry]) => geometry), face, hair, fuzz, bag];
  const arrays = geometries.flatMap((geometry) =>
    geometry ? [...Object.values(geometry.attributes), ...(geometry.index ? [geometry.index] : [])] : [],
  );
  return [...new Set(arrays.map(({ array }) => array.buffer as ArrayBuffer))];
}
