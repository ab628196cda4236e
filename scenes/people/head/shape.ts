/**
 * The head without hair as a distance field, symmetric in x. Features are laid out on an average adult face; children
 * are warped from it afterwards (`warp.ts`), because a child's face is the same face with other proportions.
 */
import type { Field } from '../../sdf/primitives.ts';
import { ellipsoid, lerp, limb, smoothMax, smoothMin, sphere } from '../../sdf/primitives.ts';
import type { FaceSpec } from '../spec.ts';
import { EYE } from './measures.ts';

function skullAndJaw(f: FaceSpec): Field {
  const { jaw, child, feminine } = f;
  const elder = Math.min(f.elder, 2.6);
  const chinY = lerp(-0.1, -0.083, child);
  const chinZ = lerp(0.078, 0.069, child) + f.chin * 0.004;
  const full = f.cheeks;
  return (x, y, z) => {
    let d = ellipsoid(x, y, z, 0, 0.038, -0.012, 0.0755, 0.09, 0.096);
    d = smoothMin(d, ellipsoid(x, y, z, 0, 0.016, 0.03, 0.0665, 0.07, 0.0605), 0.03);
    d = smoothMin(d, ellipsoid(x, y, z, 0, -0.035, 0.033, 0.051 * jaw, 0.062, 0.052), 0.03);
    const angle = [0.0425 * jaw, -0.052, 0.002] as const;
    const chin = [0.012 * jaw, chinY, chinZ - 0.007] as const;
    d = smoothMin(d, limb(x, y, z, angle, chin, 0.0165, 0.0145), 0.03);
    d = smoothMin(d, ellipsoid(x, y, z, 0, -0.068, 0.038, 0.036 * jaw, 0.042, 0.046), 0.025);
    // Cheek bones; fuller cheeks below them in children and the plump.
    d = smoothMin(d, sphere(x, y, z, 0.0445, -0.02, 0.0585, 0.0205 + 0.002 * f.cheeks), 0.024);
    d = smoothMin(d, sphere(x, y, z, 0.036, -0.048, 0.0535, 0.0195 + 0.007 * full), 0.03);
    const ridge = 0.0085 - 0.003 * feminine - 0.002 * child;
    d = smoothMin(
      d,
      limb(x, y, z, [0.009, 0.0245, 0.083], [0.044, 0.0235, 0.0665], ridge, ridge - 0.001),
      0.016,
    );
    d = smoothMin(d, sphere(x, y, z, 0, chinY, chinZ, 0.0155), 0.022);
    // Jowls and hollow temples come with age.
    if (elder > 0.15) {
      d = smoothMin(d, sphere(x, y, z, 0.035, -0.08, 0.047, 0.0105 + 0.0025 * elder), 0.024);
      d = smoothMax(d, -ellipsoid(x, y, z, 0.0765, 0.03, 0.05, 0.008, 0.022, 0.022), 0.014 * elder + 0.002);
    }
    return d;
  };
}

function eyes(f: FaceSpec): (d: number, x: number, y: number, z: number) => number {
  const a = 0.0148 * f.eyeSize;
  const b = 0.0055 * f.eyeOpening;
  const radius = (a * a + b * b) / (2 * b);
  return (skull, x, y, z) => {
    let d = smoothMax(skull, -ellipsoid(x, y, z, 0.0325, 0.003, 0.0985, 0.019, 0.0105, 0.0185), 0.012);
    d = smoothMin(d, sphere(x, y, z, EYE.x, EYE.y, EYE.z, EYE.radius + 0.0012), 0.007);
    // Bags under the eyes and lids that hang.
    if (f.elder > 0.2) {
      const bag = 0.0022 + 0.0012 * Math.min(f.elder, 2.4);
      d = smoothMin(d, limb(x, y, z, [0.022, -0.0125, 0.08], [0.04, -0.0115, 0.0725], bag, bag), 0.012);
      const lid = 0.0016 + 0.0016 * Math.min(f.elder, 2);
      d = smoothMin(d, limb(x, y, z, [0.02, 0.0115, 0.0835], [0.044, 0.0055, 0.0745], lid, lid), 0.006);
    }
    // The opening between the lids: two arcs.
    const qx = x - EYE.x;
    const qy = y - EYE.y - qx * f.eyeTilt;
    const almond = Math.max(
      Math.hypot(qx, qy + radius - b) - radius,
      Math.hypot(qx, qy - radius + b) - radius,
    );
    // The cut stops at the eyeball, so that its corners end in flesh.
    const ball = sphere(x, y, z, EYE.x, EYE.y, EYE.z, EYE.radius - 0.0006);
    return smoothMax(d, -Math.max(almond, EYE.z - 0.003 - z, -ball), 0.0012);
  };
}

function nose(f: FaceSpec): (d: number, x: number, y: number, z: number) => number {
  const { child, elder } = f;
  const length = f.noseLength * lerp(1, 0.6, child);
  const w = f.noseWidth;
  // The bridge is low in children and rises with growth; the tip droops a little in old age.
  const bridge = [0, 0.01, 0.0805 - 0.003 * child + 0.0035 * f.noseBridge * (1 - 0.7 * child)] as const;
  const tip = [0, -0.034 - 0.002 * elder, 0.097 + 0.007 * length] as const;
  return (face, x, y, z) => {
    let d = smoothMin(face, limb(x, y, z, bridge, tip, 0.0066, 0.0088), 0.018);
    d = smoothMin(
      d,
      sphere(x, y, z, 0, -0.037 - 0.002 * elder, 0.098 + 0.008 * length, 0.0087 + 0.0018 * w),
      0.011,
    );
    d = smoothMin(
      d,
      ellipsoid(x, y, z, 0.011 * w, -0.0425, 0.0935 + 0.003 * length, 0.0076, 0.0066, 0.0085),
      0.01,
    );
    return smoothMax(
      d,
      -ellipsoid(x, y, z, 0.0062 * w, -0.0497, 0.0975 + 0.004 * length, 0.0034, 0.003, 0.0042),
      0.004,
    );
  };
}

function mouth(f: FaceSpec): (d: number, x: number, y: number, z: number) => number {
  const { lips, elder, cheeks, child, mouthWidth: m } = f;
  return (face, x, y, z) => {
    let d = smoothMin(face, ellipsoid(x, y, z, 0, -0.068, 0.0765, 0.026, 0.022, 0.0165), 0.018);
    // Two soft rolls for the lips; colour draws the line between them.
    d = smoothMin(
      d,
      limb(x, y, z, [0.0035, -0.0648, 0.0908], [0.019 * m, -0.0674, 0.0845], 0.0036 * lips, 0.0016),
      0.007,
    );
    d = smoothMin(
      d,
      limb(x, y, z, [0, -0.0732, 0.0903], [0.0175 * m, -0.0695, 0.0842], 0.0044 * lips, 0.0016),
      0.007,
    );
    d = smoothMax(d, -sphere(x, y, z, 0, -0.0845, 0.1005, 0.0085), 0.013);
    // Fold from nose to mouth: a soft valley where a child's full cheeks end, a deeper one in old age.
    const deep = 0.0009 + 0.0012 * elder - 0.0005 * child;
    return smoothMax(
      d,
      -limb(x, y, z, [0.0172, -0.0425, 0.0985], [0.0325, -0.075, 0.0855], deep, deep * 0.7),
      0.006 + 0.0035 * elder + 0.003 * child + 0.001 * Math.max(0, cheeks),
    );
  };
}

function ear(x: number, y: number, z: number): number {
  const shell = ellipsoid(x, y, z, 0.0765, -0.004, -0.014, 0.0085, 0.031, 0.0175);
  return smoothMax(shell, -ellipsoid(x, y, z, 0.0845, -0.004, -0.009, 0.006, 0.019, 0.0095), 0.006);
}

/** @returns the head with the upper neck, in the head's frame */
export function headField(f: FaceSpec): Field {
  const skull = skullAndJaw(f);
  const withEyes = eyes(f);
  const withNose = nose(f);
  const withMouth = mouth(f);
  const neck = -0.01 * Math.max(f.feminine, f.child);
  return (px, y, z) => {
    const x = Math.abs(px);
    // Far away a coarse bound is enough.
    if (x > 0.13 || y > 0.18 || y < -0.27 || z > 0.17 || z < -0.17)
      return Math.max(x - 0.1, y - 0.14, -y - 0.24, z - 0.13, -z - 0.13, 0.02);
    let d = skull(x, y, z);
    if (z > 0.02) {
      d = withEyes(d, x, y, z);
      d = withNose(d, x, y, z);
      d = withMouth(d, x, y, z);
    }
    d = smoothMin(d, ear(x, y, z), 0.008);
    return smoothMin(
      d,
      limb(x, y, z, [0, -0.05, -0.02], [0, -0.2, -0.035], 0.05 + neck, 0.054 + neck),
      0.025,
    );
  };
}
