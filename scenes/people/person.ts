/**
 * People for scenes: `createPerson(randomPerson(seed), { detail: 'near' })`, add `root` to the scene, call `walk`,
 * `stand`, `sit` or a `ride...` each frame, `dispose` when done.
 *
 * The person's frame: origin on the ground between the feet, +z forward, +x to the person's left, metres.
 */
import type { Material, MeshStandardMaterial } from 'three';
import { Group, Matrix4, Mesh, SkinnedMesh, Vector3 } from 'three';
import type { Vec3 } from '../sdf/primitives.ts';
import {
  bottomMaterial,
  leatherMaterial,
  legwearMaterial,
  shoeMaterial,
  skinMaterial,
  topMaterial,
} from './fabrics.ts';
import type { Part } from './garments/garment.ts';
import { CUTS } from './garments/cut.ts';
import { strideLength } from './gait.ts';
import { createHead } from './head/head.ts';
import { CROWN, FACE_BOX } from './head/measures.ts';
import { faceWarp } from './head/warp.ts';
import type { Detail } from './levels.ts';
import { LEVELS } from './levels.ts';
import type { Look, Seat, StandPose, WalkPose } from './poser.ts';
import { Poser } from './poser.ts';
import type { Proportions } from './proportions.ts';
import { proportionsOf } from './proportions.ts';
import type { RideFit } from './riding.ts';
import { BICYCLE_FIT, MOTORCYCLE_FIT, bicycleSeat, motorcycleSeat } from './riding.ts';
import { borrowShape } from './shape.ts';
import type { Rig } from './skeleton.ts';
import { createRig } from './skeleton.ts';
import type { PersonSpec } from './spec.ts';

export interface PersonOptions {
  detail: Detail;
}

export interface Person {
  readonly spec: PersonSpec;
  readonly detail: Detail;
  readonly root: Group;
  /** Standing, metres. */
  readonly height: number;
  /** Half the width at the shoulders, metres: for keeping a distance. */
  readonly radius: number;
  /** Metres per cycle at a speed in m/s; phase advances by distance / strideLength. */
  strideLength(speed: number): number;
  walk(pose: WalkPose): void;
  stand(pose: StandPose): void;
  sit(seat: Seat): void;
  /**
   * @param pedalPhase turns of the crank, 0 = left pedal forward
   * @param fit contact points of the bicycle, in the person's frame; defaults to a city bicycle
   */
  rideBicycle(pedalPhase: number, fit?: RideFit, look?: Look): void;
  rideMotorcycle(fit?: RideFit, look?: Look): void;
  /** Frame of the head: x left, y up, z to where the face looks. */
  readonly head: Group;
  /** Eight corners of a box round the face (forehead to chin), in the head's frame. */
  readonly faceCorners: readonly Vec3[];
  /** Everything solid: draw these flat for id pictures and silhouettes. */
  readonly silhouette: readonly Mesh[];
  /** World positions of every n-th vertex in the present pose, xyz, for boxes. */
  sampleVertices(step?: number): Float32Array;
  dispose(): void;
}

function bodyMaterials(spec: PersonSpec, d: Proportions): Record<Part, MeshStandardMaterial> {
  const skin = skinMaterial(spec.face.skin);
  const bottom = bottomMaterial(d, spec.bottom);
  return {
    top: topMaterial(d, spec.top, CUTS[spec.top.kind]),
    trousers: bottom,
    skirt: bottom,
    shoes: shoeMaterial(d, spec.shoes),
    arms: skin,
    neck: skin,
    legs: spec.legwear ? legwearMaterial(spec.legwear) : skin,
    straps: leatherMaterial(spec.bag?.colour ?? '#222222', 0.8),
  };
}

function hangBag(spec: PersonSpec, d: Proportions, rig: Rig, mesh: Mesh): void {
  const s = d.scale;
  const back = -(0.108 * (1 + 0.12 * d.build) + CUTS[spec.top.kind].thickness / s + 0.008) * s;
  mesh.scale.setScalar(0.25 + 0.75 * s);
  switch (spec.bag!.kind) {
    case 'backpack':
    case 'randoseru':
      mesh.position.set(0, 0.02 * s, back);
      rig.bones.chest.add(mesh);
      break;
    case 'tote':
      mesh.position.set(-0.005 * s, -0.09 * s, 0.008 * s);
      rig.bones.handR.add(mesh);
      break;
    case 'shoulder':
      mesh.position.set(-(d.hipHalf + CUTS[spec.top.kind].thickness + 0.045 * s), -0.015 * s, -0.1 * s);
      rig.bones.pelvis.add(mesh);
  }
}

/** Angles at which the arms hang clear of hip and bag, radians. */
function armSpread(spec: PersonSpec, d: Proportions): { L: number; R: number } {
  const cut = CUTS[spec.top.kind];
  const arm = 0.53 * d.scale;
  const angle = (room: number) => {
    const need = d.hipHalf + 2 * cut.thickness + 0.05 * d.scale + room - d.shoulderHalf;
    return Math.max(0.07, Math.asin(Math.min(0.5, Math.max(0, need) / arm)) + 0.03);
  };
  // The bag hangs behind the arm, which still gives it some room.
  return { L: angle(0), R: angle(spec.bag?.kind === 'shoulder' ? 0.045 : 0) };
}

export function createPerson(spec: PersonSpec, { detail }: PersonOptions): Person {
  const d = proportionsOf(spec);
  const rig = createRig(d);
  const { shape, release } = borrowShape(spec, detail);
  const materials = bodyMaterials(spec, d);
  const root = new Group();
  root.add(rig.bones.pelvis);

  const skinned = shape.body.map(([part, geometry]) => {
    const mesh = new SkinnedMesh(geometry, materials[part]);
    mesh.name = part;
    mesh.frustumCulled = false;
    mesh.castShadow = mesh.receiveShadow = true;
    // With a bind matrix given, three keeps the skeleton's own inverses.
    mesh.bind(rig.skeleton, new Matrix4());
    root.add(mesh);
    return mesh;
  });

  const head = createHead(spec, LEVELS[detail], shape.head);
  head.scale.setScalar(d.headScale);
  // The height is measured to the crown.
  const crown = d.height - rig.rest.head[1] - CROWN * d.headScale;
  head.position.set(0, crown, 0.035 * d.scale);
  rig.bones.head.add(head);

  if (shape.bag) {
    const bag = new Mesh(
      shape.bag,
      leatherMaterial(spec.bag!.colour, spec.bag!.kind === 'backpack' ? 0.85 : 0.5),
    );
    bag.name = 'bag';
    bag.castShadow = bag.receiveShadow = true;
    hangBag(spec, d, rig, bag);
  }

  const poser = new Poser(rig, d, armSpread(spec, d), { L: 1, R: spec.bag?.kind === 'tote' ? 0.35 : 1 });
  const silhouette: Mesh[] = [];
  root.traverse((o) => {
    if (o instanceof Mesh && o.name !== 'strands') silhouette.push(o);
  });

  const warp = faceWarp(spec.face);
  const { minX, maxX, minY, maxY, minZ, maxZ } = FACE_BOX;
  const faceCorners = [minX, maxX].flatMap((x) =>
    [minY, maxY].flatMap((y) => [minZ, maxZ].map((z) => warp(x, y, z))),
  );

  poser.stand({ time: 0 });
  return {
    spec,
    detail,
    root,
    head,
    faceCorners,
    silhouette,
    height: spec.height,
    radius: d.shoulderHalf + 0.06,
    strideLength: (speed) => strideLength(d, speed),
    walk: (pose) => poser.walk(pose),
    stand: (pose) => poser.stand(pose),
    sit: (seat) => poser.sit(seat),
    rideBicycle: (phase, fit = BICYCLE_FIT, look) => poser.sit({ ...bicycleSeat(d, fit, phase), look }),
    rideMotorcycle: (fit = MOTORCYCLE_FIT, look) => poser.sit({ ...motorcycleSeat(d, fit), look }),
    sampleVertices(step = 7) {
      root.updateWorldMatrix(true, true);
      const out: number[] = [];
      const v = new Vector3();
      for (const mesh of silhouette) {
        const position = mesh.geometry.getAttribute('position');
        for (let i = 0; i < position.count; i += step) {
          v.fromBufferAttribute(position, i);
          if (mesh instanceof SkinnedMesh) mesh.applyBoneTransform(i, v);
          v.applyMatrix4(mesh.matrixWorld);
          out.push(v.x, v.y, v.z);
        }
      }
      return new Float32Array(out);
    },
    dispose() {
      root.removeFromParent();
      release();
      const mine = new Set<Material>();
      root.traverse((o) => {
        if (o instanceof Mesh) mine.add(o.material as Material);
      });
      for (const material of mine) material.dispose();
      for (const mesh of skinned) mesh.skeleton.dispose();
    },
  };
}
