/** A random face and head of hair for an age and sex: how age and sex move the averages, and by how much people vary. */
import { Color } from 'three';
import type { Rng } from '../../rng.ts';
import { clamp, lerp, smoothstep } from '../../sdf/primitives.ts';
import type { FaceSpec, HairSpec, HairStyle, Sex } from '../spec.ts';

const SKINS = ['#dcb195', '#d4a686', '#e2bca1', '#c59775', '#d8ae93', '#e4c2aa', '#b98a68'] as const;
const LIPSTICKS = ['#ba343f', '#b63e48', '#bd464e', '#b02f3c'] as const;
const LIPS = ['#ad7266', '#a5685c', '#b3796c'] as const;
const HAIR = ['#14100e', '#1a1412', '#0e0c0b', '#201510'] as const;
const DYED = ['#3c2417', '#4a2f1e', '#583a26', '#2c1a12'] as const;

const mixed = (a: string, b: string, t: number) => `#${new Color(a).lerp(new Color(b), t).getHexString()}`;

export function randomFace(age: number, sex: Sex, rng: Rng): FaceSpec {
  const female = sex === 'female';
  const grown = smoothstep(9, 17, age);
  const young = clamp((18.5 - age) / 11, 0, 1);
  // Half-way proportions with full cheeks read younger than a face that is all forehead and eyes.
  const child = 0.6 * young;
  const elder = clamp((age - 30) / 29, 0, 1.6);
  const wrinkles = clamp((age - 21) / 34, 0, 1.6);
  const old = Math.min(1, elder);
  const adult = (value: number) => lerp(1, value, grown);
  // Make-up, which the old put on more lightly.
  const made = female ? grown * (1 - 0.65 * clamp((age - 50) / 20, 0, 1)) : 0;
  return {
    child,
    elder,
    feminine: female ? 1 : 0,
    length: rng.range(-1, 1),
    width: rng.range(-1, 1),
    eyeSpacing: rng.range(-1, 1),
    browHeight: rng.range(-1, 1) - (female ? 0.3 : 0),
    mouthHeight: rng.range(-1, 1),
    jaw: rng.range(0.92, 1.08) * adult(female ? 0.91 : 1.04),
    chin: rng.range(-0.8, 0.8) + grown * (female ? -0.35 : 0.3),
    cheeks: rng.range(-0.2, 0.25) * (1 - old) + 1.55 * young,
    eyeSize: rng.range(0.92, 1.08) * lerp(1, 1.06, young) * (female ? 1.12 : adult(0.98)),
    eyeOpening:
      rng.range(0.8, 1.1) * lerp(1, 1.12, young) * (female ? 1.15 : adult(0.97)) * lerp(1, 0.8, old),
    eyeTilt: rng.range(0.02, 0.09) - 0.06 * old,
    noseLength: female ? rng.range(0.15, 0.5) : lerp(0.3, rng.range(0.35, 0.9), grown),
    noseWidth:
      rng.range(0.86, 1.18) * (female ? 0.85 : adult(1.05)) * lerp(1, 0.87, young) * (1 + 0.06 * old),
    lips: rng.range(0.8, 1.2) * adult(female ? 1.34 : 0.98) * lerp(1, 0.74, old),
    mouthWidth: rng.range(0.9, 1.1) * adult(female ? 0.95 : 1.02) * lerp(1, 0.86, young),
    smile: rng.range(0.2, 0.9) + 0.5 * young,
    skin: mixed(mixed(rng.pick(SKINS), '#ebc9b2', 0.75 * young), '#ecd0bb', female ? 0.15 + 0.3 * made : 0),
    lip:
      female && age > 17
        ? mixed(rng.pick(LIPSTICKS), '#a56a5c', clamp((age - 50) / 22, 0, 0.85))
        : rng.pick(LIPS),
    iris: rng.pick(['#3d2416', '#4a2e1c', '#352015']),
    brow:
      age > 58
        ? mixed('#2a211c', '#8a847c', clamp((age - 58) / 25, 0, 0.8))
        : rng.pick(['#1c1512', '#241a15']),
    browWeight: adult(female ? 0.7 : 1.2) * rng.range(0.75, 1.25) * lerp(1, 0.62, young),
    browArch: female ? rng.range(0.6, 1) : rng.range(0.2, 0.65),
    stubble: !female && age > 18 ? rng.range(0.15, 0.7) : 0,
    blush: young > 0 ? 0.6 : female ? 0.4 + 0.35 * made : 0.3,
    lashes: female ? 1.15 + 0.8 * made : adult(0.7),
    eyeShadow: rng.range(0.5, 0.95) * (age > 17 ? made : 0),
    wrinkles,
  };
}

function randomStyle(age: number, sex: Sex, rng: Rng): HairStyle {
  if (sex === 'female') {
    if (age < 13) return rng.pick(['ponytail', 'ponytail', 'bun', 'short', 'bob']);
    if (age < 45) return rng.pick(['long', 'bob', 'ponytail', 'bun', 'long', 'bob']);
    if (age < 62) return rng.pick(['bob', 'bob', 'bun', 'ponytail', 'short']);
    return rng.pick(['bob', 'short', 'bun', 'short']);
  }
  if (age < 13) return rng.pick(['short', 'short', 'crop', 'bowl']);
  if (age < 45)
    return rng.pick(age < 25 ? ['short', 'parted', 'bowl', 'crop'] : ['short', 'parted', 'short', 'crop']);
  if (age < 60) return rng.pick(['short', 'parted', 'crop', 'receding']);
  return rng.pick(['short', 'receding', 'bald', 'parted', 'receding']);
}

export function randomHair(age: number, sex: Sex, rng: Rng): HairSpec {
  const style = randomStyle(age, sex, rng);
  const cuts: readonly HairStyle[] = ['receding', 'bald', 'crop'];
  const fringed = age < 13 ? 0.85 : age < 20 ? 0.5 : age < 40 ? (sex === 'female' ? 0.3 : 0.2) : 0.06;
  const fringe = style === 'bowl' || (!cuts.includes(style) && rng.chance(fringed));
  const dyed = age > 17 && age < 62 && rng.chance(sex === 'female' ? 0.4 : 0.15);
  return {
    style,
    colour: dyed ? rng.pick(DYED) : mixed(rng.pick(HAIR), '#3a281c', clamp((15 - age) / 12, 0, 0.8)),
    grey: dyed ? 0 : clamp((age - 44) / 28 + rng.range(-0.12, 0.12), 0, 1),
    fringe,
    volume: rng.range(0.1, 1) * (age > 60 ? 0.75 : 1),
    parting: rng.pick([-0.7, -0.4, 0, 0.4, 0.7]),
    length: rng.range(0, 1),
  };
}
