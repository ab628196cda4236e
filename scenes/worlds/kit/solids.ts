/** Boxes, posts and plain materials: what sets are built from. */
import type { Material, Object3D } from 'three';
import { BoxGeometry, CylinderGeometry, Mesh, MeshStandardMaterial, PlaneGeometry } from 'three';

const plainMaterials = new Map<string, MeshStandardMaterial>();

/** A plain material; equal calls share one. */
export function plain(colour: string, roughness = 0.8, metalness = 0): MeshStandardMaterial {
  const key = `${colour} ${roughness} ${metalness}`;
  let material = plainMaterials.get(key);
  if (!material) {
    material = new MeshStandardMaterial({ color: colour, roughness, metalness });
    plainMaterials.set(key, material);
  }
  return material;
}

type Triple = readonly [number, number, number];

/** Adds a mesh that casts and takes shadows. */
export function place<T extends Mesh>(parent: Object3D, mesh: T, [x, y, z]: Triple): T {
  mesh.position.set(x, y, z);
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  parent.add(mesh);
  return mesh;
}

/** A box with its middle at `at`; `size` is across (x), up (y), deep (z), metres. */
export const box = (parent: Object3D, size: Triple, at: Triple, material: Material): Mesh =>
  place(parent, new Mesh(new BoxGeometry(...size), material), at);

/** An upright post standing at [x, z] from `y0` to `y1`, metres. */
export const post = (
  parent: Object3D,
  [x, z]: readonly [number, number],
  [y0, y1]: readonly [number, number],
  radius: number,
  material: Material,
  footRadius = radius,
): Mesh =>
  place(parent, new Mesh(new CylinderGeometry(radius, footRadius, y1 - y0, 20), material), [
    x,
    (y0 + y1) / 2,
    z,
  ]);

/** A horizontal surface over [x0, z0, x1, z1]; its geometry is in world metres, so that paint can use `p`. */
export function floor(
  parent: Object3D,
  [x0, z0, x1, z1]: readonly [number, number, number, number],
  y: number,
  material: Material,
): Mesh {
  const geometry = new PlaneGeometry(x1 - x0, z1 - z0);
  geometry.rotateX(-Math.PI / 2);
  geometry.translate((x0 + x1) / 2, 0, (z0 + z1) / 2);
  const mesh = new Mesh(geometry, material);
  mesh.position.y = y;
  mesh.receiveShadow = true;
  parent.add(mesh);
  return mesh;
}

/** A surface over [x0, z0, x1, z1] that follows a height function, on a grid of `cell` metres. */
export function terrain(
  parent: Object3D,
  [x0, z0, x1, z1]: readonly [number, number, number, number],
  cell: number,
  heightAt: (x: number, z: number) => number,
  material: Material,
): Mesh {
  const geometry = new PlaneGeometry(
    x1 - x0,
    z1 - z0,
    Math.round((x1 - x0) / cell),
    Math.round((z1 - z0) / cell),
  );
  geometry.rotateX(-Math.PI / 2);
  geometry.translate((x0 + x1) / 2, 0, (z0 + z1) / 2);
  const position = geometry.getAttribute('position');
  for (let i = 0; i < position.count; i++) position.setY(i, heightAt(position.getX(i), position.getZ(i)));
  geometry.computeVertexNormals();
  const mesh = new Mesh(geometry, material);
  mesh.receiveShadow = true;
  parent.add(mesh);
  return mesh;
}

/** An upright picture facing `heading` (0 = +z), `width` by `height` metres around `at`. */
export function panel(
  parent: Object3D,
  [width, height]: readonly [number, number],
  at: Triple,
  heading: number,
  material: Material,
): Mesh {
  const mesh = place(parent, new Mesh(new PlaneGeometry(width, height), material), at);
  mesh.rotation.y = heading;
  mesh.castShadow = false;
  return mesh;
}
