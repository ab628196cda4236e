/** Small building blocks of vehicles: rods, hoops and the materials they share. */
import type { Material, Object3D } from 'three';
import { CylinderGeometry, Mesh, MeshStandardMaterial, Quaternion, TorusGeometry, Vector3 } from 'three';
import type { Vec3 } from '../sdf/primitives.ts';

export const RUBBER = new MeshStandardMaterial({ color: '#141416', roughness: 0.85 });
export const CHROME = new MeshStandardMaterial({ color: '#b5b8bc', roughness: 0.3, metalness: 0.8 });

const UP = new Vector3(0, 1, 0);

/** Adds a mesh that casts and takes shadows. */
export function part<T extends Mesh>(parent: Object3D, mesh: T): T {
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  parent.add(mesh);
  return mesh;
}

/** A round bar from one point to another. */
export function rod(
  parent: Object3D,
  from: Vec3,
  to: Vec3,
  radius: number,
  material: Material,
  sides = 10,
): Mesh {
  const a = new Vector3(...from);
  const b = new Vector3(...to);
  const mesh = new Mesh(new CylinderGeometry(radius, radius, a.distanceTo(b), sides), material);
  mesh.position.copy(a).add(b).multiplyScalar(0.5);
  mesh.quaternion.copy(new Quaternion().setFromUnitVectors(UP, b.sub(a).normalize()));
  return part(parent, mesh);
}

/** A ring in the plane of the wheels (around the x axis). */
export function hoop(
  parent: Object3D,
  radius: number,
  thickness: number,
  material: Material,
  arc = 2 * Math.PI,
): Mesh {
  const mesh = new Mesh(
    new TorusGeometry(radius, thickness, 8, Math.ceil((40 * arc) / (2 * Math.PI)), arc),
    material,
  );
  mesh.rotation.y = Math.PI / 2;
  return part(parent, mesh);
}
