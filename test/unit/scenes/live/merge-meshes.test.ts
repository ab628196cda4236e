import { BoxGeometry, BufferAttribute, Group, Mesh, MeshStandardMaterial } from 'three';
import { describe, expect, it } from 'vitest';
import { weld } from '../../../../scenes/live/merge-meshes.ts';

const box = (material: MeshStandardMaterial, x: number): Mesh => {
  const geometry = new BoxGeometry();
  const { count } = geometry.getAttribute('position');
  geometry.setAttribute('color', new BufferAttribute(new Float32Array(count * 3).fill(0.5), 3));
  const mesh = new Mesh(geometry, material);
  mesh.position.x = x;
  return mesh;
};
const meshesOf = (root: Group): Mesh[] => root.children.filter((child) => child instanceof Mesh);

describe('welding', () => {
  it.each([
    { says: 'nothing but its shape where it has one colour', material: {}, kept: [] },
    { says: 'the colours that its material looks at', material: { vertexColors: true }, kept: ['color'] },
  ])('keeps of a surface $says', ({ material, kept }) => {
    const root = new Group();
    const paint = new MeshStandardMaterial(material);
    root.add(box(paint, -2), box(paint, 2));
    weld(root);
    const [joined, ...rest] = meshesOf(root);
    expect(rest).toEqual([]);
    expect(Object.keys(joined!.geometry.attributes).sort()).toEqual([...kept, 'normal', 'position']);
    joined!.geometry.computeBoundingBox();
    expect(joined!.geometry.boundingBox).toMatchObject({ min: { x: -2.5 }, max: { x: 2.5 } });
  });

  it('leaves apart what is moved, and what looks otherwise', () => {
    const root = new Group();
    const [paint, other] = [new MeshStandardMaterial(), new MeshStandardMaterial()];
    const door = new Group();
    door.add(box(paint, 0), box(paint, 1));
    root.add(box(paint, 2), box(paint, 3), box(other, 4), door);
    weld(root, new Set([door]));
    expect(meshesOf(root)).toHaveLength(2);
    expect(meshesOf(door)).toHaveLength(1);
  });
});
