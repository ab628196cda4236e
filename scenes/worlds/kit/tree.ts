/** A street tree: a trunk that forks into branches, and a crown of some two thousand leaves. */
import type { Object3D } from 'three';
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  CylinderGeometry,
  DoubleSide,
  Group,
  Mesh,
  MeshStandardMaterial,
  Vector3,
} from 'three';
import type { Rng } from '../../rng.ts';
import { rod } from '../../vehicles/rods.ts';
import { place, plain } from './solids.ts';

const bark = plain('#4b4036', 0.95);
const leafMaterial = new MeshStandardMaterial({
  vertexColors: true,
  roughness: 0.75,
  side: DoubleSide,
  envMapIntensity: 0.4,
});

interface Tuft {
  at: Vector3;
  size: number;
}

/** Leaves as small rhombs around the tufts; normals point out of the crown, so that it shades as a soft whole. */
function crown(rng: Rng, tufts: readonly Tuft[], middle: Vector3, leaves: number): BufferGeometry {
  const positions = new Float32Array(leaves * 12);
  const normals = new Float32Array(leaves * 12);
  const colours = new Float32Array(leaves * 12);
  const indices = new Uint32Array(leaves * 6);
  const colour = new Color();
  const at = new Vector3();
  const out = new Vector3();
  const along = new Vector3();
  const across = new Vector3();
  for (let i = 0; i < leaves; i++) {
    const tuft = rng.pick(tufts);
    const direction = new Vector3(rng.normal(0, 1), rng.normal(0, 1), rng.normal(0, 1)).normalize();
    const depth = Math.cbrt(rng());
    at.copy(direction)
      .multiplyScalar(tuft.size * depth)
      .add(tuft.at);
    out.copy(at).sub(middle).normalize().addScaledVector(direction, 0.6).normalize();
    along
      .set(rng.normal(0, 1), rng.normal(-0.4, 1), rng.normal(0, 1))
      .normalize()
      .multiplyScalar(rng.range(0.06, 0.11));
    across
      .crossVectors(along, new Vector3(rng.normal(0, 1), rng.normal(0, 1), rng.normal(0, 1)))
      .setLength(rng.range(0.03, 0.05));
    const corners = [
      at.clone().sub(along),
      at.clone().add(across),
      at.clone().add(along),
      at.clone().sub(across),
    ];
    // Inner leaves are darker: they stand in the shade of the outer ones.
    colour.setHSL(
      rng.range(0.235, 0.3),
      rng.range(0.35, 0.55),
      rng.range(0.13, 0.27) * (0.55 + 0.45 * depth),
    );
    corners.forEach((corner, k) => {
      corner.toArray(positions, i * 12 + k * 3);
      out.toArray(normals, i * 12 + k * 3);
      colour.toArray(colours, i * 12 + k * 3);
    });
    indices.set(
      [0, 1, 2, 0, 2, 3].map((k) => i * 4 + k),
      i * 6,
    );
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('normal', new BufferAttribute(normals, 3));
  geometry.setAttribute('color', new BufferAttribute(colours, 3));
  geometry.setIndex(new BufferAttribute(indices, 1));
  return geometry;
}

/** @param leaves fewer for distant trees */
export function addTree(
  parent: Object3D,
  rng: Rng,
  [x, z]: readonly [number, number],
  y = 0,
  leaves = 2200,
): void {
  const tree = new Group();
  tree.position.set(x, y, z);
  const height = rng.range(4.2, 5.6);
  const fork = height * 0.42;
  rod(tree, [0, 0, 0], [0, fork, 0], 0.09, bark, 12);
  const tufts: Tuft[] = [];
  const branches = rng.whole(5, 7);
  for (let i = 0; i < branches; i++) {
    const turn = ((i + rng.range(-0.3, 0.3)) / branches) * 2 * Math.PI;
    const reach = rng.range(0.55, 1.1);
    const rise = rng.range(0.62, 0.85) * height;
    const tip: [number, number, number] = [Math.sin(turn) * reach, rise, Math.cos(turn) * reach];
    rod(tree, [0, fork - 0.1, 0], tip, 0.035, bark, 7);
    tufts.push({ at: new Vector3(...tip), size: rng.range(0.55, 0.8) });
  }
  tufts.push({ at: new Vector3(rng.range(-0.2, 0.2), height * 0.9, rng.range(-0.2, 0.2)), size: 0.7 });
  rod(tree, [0, fork - 0.1, 0], [0, height * 0.85, 0], 0.045, bark, 8);
  const middle = new Vector3(0, height * 0.7, 0);
  const leavesMesh = new Mesh(crown(rng, tufts, middle, leaves), leafMaterial);
  leavesMesh.castShadow = true;
  leavesMesh.receiveShadow = true;
  tree.add(leavesMesh);
  parent.add(tree);
}

const clay = plain('#8a5a3c', 0.9);

/** A clay pot with a leafy plant, standing at [x, z]. */
export function addPlant(parent: Object3D, rng: Rng, [x, z]: readonly [number, number], y: number): void {
  const plant = new Group();
  plant.position.set(x, y, z);
  place(plant, new Mesh(new CylinderGeometry(0.2, 0.15, 0.34, 16), clay), [0, 0.17, 0]);
  const tufts = Array.from({ length: 6 }, () => ({
    at: new Vector3(rng.range(-0.2, 0.2), rng.range(0.4, 0.75), rng.range(-0.2, 0.2)),
    size: 0.18,
  }));
  const mesh = new Mesh(crown(rng, tufts, new Vector3(0, 0.3, 0), 260), leafMaterial);
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  plant.add(mesh);
  parent.add(plant);
}
