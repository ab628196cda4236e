import { BufferAttribute, BufferGeometry } from 'three';

/**
 * Copies of a surface in one geometry, told apart by a `layer` attribute (1/n .. 1): all shells in one draw call.
 * The vertex shader moves them outwards.
 */
export function shells(surface: BufferGeometry, layers: number): BufferGeometry {
  const geometry = new BufferGeometry();
  const count = surface.getAttribute('position').count;
  for (const [name, attribute] of Object.entries(surface.attributes)) {
    const size = attribute.itemSize;
    const all = new Float32Array(count * size * layers);
    for (let i = 0; i < layers; i++) all.set(attribute.array, i * count * size);
    geometry.setAttribute(name, new BufferAttribute(all, size));
  }
  const layer = new Float32Array(count * layers);
  for (let i = 0; i < layers; i++) layer.fill((i + 1) / layers, i * count, (i + 1) * count);
  geometry.setAttribute('layer', new BufferAttribute(layer, 1));
  const from = surface.index!.array;
  const index = new Uint32Array(from.length * layers);
  for (let i = 0; i < layers; i++)
    for (let k = 0; k < from.length; k++) index[i * from.length + k] = from[k]! + i * count;
  geometry.setIndex(new BufferAttribute(index, 1));
  return geometry;
}
