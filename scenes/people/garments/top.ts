/** Tops: T-shirt to coat and dress, as one field of trunk and sleeves over the body. */
import type { Field } from '../../sdf/primitives.ts';
import { bump, clamp, lerp, limb, smoothMax, smoothMin, smoothstep, tube } from '../../sdf/primitives.ts';
import type { Body } from '../body.ts';
import type { Proportions } from '../proportions.ts';
import type { TopSpec } from '../spec.ts';
import type { Cut } from './cut.ts';
import { coversHips } from './cut.ts';
import { creases, drape } from './folds.ts';
import type { Garment } from './garment.ts';

/** Cloth that hangs from the chest to the hem without following the waist. */
function hanging(d: Proportions, cut: Cut): Field {
  const s = d.scale;
  const hem = cut.hem * s;
  const from = 1.2 * s;
  const chest = Math.max(d.chestHalf, d.waistHalf) - 0.012 * s;
  return (x, y, z) => {
    const t = clamp((from - clamp(y, hem, from)) / (from - Math.max(hem, 0.84 * s)), 0, 1);
    const rx =
      lerp(chest, d.hipHalf + 0.002 * s, t * t * (3 - 2 * t)) -
      (1 - cut.boxy) * 0.03 * s * bump(t - 0.45, 0.4);
    const rz =
      lerp(0.098, 0.112 * (1 + 0.25 * d.build), t) * s - (1 - cut.boxy) * 0.018 * s * bump(t - 0.45, 0.4);
    return Math.max(tube(x, z, 0, -0.006 * s, rx, rz), y - 1.25 * s);
  };
}

/** Skirt of a dress or coat: widens from the waist, with a few deep folds at the hem. */
export function skirtField(
  d: Proportions,
  from: number,
  hem: number,
  flare: number,
  folds: number,
  seed: number,
): Field {
  const s = d.scale;
  return (x, y, z) => {
    const t = clamp((from - y) / (from - hem), 0, 1);
    const rx = lerp(d.waistHalf + 0.008 * s, d.hipHalf + 0.006 * s + flare * s * t, smoothstep(0, 0.42, t));
    const rz = lerp(0.098 * s, 0.115 * s * (1 + 0.2 * d.build) + flare * 0.9 * s * t, smoothstep(0, 0.42, t));
    const angle = Math.atan2(x, z);
    const depth = (0.004 + 0.1 * flare) * s * smoothstep(0.25, 1, t);
    const wave = Math.sin(angle * folds + seed + 0.8 * Math.sin(angle * 3 + seed));
    return tube(x, z, 0, -0.01 * s, rx, rz) + wave * depth;
  };
}

/** Stand-up part round the neck. */
function collarField(d: Proportions, cut: Cut, open: boolean): Field | null {
  const s = d.scale;
  const neck = (0.056 - 0.009 * d.feminine - 0.006 * d.child) * s;
  const ring = (
    radius: number,
    half: number,
    centre: number,
    thick: number,
    tilt: number,
    gap: number,
  ): Field => {
    return (x, y, z) => {
      const cy = centre * s + (z + 0.02 * s) * -0.4;
      // Flatter behind, where the back falls away from the neck.
      const behind = z + 0.024 * s;
      const r = Math.hypot(x, behind < 0 ? behind * 1.22 : behind);
      const shell = Math.abs(r - radius + (y - cy) * tilt) - thick * s;
      const slit = z > 0 ? gap * s * (1 + (y - cy) / (half * s)) * 0.5 - Math.abs(x) : -1;
      return Math.max(shell, Math.abs(y - cy) - half * s, slit);
    };
  };
  switch (cut.collar) {
    case 'round':
      return null;
    case 'roll':
      return ring(neck + 0.004 * s, 0.013, 1.437, 0.008, 0.1, 0);
    case 'shirt':
      return ring(neck + 0.006 * s, 0.022, 1.447, 0.007, 0.3, 0.035);
    case 'lapel':
    case 'sailor':
      return ring(neck + 0.013 * s, 0.026, 1.428, 0.009, 0.4, open ? 0.09 : 0.03);
    case 'hood':
      // Folded down: a soft roll round the back of the neck.
      return (x, y, z) => {
        const around = Math.hypot(x / 1.15, z + 0.045 * s) - 0.078 * s;
        const roll = Math.hypot(around, (y - 1.435 * s - 0.35 * (z + 0.05 * s) * -1) / 1.3) - 0.024 * s;
        return Math.max(roll, z - 0.02 * s);
      };
  }
}

export function topField(d: Proportions, body: Body, top: TopSpec, cut: Cut, seed: number): Field {
  const s = d.scale;
  const hem = cut.hem * s;
  const shift = seed * 7.31;
  const skirted = coversHips(cut);
  const trunk = hanging(d, cut);
  const skirt =
    skirted &&
    skirtField(
      d,
      d.waistY - 0.02 * s,
      hem,
      top.kind === 'dress' ? 0.1 : 0.045,
      top.kind === 'dress' ? 8 + (seed % 4) : 4,
      seed,
    );
  const collar = collarField(d, cut, top.open);
  const standing = cut.collar !== 'round';
  const snug = cut.boxy < 0.3;
  const thighs: Field = (x, y, z) =>
    limb(Math.abs(x), y, z, d.hip, d.knee, 0.084 * s * d.girth + 0.012, 0.074 * s * d.girth + 0.012);

  return (x, y, z) => {
    let f = body.torso(x, y, z);
    if (!snug) f = smoothMin(f, trunk(x, y, z), 0.05 * s);
    if (skirt) f = smoothMin(f, Math.max(skirt(x, y, z), y - d.waistY), 0.04 * s);
    // Room for the trousers underneath, whose legs stand apart at rest.
    if (!snug && y < d.hipY + 0.1 * s) f = smoothMin(f, thighs(x, y, z), 0.06 * s);
    f -= cut.thickness;

    const at = body.armPosition(x, y, z);
    const room = cut.thickness * 0.8 + cut.sleeve * smoothstep(0.05, cut.cuff, at);
    let sleeve = body.arm(x, y, z) - room;
    // The cuff of a long sleeve gathers at the wrist.
    if (cut.cuff > 1.8) sleeve += 0.5 * cut.sleeve * smoothstep(cut.cuff - 0.22, cut.cuff, at);
    sleeve = Math.max(sleeve, (at - cut.cuff) * 0.24 * s);
    f = smoothMin(Math.max(f, hem - y), sleeve, 0.028 * s);

    const elbow = bump(at - 1.02, 0.3) * smoothstep(0.02, -0.03, sleeve);
    const waist = bump(y - 1.0 * s, 0.11 * s);
    const armpit = bump(Math.abs(x) - d.shoulderHalf * 0.92, 0.05 * s) * bump(y - 1.24 * s, 0.08 * s);
    const amount = (0.0011 + 0.0042 * elbow + 0.0034 * waist * cut.boxy + 0.003 * armpit) * cut.fold;
    f += creases(x, y, z, shift) * amount * (1 - smoothstep(1.3 * s, 1.42 * s, y) * 0.8);
    f += drape(x, y, z, shift) * 0.0026 * cut.fold * smoothstep(1.15 * s, hem, y);

    const neckline =
      (standing ? 1.45 : 1.425) * s -
      (z + 0.02 * s) * 0.42 -
      (standing ? 0 : smoothstep(0.03, 0.09, z) * 0.012);
    f = smoothMax(f, y - neckline, 0.004);
    if (top.open) {
      // The shirt in the opening lies a little deeper than the jacket.
      const half = Math.max(0, (y - cut.opening * s) * 0.3);
      f += 0.006 * smoothstep(half + 0.004, half - 0.004, Math.abs(x)) * smoothstep(0.03, 0.06, z);
    }
    return collar ? smoothMin(f, collar(x, y, z), 0.014) : f;
  };
}

export function topGarment(d: Proportions, body: Body, top: TopSpec, cut: Cut, seed: number): Garment {
  const s = d.scale;
  const wide = coversHips(cut) ? 0.38 : 0.3;
  const half = Math.max(d.wrist[0] + 0.08 * s, wide * s);
  return {
    part: 'top',
    field: topField(d, body, top, cut, seed),
    min: [-half, cut.hem * s - 0.03, -wide * s],
    max: [half, 1.55 * s, wide * s],
    grain: 1,
    symmetric: false,
  };
}
