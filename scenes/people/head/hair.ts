/**
 * Hair as a solid body over the skull (a distance field per style); the paint draws single strands along their flow.
 */
import { noise } from '../../sdf/noise.ts';
import type { Field, Vec3 } from '../../sdf/primitives.ts';
import {
  bump,
  clamp,
  ellipsoid,
  lerp,
  limb,
  roundBox,
  smoothMax,
  smoothMin,
  smoothstep,
  sphere,
} from '../../sdf/primitives.ts';
import type { HairSpec } from '../spec.ts';

/** How a style is cut; heights in the head's frame, metres. */
interface Style {
  /** Thickness over the skull on top. */
  top: number;
  /** Thickness at the sides, as a share of the top's. */
  sides: number;
  /** Hairline at the forehead without a fringe. */
  front: number;
  /** Lower edge before, above and behind the ear. */
  temple: number;
  back: number;
  /** Whether hair hangs below the ears. */
  curtain: boolean;
  tied: 'no' | 'tail' | 'bunches' | 'bun';
}

const STYLES: Readonly<Record<Exclude<HairSpec['style'], 'bald'>, Style>> = {
  short: { top: 0.013, sides: 0.55, front: 0.081, temple: -0.012, back: -0.058, curtain: false, tied: 'no' },
  crop: { top: 0.006, sides: 0.45, front: 0.084, temple: -0.008, back: -0.052, curtain: false, tied: 'no' },
  parted: { top: 0.016, sides: 0.5, front: 0.083, temple: -0.014, back: -0.056, curtain: false, tied: 'no' },
  bowl: { top: 0.015, sides: 1, front: 0.075, temple: -0.03, back: -0.07, curtain: false, tied: 'no' },
  bob: { top: 0.015, sides: 1, front: 0.08, temple: -0.02, back: -0.07, curtain: true, tied: 'no' },
  long: { top: 0.014, sides: 0.9, front: 0.08, temple: -0.02, back: -0.07, curtain: true, tied: 'no' },
  ponytail: {
    top: 0.009,
    sides: 0.8,
    front: 0.081,
    temple: -0.02,
    back: -0.06,
    curtain: false,
    tied: 'tail',
  },
  bunches: {
    top: 0.01,
    sides: 0.85,
    front: 0.081,
    temple: -0.02,
    back: -0.06,
    curtain: false,
    tied: 'bunches',
  },
  bun: { top: 0.009, sides: 0.8, front: 0.081, temple: -0.02, back: -0.06, curtain: false, tied: 'bun' },
  receding: { top: 0.008, sides: 0.8, front: 0.1, temple: -0.01, back: -0.06, curtain: false, tied: 'no' },
};

/** Wisps: long along the strands (downwards), short across; in about [-1, 1]. */
function wisps(x: number, y: number, z: number, seed: number): number {
  const a = Math.atan2(x, z + 0.01);
  return (
    noise(a * 12 + 3, y * 14, seed) * 0.5 +
    noise(a * 30, y * 18 + noise(x * 30, y * 30, z * 30), seed + 5) * 0.35 +
    noise(a * 70, y * 26, seed + 2) * 0.15
  );
}

/** Height below which there is no hair, by direction around the head (0 = front, pi = back). */
function hairline(hair: HairSpec, style: Style, x: number, z: number): number {
  const a = Math.abs(Math.atan2(x, z + 0.01));
  // A fringe falls to the side of the parting.
  const front = hair.fringe
    ? 0.041 + 0.014 * (1 - hair.volume) + 0.3 * hair.parting * x
    : style.front + 0.005 * hair.hairline;
  // A receding line climbs at the temples first.
  const corner =
    hair.style === 'receding' ? front + 0.016 : front + (hair.fringe ? -0.01 : 0.009 * hair.hairline - 0.006);
  if (a < 0.75) return lerp(front, corner, a / 0.75);
  if (a < 1.35) return lerp(corner, style.temple, smoothstep(0.75, 1.35, a));
  if (a < 1.75) return lerp(style.temple, 0.004, smoothstep(1.35, 1.5, a));
  return lerp(0.004, style.back, smoothstep(1.75, 2.4, a));
}

/** Hair that hangs from the crown round a face, down to `end`. */
function curtain(hair: HairSpec, x: number, y: number, z: number, wisp: number): number {
  const end = hair.style === 'bob' ? lerp(-0.07, -0.125, hair.length) : lerp(-0.17, -0.3, hair.length);
  const below = Math.max(0, -y);
  // A bob turns in at its end; long hair lies against neck and back.
  const flare =
    hair.style === 'bob'
      ? 0.06 * below - 1.1 * Math.max(0, below - 0.05) ** 1.5
      : -0.12 * Math.max(0, below - 0.1);
  const radius = 0.0885 + 0.0045 * hair.volume + 0.007 + flare;
  let d = Math.hypot(x, (z + 0.022) / 1.02) - radius - wisp * 0.004;
  d = smoothMax(d, y - 0.05, 0.02);
  d = smoothMax(d, end - y + wisp * 0.009, 0.008);
  const half = 0.061 + 0.008 * (1 - hair.volume) - wisp * 0.004;
  let face = roundBox(x, y, z, [0, -0.14, 0.11], [half, 0.2, 0.085], 0.03);
  if (y > 0.03) face = Math.max(face, y - 0.045);
  d = smoothMax(d, -face, 0.008);
  // Shoulders push long hair behind them.
  if (hair.style === 'long')
    d = smoothMax(d, -roundBox(Math.abs(x), y, z, [0.12, -0.25, 0.14], [0.1, 0.11, 0.13], 0.03), 0.02);
  return smoothMax(d, -(Math.hypot(x, z + 0.01) - 0.064), 0.01);
}

function fringeOfRemains(x: number, y: number, z: number, seed: number): number {
  const wisp = wisps(x, y, z, seed);
  const a = Math.abs(Math.atan2(x, z + 0.01));
  const low = a < 1.4 ? 0.2 : lerp(-0.005, -0.058, smoothstep(1.4, 2.4, a));
  let d = ellipsoid(x, y, z, 0, 0.036, -0.014, 0.0785, 0.088, 0.0985) - wisp * 0.002;
  d = smoothMax(d, low - y, 0.01);
  d = smoothMax(d, y - 0.05, 0.015);
  if (a < 1.3) d = Math.max(d, 0.01);
  return smoothMax(d, -ellipsoid(Math.abs(x), y, z, 0.077, -0.004, -0.014, 0.012, 0.033, 0.02), 0.004);
}

/** @param seed varies the wisps */
export function hairField(hair: HairSpec, seed: number): Field {
  const outside = 0.08;
  const far = (x: number, y: number, z: number) =>
    Math.abs(x) > 0.2 || y > 0.24 || y < -0.5 || z > 0.2 || z < -0.28;
  if (hair.style === 'bald') return (x, y, z) => (far(x, y, z) ? outside : fringeOfRemains(x, y, z, seed));

  const style = STYLES[hair.style];
  const top = style.top * (0.75 + 0.5 * hair.volume);
  const partX = hair.parting * 0.04;
  const parted = hair.style === 'parted' || style.curtain || style.tied !== 'no';
  // A hair band lies on the hair, from ear to ear.
  const banded = (d: number, y: number, z: number) =>
    hair.band ? Math.min(d, Math.max(d - 0.003, Math.abs(z - 0.012) - 0.006, -y)) : d;
  return (x, y, z) => {
    if (far(x, y, z)) return outside;
    const ax = Math.abs(x);
    const wisp = wisps(x, y, z, seed);
    // Shorn towards the nape, unless it is cut in one length.
    const nape = hair.style === 'bowl' || style.curtain ? 1 : smoothstep(-0.075, 0.005, y);
    const share = lerp(style.sides * (0.25 + 0.75 * nape), 1, smoothstep(0.01, 0.085, y));
    let d =
      ellipsoid(
        x,
        y,
        z,
        0,
        0.04,
        -0.015,
        0.0772 + top * 0.8 * share,
        0.0898 + top * 1.1,
        0.0978 + top * 0.8 * share,
      ) -
      wisp * (0.0025 + 0.09 * top) * share;
    // Locks: larger bodies of hair give the silhouette its life.
    if (style.tied === 'no')
      d -=
        (0.002 + 0.005 * hair.volume) *
        (noise(x * 24 + seed, y * 24, z * 24) + 0.3) *
        smoothstep(0, 0.06, y) *
        Math.min(1, top * 90);
    if (hair.style === 'short' || hair.style === 'parted') {
      const quiff = ellipsoid(
        x,
        y,
        z,
        -hair.parting * 0.012,
        0.106 + top * 0.5,
        0.05,
        0.044,
        0.016 + top * 0.4,
        0.034,
      );
      d = smoothMin(d, quiff - wisp * 0.004, 0.022);
    }
    if (parted) d += bump(x - partX, 0.0045) * smoothstep(-0.07, 0.02, z) * smoothstep(0.03, 0.08, y) * 0.005;
    const sweep =
      parted && !hair.fringe ? (x - partX) * Math.sign(x - partX) * 0.18 * smoothstep(0.02, 0.06, z) : 0;
    const line = hairline(hair, style, x, z) + wisp * (hair.fringe ? 0.008 : 0.005) - sweep;
    d = smoothMax(d, (line - y) * 0.8, 0.008);
    if (style.curtain) return banded(smoothMin(d, curtain(hair, x, y, z, wisp), 0.012), y, z);
    // Ears stay free.
    if (hair.style !== 'bowl')
      d = smoothMax(d, -ellipsoid(ax, y, z, 0.083, -0.006, -0.012, 0.014, 0.033, 0.02), 0.006);
    if (style.tied === 'tail') {
      const end = lerp(-0.1, -0.24, hair.length);
      d = smoothMin(
        d,
        limb(x, y, z, [0, 0.035, -0.105], [0, 0.02, -0.15], 0.016, 0.024) - wisp * 0.003,
        0.015,
      );
      d = smoothMin(d, limb(x, y, z, [0, 0.02, -0.15], [0, end, -0.145], 0.026, 0.012) - wisp * 0.005, 0.02);
    }
    if (style.tied === 'bunches') {
      const end = lerp(-0.1, -0.17, hair.length);
      d = smoothMin(d, limb(ax, y, z, [0.07, 0.016, -0.03], [0.092, 0.01, -0.035], 0.011, 0.012), 0.006);
      d = smoothMin(
        d,
        limb(ax, y, z, [0.1, -0.004, -0.035], [0.112, end, -0.02], 0.021, 0.011) - wisp * 0.006,
        0.006,
      );
    }
    if (style.tied === 'bun') d = smoothMin(d, sphere(x, y, z, 0, 0.07, -0.118, 0.034) - wisp * 0.004, 0.012);
    return d;
  };
}

/** Region that holds a style. */
export function hairRegion(hair: HairSpec): { min: Vec3; max: Vec3 } {
  const low = { long: -0.34, ponytail: -0.28, bunches: -0.21, bob: -0.17 }[hair.style as string] ?? -0.1;
  return { min: [-0.15, low, -0.22], max: [0.15, 0.19, 0.14] };
}

/** How far strands stand off the body of hair, metres. */
export const fuzzOf = (hair: HairSpec) =>
  clamp(0.003 + 0.004 * hair.volume, 0.002, 0.007) *
  (hair.style === 'bald' || hair.style === 'crop' ? 0.5 : 1);
