/**
 * A random face and head of hair for an age and sex: the effect of age and sex on the averages, and the variation
 * between people.
 */
import { Color } from 'three';
import type { Rng } from '../../rng.ts';
import { clamp, lerp, smoothstep } from '../../sdf/primitives.ts';
import type { FaceSpec, HairSpec, HairStyle, Sex } from '../spec.ts';

const SKINS = [
  '#dcb195',
  '#d2a98c',
  '#e2bca1',
  '#c49c80',
  '#d8ae93',
  '#ecccb6',
  '#b68d70',
  '#ab876f',
  '#9c7862',
  '#e6b99c',
] as const;
const LIPSTICKS = ['#ba343f', '#b8555c', '#c2666a', '#b02f3c', '#a8485a'] as const;
const LIPS = ['#ad7266', '#a5685c', '#b3796c'] as const;
const BANDS = ['#c8323c', '#e0708e', '#f0e6d8', '#d8a020', '#5a78c0'] as const;
const HAIR = ['#14100e', '#1a1412', '#0e0c0b', '#201510'] as const;
const DYED = ['#3c2417', '#4a2f1e', '#6b4a30', '#2c1a12', '#4a2a1e'] as const;

const mixed = (a: string, b: string, t: number) => `#${new Color(a).lerp(new Color(b), t).getHexString()}`;

export function randomFace(age: number, sex: Sex, rng: Rng): FaceSpec {
  const female = sex === 'female';
  const grown = smoothstep(9, 17, age);
  const young = clamp((19 - age) / 11.5, 0, 1) ** 0.85;
  const child = 0.97 * young;
  // Faces age slowly at first and fast in the end.
  const ageing = (from: number, years: number) => {
    const t = Math.max(0, (age - from) / years);
    return clamp(1.5 * t + 0.25 * t * t, 0, 3.2);
  };
  // What most of the years between forty and sixty do.
  const middle = smoothstep(36, 50, age) * smoothstep(84, 64, age);
  const late = smoothstep(52, 78, age);
  // Women's skin stays smooth for longer; their features sag as early.
  const elder = (female ? 1.25 : 1) * ageing(25, 29) + 0.45 * middle + 0.3 * late;
  const wrinkles = (female ? 0.85 : 1) * ageing(18, 32) + 0.5 * middle + 0.3 * late;
  const old = Math.min(1, ageing(25, 29) / 1.5);
  const adult = (value: number) => lerp(1, value, grown);
  // Make-up, lighter with age.
  const made = female ? grown * (1 - 0.65 * clamp((age - 48) / 22, 0, 1)) : 0;
  // Children's features differ less by sex and by person than those of adults.
  const apart = 1 - 0.5 * young;
  const soft = Math.max(female ? 1 : 0, 1 - grown);
  const womanly = female ? lerp(0.8, 1, grown) : 0;
  return {
    child,
    elder,
    feminine: soft,
    length: rng.range(-1, 1) * apart - 0.38 * womanly,
    width: rng.range(-1, 1) * apart,
    eyeSpacing: rng.range(-1, 1) * apart,
    browHeight: rng.range(-1, 1) * apart - (female ? 0.05 : 0),
    mouthHeight: rng.range(-1, 1) * apart,
    jaw: rng.range(0.86, 1.14) * adult(female ? 0.85 : 1.04),
    chin: rng.range(-1.2, 1.2) * apart + grown * (female ? -0.7 : 0.3),
    cheeks: rng.range(-0.5, 0.6) * (1 - old) * (1 - young) + 1.75 * young - 0.5 * late,
    eyeSize: rng.range(0.88, 1.12) * (1 + 0.08 * womanly) * lerp(lerp(0.98, 1.12, soft), 1.2, young),
    eyeOpening:
      rng.range(0.74, 1.16) *
      (1 + 0.17 * womanly) *
      lerp(lerp(0.97, 1.15, soft), 1.3, young) *
      lerp(1, 0.8, old) *
      lerp(1, 0.95, late),
    eyeTilt: rng.range(-0.03, 0.14) - 0.08 * old - 0.05 * late,
    noseLength:
      lerp(0.25, female ? rng.range(-0.25, 0.6) : rng.range(0.2, 1.3), grown) + (female ? 0.1 : 0.25) * old,
    noseWidth:
      rng.range(0.8, 1.25) *
      lerp(1.05, 0.85, soft) *
      (1 - 0.07 * womanly) *
      lerp(1, 0.85, young) *
      (1 + 0.1 * old + 0.1 * late),
    noseBridge: rng.range(-1, 1) * apart,
    eyeDepth: rng.range(-1, 1) * apart + 0.4 * old,
    forehead: rng.range(-1, 1) * apart,
    lips:
      (female ? rng.range(0.85, 1.3) : rng.range(0.62, 1.25)) *
      adult(female ? 1.4 : 0.95) *
      lerp(1, female ? 0.8 : 0.6, old) *
      lerp(1, 0.8, late) *
      (1 + 0.13 * young),
    mouthWidth: rng.range(0.95, 1.2) * adult(female ? 0.98 : 1.05) * lerp(1, 0.86, young),
    smile: rng.range(-0.1, 1.2) * (1 - 0.5 * old) + 0.9 * young,
    skin: mixed(mixed(rng.pick(SKINS), '#ebc9b2', 0.6 * young), '#ecd0bb', female ? 0.24 + 0.26 * made : 0),
    lip:
      female && age > 17
        ? mixed(rng.pick(LIPSTICKS), '#a56a5c', clamp((age - 50) / 36, 0, 0.6))
        : rng.pick(LIPS),
    iris: rng.pick(['#3d2416', '#4a2e1c', '#352015']),
    brow: mixed(
      mixed(rng.pick(['#1c1512', '#241a15', '#3a2a1e']), '#6a4c36', 0.6 * young),
      '#a8a29a',
      clamp((age - 50) / 28, 0, 0.85),
    ),
    browWeight:
      adult(female ? 0.7 : 1.2) *
      (female ? rng.range(0.5, 1.15) : rng.range(0.55, 1.5)) *
      lerp(1, 0.4, young) *
      lerp(1, 0.8, old),
    browArch: (female ? rng.range(0.55, 1.5) : rng.range(-0.2, 0.9)) * (1 - 0.5 * young),
    stubble: !female && age > 18 ? rng.range(0.1, 0.75) : 0,
    ...beard(age, sex, rng.fork('beard')),
    lidCrease: rng.range(0, 1),
    blush: young > 0 ? 0.6 : female ? 0.4 + 0.35 * made : 0.3,
    lashes: female ? 1.7 + 0.35 * made : adult(0.7),
    eyeShadow: rng.range(0.5, 0.95) * (age > 17 ? made : 0),
    wrinkles,
  };
}

/** One adult man in four has a beard or moustache. */
function beard(
  age: number,
  sex: Sex,
  rng: Rng,
): Pick<FaceSpec, 'moustache' | 'goatee' | 'whiskers' | 'beard'> {
  const kind = rng.weighted<'none' | 'moustache' | 'goatee' | 'full'>([
    ['none', 6],
    ['moustache', 0.6],
    ['goatee', 0.7],
    ['full', 0.7],
  ]);
  const wears = sex === 'male' && age > 23 ? rng.range(0.7, 1) : 0;
  return {
    moustache: kind === 'none' ? 0 : wears,
    goatee: kind === 'goatee' || kind === 'full' ? wears : 0,
    whiskers: kind === 'full' ? wears : 0,
    beard: mixed('#241b16', '#bdb7af', clamp((age - 42) / 25 + rng.range(-0.1, 0.1), 0, 1)),
  };
}

function randomStyle(age: number, sex: Sex, rng: Rng): HairStyle {
  if (sex === 'female') {
    if (age < 13) return rng.pick(['bunches', 'bob', 'long', 'bob', 'long']);
    if (age < 45) return rng.pick(['long', 'bob', 'ponytail', 'long', 'long', 'bob']);
    if (age < 62) return rng.pick(['bob', 'bob', 'bun', 'long', 'bob']);
    return rng.pick(['bob', 'bun', 'bob', 'bob']);
  }
  if (age < 13) return rng.pick(['short', 'short', 'crop', 'bowl']);
  if (age < 45)
    return rng.pick(age < 25 ? ['short', 'parted', 'bowl', 'crop'] : ['short', 'parted', 'short', 'crop']);
  if (age < 60) return rng.pick(['short', 'parted', 'crop', 'receding']);
  return rng.pick(['crop', 'receding', 'bald', 'crop', 'receding']);
}

export function randomHair(age: number, sex: Sex, rng: Rng): HairSpec {
  const style = randomStyle(age, sex, rng);
  const cuts: readonly HairStyle[] = ['receding', 'bald', 'crop'];
  const fringed = age < 13 ? 0.85 : age < 20 ? 0.5 : age < 40 ? (sex === 'female' ? 0.3 : 0.2) : 0.06;
  // Hair tied behind is swept back.
  const tied = style === 'ponytail' || style === 'bun';
  const fringe = style === 'bowl' || (!cuts.includes(style) && rng.chance(tied ? fringed / 3 : fringed));
  const band =
    style === 'bunches' || (sex === 'female' && age < 13 && rng.fork('band').chance(0.6))
      ? rng.fork('band-colour').pick(BANDS)
      : null;
  const dyed = age > 17 && age < 62 && rng.chance(sex === 'female' ? 0.4 : 0.15);
  return {
    style,
    colour: dyed ? rng.pick(DYED) : mixed(rng.pick(HAIR), '#3a281c', clamp((15 - age) / 12, 0, 0.8)),
    grey: dyed ? 0 : clamp((age - 42) / 28 + rng.range(-0.12, 0.12), 0, 1),
    silver: mixed('#7d7872', '#d0cdc8', clamp((age - 58) / 28 + rng.range(-0.35, 0.35), 0, 1)),
    hairline: rng.range(-1, 1) + (sex === 'male' ? smoothstep(45, 80, age) : 0),
    fringe,
    volume: rng.range(0.1, 1) * lerp(1, sex === 'male' ? 0.4 : 0.7, smoothstep(50, 75, age)),
    parting: rng.pick([-0.7, -0.4, 0, 0.4, 0.7]),
    length: rng.range(0, 1),
    band,
  };
}
