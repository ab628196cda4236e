/**
 * From the common layout to one person's proportions, applied to every mesh of the head alike: a child's, an old
 * person's, and individual features.
 */
import type { Vec3 } from '../../sdf/primitives.ts';
import { bump, lerp, smoothstep } from '../../sdf/primitives.ts';
import type { FaceSpec } from '../spec.ts';
import { EYE } from './measures.ts';

export type Warp = (x: number, y: number, z: number) => Vec3;

type Proportion = Pick<
  FaceSpec,
  | 'child'
  | 'elder'
  | 'length'
  | 'width'
  | 'eyeSpacing'
  | 'eyeDepth'
  | 'browHeight'
  | 'mouthHeight'
  | 'forehead'
  | 'noseLength'
>;

export function faceWarp(face: Proportion): Warp {
  const { child, elder } = face;
  return (x0, y0, z0) => {
    const sign = x0 < 0 ? -1 : 1;
    let x = Math.abs(x0);
    let y = y0;
    let z = z0;
    if (child > 0) {
      // The lower face is short, the eyes are big and low, the cheeks round, the nose small, the forehead high.
      if (y < 0.02) y = 0.02 + (y - 0.02) * lerp(1, 0.76, child * smoothstep(-0.25, 0, z + 0.2));
      const near = Math.hypot(x - EYE.x, (y0 - EYE.y) * 1.1);
      const zoom = 1 + 0.27 * child * bump(near, 0.021) * smoothstep(0.03, 0.06, z);
      x = EYE.x + (x - EYE.x) * zoom;
      y += (y0 - EYE.y) * (zoom - 1);
      y -= 0.006 * child * bump(y0 - 0.005, 0.045) * smoothstep(0.02, 0.05, z0);
      const cheek = bump(y0 + 0.045, 0.03) * smoothstep(0, 0.04, z);
      x *= 1 + 0.05 * child * cheek;
      z += 0.003 * child * cheek * smoothstep(0.02, 0.04, x);
      z -= 0.009 * child * bump(x, 0.017) * bump(y0 + 0.03, 0.025) * smoothstep(0.085, 0.1, z0);
      z += 0.005 * child * bump(y0 - 0.06, 0.035) * smoothstep(0.03, 0.07, z0);
    }
    if (elder > 0) {
      // Ears grow all life long.
      y += 0.06 * Math.min(elder, 2.5) * (y0 + 0.004) * smoothstep(0.068, 0.076, x);
      const jowl = bump(y + 0.085, 0.022) * bump(x - 0.038, 0.014);
      y -= 0.003 * elder * jowl;
      x += 0.0025 * elder * jowl;
      z -= 0.0025 * elder * bump(y + 0.03, 0.02) * bump(x - 0.05, 0.015);
    }
    const front = smoothstep(0.02, 0.05, z0);
    x += 0.0048 * face.eyeSpacing * bump(x - EYE.x, 0.024) * bump(y0 - 0.008, 0.024) * front;
    z -= 0.0028 * face.eyeDepth * bump(x - EYE.x, 0.02) * bump(y0 - 0.002, 0.016) * front;
    x *= 1 + 0.1 * face.width * (1 - 0.5 * child) * bump(y0 + 0.035, 0.055);
    y += 0.006 * face.browHeight * bump(y0 - 0.025, 0.013) * front;
    y += 0.006 * face.mouthHeight * bump(y0 + 0.068, 0.021) * front;
    y -= 0.007 * (face.noseLength - 0.45) * bump(x, 0.02) * bump(y0 + 0.038, 0.018) * front;
    z += 0.005 * face.forehead * bump(y0 - 0.06, 0.03) * front;
    y -= 0.014 * face.length * smoothstep(-0.015, -0.1, y0) * smoothstep(-0.2, -0.13, y0);
    return [sign * x, y, z];
  };
}

/** Where the warp puts the centre of the left eye. */
export const eyeCentre = (face: Proportion): Vec3 => {
  const [x, y, z] = faceWarp(face)(EYE.x, EYE.y, EYE.z);
  return [x, y, z - 0.0012 * face.child];
};
