/** Bones of a body and their rest positions. The person's left is +x, forward +z, up +y; rest rotations are identity. */
import { Bone, Matrix4, Skeleton, Vector3 } from 'three';
import type { Vec3 } from '../sdf/primitives.ts';
import type { Proportions } from './proportions.ts';

export const BONES = [
  'pelvis',
  'spine',
  'chest',
  'neck',
  'head',
  'upperArmL',
  'foreArmL',
  'handL',
  'upperArmR',
  'foreArmR',
  'handR',
  'thighL',
  'shinL',
  'footL',
  'toesL',
  'thighR',
  'shinR',
  'footR',
  'toesR',
] as const;
export type BoneName = (typeof BONES)[number];
export const boneIndex = Object.fromEntries(BONES.map((name, i) => [name, i])) as Record<BoneName, number>;

const PARENT: Partial<Record<BoneName, BoneName>> = {
  spine: 'pelvis',
  chest: 'spine',
  neck: 'chest',
  head: 'neck',
  upperArmL: 'chest',
  foreArmL: 'upperArmL',
  handL: 'foreArmL',
  upperArmR: 'chest',
  foreArmR: 'upperArmR',
  handR: 'foreArmR',
  thighL: 'pelvis',
  shinL: 'thighL',
  footL: 'shinL',
  toesL: 'footL',
  thighR: 'pelvis',
  shinR: 'thighR',
  footR: 'shinR',
  toesR: 'footR',
};

const mirrored = ([x, y, z]: Vec3): Vec3 => [-x, y, z];
export const plus = (a: Vec3, x: number, y: number, z: number): Vec3 => [a[0] + x, a[1] + y, a[2] + z];

/** Where the ball of the foot is, from the ankle: the hinge of the toes. */
export const ballOf = (d: Proportions): Vec3 => plus(d.ankle, 0.004 * d.scale, -d.ankleY, 0.105 * d.scale);

/** @returns rest position of every bone's joint, metres, feet on y = 0 */
export function restPositions(d: Proportions): Record<BoneName, Vec3> {
  const s = d.scale;
  const ball = ballOf(d);
  return {
    pelvis: [0, d.hipY + 0.04 * s, 0],
    spine: [0, d.waistY - 0.01 * s, 0],
    chest: [0, 1.2 * s, -0.01 * s],
    neck: [0, d.neckY, -0.03 * s],
    head: [0, d.neckY + 0.075 * s, -0.015 * s],
    upperArmL: d.shoulder,
    foreArmL: d.elbow,
    handL: d.wrist,
    upperArmR: mirrored(d.shoulder),
    foreArmR: mirrored(d.elbow),
    handR: mirrored(d.wrist),
    thighL: d.hip,
    shinL: d.knee,
    footL: d.ankle,
    toesL: ball,
    thighR: mirrored(d.hip),
    shinR: mirrored(d.knee),
    footR: mirrored(d.ankle),
    toesR: mirrored(ball),
  };
}

export interface Rig {
  bones: Record<BoneName, Bone>;
  skeleton: Skeleton;
  rest: Record<BoneName, Vec3>;
}

export function createRig(d: Proportions): Rig {
  const rest = restPositions(d);
  const list = BONES.map((name) => {
    const bone = new Bone();
    bone.name = name;
    return bone;
  });
  const bones = Object.fromEntries(BONES.map((name, i) => [name, list[i]!])) as Record<BoneName, Bone>;
  for (const name of BONES) {
    const parent = PARENT[name];
    const at = new Vector3(...rest[name]);
    if (parent) {
      bones[parent].add(bones[name]);
      at.sub(new Vector3(...rest[parent]));
    }
    bones[name].position.copy(at);
  }
  const inverses = BONES.map((name) => {
    const [x, y, z] = rest[name];
    return new Matrix4().makeTranslation(-x, -y, -z);
  });
  return { bones, skeleton: new Skeleton(list, inverses), rest };
}
