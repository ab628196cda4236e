/** Which bones carry which vertex, from where it is on the body at rest. */
import { BufferAttribute, type BufferGeometry } from 'three';
import { clamp, smoothstep } from '../sdf/primitives.ts';
import type { Body } from './body.ts';
import type { Part } from './garments/garment.ts';
import type { Proportions } from './proportions.ts';
import type { BoneName } from './skeleton.ts';
import { boneIndex } from './skeleton.ts';

type Weights = Partial<Record<BoneName, number>>;
type Weigher = (x: number, y: number, z: number) => Weights;

/** Trunk by height: pelvis, spine, chest, and the neck on top. */
function trunk(d: Proportions, y: number): Weights {
  const s = d.scale;
  const spine = smoothstep(d.hipY + 0.03 * s, d.waistY + 0.05 * s, y);
  const chest = smoothstep(1.1 * s, 1.27 * s, y);
  return { pelvis: 1 - spine, spine: spine * (1 - chest), chest: spine * chest };
}

/**
 * Share of a vertex that goes with the thighs: none at the waist, all from the crotch down. It changes below the hem of
 * most tops, so that trousers stay under them while a leg swings.
 */
const thighShare = (d: Proportions, y: number) =>
  1 - smoothstep(d.hipY - 0.16 * d.scale, d.hipY + 0.03 * d.scale, y);

const leftShare = (d: Proportions, x: number, width: number) =>
  smoothstep(-width * d.scale, width * d.scale, x);

function scaled(weights: Weights, factor: number): Weights {
  return Object.fromEntries(Object.entries(weights).map(([k, v]) => [k, v * factor])) as Weights;
}

function arm(body: Body, x: number, y: number, z: number): Weights {
  const side = x >= 0 ? 'L' : 'R';
  const t = body.armPosition(x, y, z);
  const fore = smoothstep(0.84, 1.16, t);
  const hand = smoothstep(1.88, 2.1, t);
  return {
    [`upperArm${side}`]: 1 - fore,
    [`foreArm${side}`]: fore * (1 - hand),
    [`hand${side}`]: fore * hand,
  };
}

/** Cloth round both legs: follows each by nearness, and by `share` only. */
function cloth(d: Proportions, x: number, y: number, share: number, blend: number): Weights {
  const thighs = thighShare(d, y) * share;
  const left = leftShare(d, x, blend);
  return { ...scaled(trunk(d, y), 1 - thighs), thighL: thighs * left, thighR: thighs * (1 - left) };
}

function leg(d: Proportions, x: number, y: number): Weights {
  const thighs = thighShare(d, y);
  const left = leftShare(d, x, 0.012);
  const shin = 1 - smoothstep(d.kneeY - 0.075 * d.scale, d.kneeY + 0.075 * d.scale, y);
  return {
    pelvis: 1 - thighs,
    thighL: thighs * left * (1 - shin),
    thighR: thighs * (1 - left) * (1 - shin),
    shinL: thighs * left * shin,
    shinR: thighs * (1 - left) * shin,
  };
}

function foot(d: Proportions, x: number, y: number, z: number): Weights {
  const side = x >= 0 ? 'L' : 'R';
  const s = d.scale;
  const ball = d.ankle[2] + 0.105 * s;
  const toes = smoothstep(ball - 0.018 * s, ball + 0.018 * s, z);
  const shaft = smoothstep(d.ankleY + 0.02 * s, d.ankleY + 0.09 * s, y);
  return {
    [`foot${side}`]: (1 - toes) * (1 - shaft),
    [`toes${side}`]: toes * (1 - shaft),
    [`shin${side}`]: shaft,
  };
}

function weigherFor(part: Part, d: Proportions, body: Body): Weigher {
  const s = d.scale;
  switch (part) {
    case 'shoes':
      return (x, y, z) => foot(d, x, y, z);
    case 'legs':
    case 'trousers':
      return (x, y) => leg(d, x, y);
    case 'skirt':
      return (x, y) => cloth(d, x, y, 0.55, 0.09);
    case 'arms':
      return (x, y, z) => arm(body, x, y, z);
    case 'neck':
      return (_x, y) => {
        const head = smoothstep(1.47 * s, 1.56 * s, y) * 0.8;
        const neck = smoothstep(1.38 * s, 1.46 * s, y) * (1 - head);
        return { chest: 1 - neck - head, neck, head };
      };
    case 'straps':
      return (_x, y) => trunk(d, y);
    case 'top':
      return (x, y, z) => {
        const near = body.torso(x, y, z) - body.arm(x, y, z);
        // Only cloth on the outer side of the shoulder goes with the arm; the rest of the trunk stays put.
        const outside = smoothstep(d.shoulderHalf * 0.72, d.shoulderHalf * 1.02, Math.abs(x));
        const sleeve = clamp(smoothstep(-0.012 * s, 0.02 * s, near) * outside, 0, 1);
        const long = 0.45 + 0.27 * smoothstep(0.66 * s, 0.82 * s, y);
        const rest = scaled(cloth(d, x, y, long, 0.1), 1 - sleeve);
        return { ...rest, ...scaled(arm(body, x, y, z), sleeve) };
      };
  }
}

/** Adds `skinIndex` and `skinWeight` to a geometry at rest. */
export function addSkinning(geometry: BufferGeometry, part: Part, d: Proportions, body: Body): void {
  const weigh = weigherFor(part, d, body);
  const position = geometry.getAttribute('position');
  const indices = new Uint16Array(position.count * 4);
  const weights = new Float32Array(position.count * 4);
  for (let v = 0; v < position.count; v++) {
    const found = Object.entries(weigh(position.getX(v), position.getY(v), position.getZ(v)))
      .filter(([, w]) => w > 1e-4)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 4);
    const sum = found.reduce((total, [, w]) => total + w, 0) || 1;
    found.forEach(([name, w], i) => {
      indices[v * 4 + i] = boneIndex[name as BoneName];
      weights[v * 4 + i] = w / sum;
    });
  }
  geometry.setAttribute('skinIndex', new BufferAttribute(indices, 4));
  geometry.setAttribute('skinWeight', new BufferAttribute(weights, 4));
}
