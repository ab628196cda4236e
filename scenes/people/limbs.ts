/** Two-bone limbs: from directions or from a target for the hand or foot to rotations of the bones. */
import { Matrix4, Quaternion, Vector3 } from 'three';

const x = new Vector3();
const y = new Vector3();
const z = new Vector3();
const basis = new Matrix4();

/** Rotation whose y axis is `direction` and whose z axis lies towards `pole`. */
function frame(direction: Vector3, pole: Vector3, out: Quaternion): Quaternion {
  y.copy(direction).normalize();
  z.copy(pole).addScaledVector(y, -pole.dot(y));
  if (z.lengthSq() < 1e-10) z.set(0, 0, 1).addScaledVector(y, -y.z);
  z.normalize();
  x.crossVectors(y, z);
  return out.setFromRotationMatrix(basis.makeBasis(x, y, z));
}

/** The rotation that takes a bone from its rest direction to `direction`, turning about it towards `pole`. */
export function aim(
  rest: Vector3,
  restPole: Vector3,
  direction: Vector3,
  pole: Vector3,
  out: Quaternion,
): Quaternion {
  frame(direction, pole, out);
  return out.multiply(frame(rest, restPole, new Quaternion()).invert());
}

/**
 * Directions of the two bones of a limb so that its end reaches `target`, the joint bending towards `pole`.
 * A target out of reach is approached with the limb nearly straight.
 */
export function reach(
  root: Vector3,
  target: Vector3,
  pole: Vector3,
  upperLength: number,
  lowerLength: number,
): { upper: Vector3; lower: Vector3 } {
  const to = target.clone().sub(root);
  const longest = (upperLength + lowerLength) * 0.9995;
  const shortest = Math.abs(upperLength - lowerLength) * 1.02 + 1e-4;
  const distance = Math.min(longest, Math.max(shortest, to.length()));
  if (to.lengthSq() < 1e-12) to.set(0, -1, 0);
  to.normalize();
  const side = pole.clone().addScaledVector(to, -pole.dot(to)).normalize();
  const cos = (upperLength ** 2 + distance ** 2 - lowerLength ** 2) / (2 * upperLength * distance);
  const sin = Math.sqrt(Math.max(0, 1 - cos * cos));
  const upper = to.clone().multiplyScalar(cos).addScaledVector(side, sin);
  const lower = to.multiplyScalar(distance).addScaledVector(upper, -upperLength).normalize();
  return { upper, lower };
}
