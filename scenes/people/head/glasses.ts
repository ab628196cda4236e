import {
  CircleGeometry,
  CylinderGeometry,
  Group,
  Mesh,
  MeshPhysicalMaterial,
  MeshStandardMaterial,
  TorusGeometry,
} from 'three';
import type { PersonSpec } from '../spec.ts';

/**
 * Frames, temples and barely visible lenses, worn in front of the eyes.
 *
 * @param x half the distance of the eyes after the warp, metres
 * @param y their height
 */
export function createGlasses(glasses: NonNullable<PersonSpec['glasses']>, x: number, y: number): Group {
  const group = new Group();
  const frame = new MeshStandardMaterial({ color: glasses.colour, roughness: 0.35 });
  const lens = new MeshPhysicalMaterial({
    transparent: true,
    opacity: 0.08,
    roughness: 0.05,
    // Glass shows only its reflections: a paler colour would be a veil before the eyes.
    color: '#101214',
  });
  const height = 0.66 + 0.24 * glasses.round;
  const centre = 0.5 * (x + 0.0325);
  const add = (mesh: Mesh, dx: number, dy: number, z: number) => {
    mesh.position.set(dx, y + dy, z);
    mesh.castShadow = mesh.material === frame;
    group.add(mesh);
    return mesh;
  };
  for (const side of [-1, 1]) {
    add(new Mesh(new TorusGeometry(0.0218, 0.00125, 6, 24), frame), side * centre, -0.003, 0.0965).scale.y =
      height;
    add(new Mesh(new CircleGeometry(0.0216, 20), lens), side * centre, -0.003, 0.0965).scale.y = height;
    const temple = add(
      new Mesh(new CylinderGeometry(0.0012, 0.0012, 0.105, 5), frame),
      side * 0.0665,
      0.003,
      0.045,
    );
    temple.rotation.set(Math.PI / 2, 0, side * 0.2);
  }
  add(
    new Mesh(new CylinderGeometry(0.0012, 0.0012, 2 * (centre - 0.0212), 5), frame),
    0,
    0.0015,
    0.0985,
  ).rotation.z = Math.PI / 2;
  return group;
}
