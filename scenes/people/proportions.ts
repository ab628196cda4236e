/**
 * A body's measures from height, age, sex and build. Segment lengths as shares of the height follow Drillis & Contini
 * (1966), as tabulated in Winter, "Biomechanics and Motor Control of Human Movement"; children have relatively larger
 * heads (about 5.5 heads tall at six years against 7.3 grown up).
 */
import type { Vec3 } from '../sdf/primitives.ts';
import { clamp, lerp } from '../sdf/primitives.ts';
import type { PersonSpec } from './spec.ts';

export interface Proportions {
  height: number;
  /** Scale of everything below the head against a body of 1.7 m. */
  scale: number;
  /** Scale of the head mesh. */
  headScale: number;
  /** 0 grown up to 1 small child. */
  child: number;
  /** 0 to 1, rises from about 45 to 80 years: posture, not face. */
  frailty: number;
  feminine: number;
  build: number;
  shoulderHalf: number;
  chestHalf: number;
  waistHalf: number;
  hipHalf: number;
  hipY: number;
  kneeY: number;
  ankleY: number;
  waistY: number;
  chestY: number;
  shoulderY: number;
  neckY: number;
  /** Rest positions of the left joints; the right ones are mirrored. Legs and arms are spread at rest. */
  hip: Vec3;
  knee: Vec3;
  ankle: Vec3;
  shoulder: Vec3;
  elbow: Vec3;
  wrist: Vec3;
  /** Factor on limb radii. */
  girth: number;
}

/** How far the legs are spread at rest, radians: keeps the two trouser legs apart while they are meshed. */
const LEG_SPREAD = 0.15;
const ARM_SPREAD = 0.3;
const FOREARM_SPREAD = 0.22;
/** From the pivot of the neck to the crown at scale 1. */
const HEAD_HEIGHT = 0.235;
const REFERENCE_HEIGHT = 1.7;

export function proportionsOf(spec: Pick<PersonSpec, 'age' | 'sex' | 'height' | 'build'>): Proportions {
  const { height, build, age } = spec;
  const feminine = spec.sex === 'female' ? 1 : 0;
  const child = clamp((16 - age) / 11, 0, 1);
  // Curves of sex come with puberty.
  const grown = feminine * clamp((age - 9) / 6, 0, 1);
  const headScale = lerp(1, 0.93, child) * lerp(1, 0.965, feminine * (1 - 0.5 * child));
  const s = (height - HEAD_HEIGHT * headScale) / (REFERENCE_HEIGHT - HEAD_HEIGHT);
  const hipY = 0.905 * s;
  const kneeY = 0.485 * s;
  const ankleY = 0.085 * s;
  const shoulderY = 1.352 * s;
  const shoulderHalf = lerp(0.172, 0.151, grown) * s * lerp(1, 0.93, child);
  const hipX = 0.088 * s;
  const spread = Math.tan(LEG_SPREAD);
  const shoulder: Vec3 = [shoulderHalf, shoulderY, -0.012 * s];
  const upper = 0.285 * s;
  const fore = 0.245 * s;
  const elbow: Vec3 = [
    shoulderHalf + upper * Math.sin(ARM_SPREAD),
    shoulderY - upper * Math.cos(ARM_SPREAD),
    -0.018 * s,
  ];
  const wrist: Vec3 = [
    elbow[0] + fore * Math.sin(FOREARM_SPREAD),
    elbow[1] - fore * Math.cos(FOREARM_SPREAD),
    0.012 * s,
  ];
  return {
    height,
    scale: s,
    headScale,
    child,
    frailty: clamp((age - 45) / 38, 0, 1),
    feminine: grown,
    build,
    shoulderHalf,
    chestHalf: lerp(0.15, 0.134, grown) * s * (1 + 0.14 * build),
    waistHalf: lerp(0.136, 0.117, grown) * s * (1 + 0.4 * build),
    hipHalf: lerp(0.148, 0.16, grown) * s * (1 + 0.16 * build),
    hipY,
    kneeY,
    ankleY,
    waistY: 1.07 * s,
    chestY: 1.235 * s,
    shoulderY,
    neckY: 1.43 * s,
    hip: [hipX, hipY, 0],
    knee: [hipX + spread * (hipY - kneeY), kneeY, 0.008 * s],
    ankle: [hipX + spread * (hipY - ankleY), ankleY, -0.018 * s],
    shoulder,
    elbow,
    wrist,
    girth: 1 + 0.22 * build - 0.1 * child,
  };
}
