/** A random person: the same seed and constraints always give the same spec. */
import { createRng } from '../rng.ts';
import { clamp, lerp } from '../sdf/primitives.ts';
import { randomFace, randomHair } from './head/face.ts';
import type { PersonSpec, Sex } from './spec.ts';
import { randomClothes } from './wardrobe.ts';

export interface Constraints {
  /** Years, or a range to draw from. */
  age?: number | readonly [number, number];
  sex?: Sex;
  /** false: empty hands (riders). */
  bag?: boolean;
  /** Trousers instead of skirt or dress (riders). */
  trousers?: boolean;
  /** Applied last, whole parts at a time. */
  override?: Partial<Omit<PersonSpec, 'seed' | 'age' | 'sex'>>;
}

/** Heights at 20 years: means of the Japanese National Health and Nutrition Survey 2019, rounded; SD 5.5 cm. */
const ADULT_HEIGHT: Readonly<Record<Sex, number>> = { male: 1.71, female: 1.58 };

/**
 * Share of the adult height by age: from 0.64 at five to 1 at sixteen, girls about a year and a half ahead (after the
 * MEXT School Health Statistics, rounded); minus about 2 mm a year from sixty on.
 */
export function heightShare(age: number, sex: Sex): number {
  if (age > 60) return 1 - 0.0013 * Math.min(30, age - 60);
  const grown = sex === 'female' ? 14.5 : 16;
  return age >= grown ? 1 : lerp(0.66, 1, clamp((age - 5) / (grown - 5), -0.4, 1) ** 0.92 || 0);
}

const AGE_BANDS: readonly (readonly [readonly [number, number], number])[] = [
  [[5, 12], 1],
  [[13, 18], 1],
  [[19, 34], 3],
  [[35, 54], 3],
  [[55, 69], 2],
  [[70, 84], 1.5],
];

/** @param seed whole number */
export function randomPerson(seed: number, constraints: Constraints = {}): PersonSpec {
  const rng = createRng(seed).fork('person');
  const drawn = rng.weighted(AGE_BANDS);
  const band = typeof constraints.age === 'object' ? constraints.age : drawn;
  const free = rng.range(band[0], band[1] + 0.999);
  const age = typeof constraints.age === 'number' ? constraints.age : Math.floor(free);
  const coin = rng.chance(0.5) ? 'female' : 'male';
  const sex = constraints.sex ?? coin;
  const height = ADULT_HEIGHT[sex] * heightShare(age, sex) * (1 + rng.normal(0, 0.03));
  const build = clamp(rng.normal(0.3, 0.2) * (age > 40 ? 1.25 : age < 16 ? 0.7 : 1), 0, 1);
  const clothes = randomClothes(age, sex, rng.fork('clothes'));
  const glassesRng = rng.fork('glasses');
  const wears = glassesRng.chance(age > 60 ? 0.55 : age > 12 ? 0.2 : 0.06);
  const spec: PersonSpec = {
    seed,
    age,
    sex,
    height,
    build,
    face: randomFace(age, sex, rng.fork('face')),
    hair: randomHair(age, sex, rng.fork('hair')),
    ...clothes,
    glasses: wears
      ? { colour: glassesRng.pick(['#17171b', '#3a2a20', '#5a5f66']), round: glassesRng.range(0, 1) }
      : null,
    ...constraints.override,
  };
  if (constraints.bag === false) spec.bag = null;
  if (constraints.trousers && (spec.top.kind === 'dress' || spec.top.kind === 'coat'))
    spec.top = { ...spec.top, kind: 'knit', open: false };
  if (constraints.trousers && spec.bottom.kind === 'skirt') {
    spec.bottom = { ...spec.bottom, kind: 'trousers', pattern: 'plain' };
    spec.legwear = null;
  }
  return spec;
}
