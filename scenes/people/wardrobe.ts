/** Random clothes that go together, by age and sex. */
import type { Rng } from '../rng.ts';
import type { BagSpec, BottomSpec, Pattern, PersonSpec, Sex, TopKind, TopSpec } from './spec.ts';

const SOBER = [
  '#20242c',
  '#33475e',
  '#5d6570',
  '#4c3f39',
  '#262626',
  '#46594b',
  '#5b5047',
  '#3c4160',
] as const;
const LIGHT = ['#dedbd4', '#cfcbc2', '#97a5b1', '#c9b99e', '#e9e6df', '#b9c4c9'] as const;
const BRIGHT = [
  '#a03c34',
  '#3f6f8f',
  '#c08a3e',
  '#6a6276',
  '#7f9b7a',
  '#a8605f',
  '#d0a8a0',
  '#345b7a',
] as const;
const TOPS = [...SOBER, ...LIGHT, ...BRIGHT] as const;
const SUITS = ['#1c2028', '#2a2d33', '#26304a', '#3a3a3c', '#2f2a28'] as const;
const TIES = ['#6a2029', '#26406e', '#3a5a40', '#4b3a5a', '#7a6a3a'] as const;
const TROUSERS = ['#22262e', '#2b3a57', '#3a3530', '#6b6255', '#14161a', '#8c8271', '#454a50'] as const;
const DENIM = ['#2b3f63', '#3b5378', '#1f2b42', '#5a7093'] as const;
const SKIRTS = ['#22262e', '#5a2f35', '#3a3530', '#77695a', '#2f3b33', '#46506a', '#8d7f86'] as const;
const BAGS = ['#2a2a2e', '#5a4030', '#6a2f38', '#3c4d5c', '#9c8258', '#222222'] as const;

type Weighted<T> = readonly (readonly [T, number])[];

function kindOfTop(age: number, sex: Sex, rng: Rng): TopKind {
  if (age < 7)
    return rng.weighted<TopKind>([
      ['tshirt', 3],
      ['hoodie', 2],
      ['knit', 2],
    ]);
  if (age < 19 && age > 12 && rng.chance(0.45)) return 'uniform';
  if (age < 19)
    return rng.weighted<TopKind>([
      ['tshirt', 4],
      ['hoodie', 4],
      ['knit', 2],
      ['shirt', 1],
    ]);
  const working: Weighted<TopKind> =
    sex === 'male'
      ? [
          ['suit', 4],
          ['shirt', 4],
          ['jacket', 3],
          ['tshirt', 3],
          ['hoodie', 2],
          ['knit', 2],
          ['coat', 2],
        ]
      : [
          ['knit', 4],
          ['shirt', 4],
          ['dress', 3],
          ['jacket', 3],
          ['coat', 3],
          ['tshirt', 2],
          ['suit', 1],
        ];
  const retired: Weighted<TopKind> = [
    ['knit', 4],
    ['shirt', 3],
    ['jacket', 4],
    ['coat', 2],
  ];
  return rng.weighted(age > 64 ? retired : working);
}

function randomTop(age: number, sex: Sex, rng: Rng): TopSpec {
  const kind = kindOfTop(age, sex, rng);
  const plain: Pattern = 'plain';
  const base = { kind, accent: rng.pick(TIES), repeats: rng.range(9, 22) };
  switch (kind) {
    case 'suit':
      return {
        ...base,
        colour: rng.pick(SUITS),
        second: rng.pick(['#e9e9ea', '#dfe6ee']),
        pattern: plain,
        open: true,
      };
    case 'uniform':
      return {
        ...base,
        colour: rng.pick(['#1d2436', '#23262c', '#2b3142']),
        second: '#eceae6',
        pattern: plain,
        open: true,
      };
    case 'jacket':
    case 'coat':
      return {
        ...base,
        colour: rng.pick(kind === 'coat' ? [...SOBER, '#a58a64', '#8d8578'] : [...SOBER, ...BRIGHT]),
        second: rng.pick(LIGHT),
        pattern: rng.chance(0.15) ? 'checks' : plain,
        open: rng.chance(0.55),
      };
    case 'shirt':
      return {
        ...base,
        colour: rng.pick(LIGHT),
        second: rng.pick([...SOBER, ...BRIGHT]),
        pattern: rng.weighted<Pattern>([
          ['plain', 5],
          ['stripes', 1],
          ['checks', 2],
          ['pinstripes', 3],
        ]),
        repeats: rng.range(16, 34),
        open: false,
      };
    default:
      return {
        ...base,
        colour: rng.pick(age < 13 ? [...LIGHT, ...BRIGHT, ...BRIGHT] : TOPS),
        second: rng.pick(TOPS),
        pattern: rng.weighted<Pattern>([
          ['plain', 6],
          ['stripes', 2],
          ['band', 1],
          ['dots', sex === 'female' ? 1 : 0],
        ]),
        open: false,
      };
  }
}

function randomBottom(age: number, sex: Sex, top: TopSpec, rng: Rng): BottomSpec {
  const base = {
    second: rng.pick(TOPS),
    repeats: rng.range(10, 20),
    pattern: 'plain' as Pattern,
    hem: 0,
    width: rng.range(0, 1),
  };
  const uniform = top.kind === 'uniform';
  if (sex === 'female' && (uniform || (top.kind !== 'hoodie' && rng.chance(0.42))))
    return {
      ...base,
      kind: 'skirt',
      colour: uniform
        ? rng.pick(['#3b4152', '#4a3d42'])
        : top.kind === 'suit'
          ? top.colour
          : rng.pick(SKIRTS),
      pattern: uniform && rng.chance(0.6) ? 'checks' : 'plain',
      hem: uniform ? 0.58 : rng.range(0.3, 0.56),
      width: uniform ? 0.75 : rng.range(0.1, 0.9),
    };
  if (age < 13 && rng.chance(0.45))
    return { ...base, kind: 'shorts', colour: rng.pick([...TROUSERS, ...DENIM]), hem: rng.range(0.52, 0.62) };
  const tailored = top.kind === 'suit' || uniform;
  if (!tailored && age < 65 && rng.chance(0.35)) return { ...base, kind: 'jeans', colour: rng.pick(DENIM) };
  return {
    ...base,
    kind: 'trousers',
    colour: tailored ? top.colour : rng.pick(TROUSERS),
    width: tailored ? 0.3 : base.width,
  };
}

function randomBag(age: number, top: TopSpec, sex: Sex, rng: Rng): BagSpec | null {
  const colour = rng.pick(BAGS);
  if (age < 13)
    return rng.chance(0.4)
      ? { kind: 'randoseru', colour: rng.pick(['#7a1f24', '#1d1d20', '#3a2c50', '#6a4a32']) }
      : null;
  if (age < 23) return rng.chance(0.5) ? { kind: 'backpack', colour } : null;
  if (rng.chance(0.45)) return null;
  if (top.kind === 'suit')
    return { kind: rng.pick(['tote', 'shoulder']), colour: rng.pick(['#1d1b1a', '#3a2a20']) };
  return {
    kind: sex === 'female' ? rng.pick(['tote', 'shoulder', 'shoulder']) : rng.pick(['backpack', 'shoulder']),
    colour,
  };
}

type Wardrobe = Pick<PersonSpec, 'top' | 'bottom' | 'shoes' | 'legwear' | 'bag'>;

export function randomClothes(age: number, sex: Sex, rng: Rng): Wardrobe {
  const top = randomTop(age, sex, rng);
  const bottom = randomBottom(age, sex, top, rng);
  const smart =
    top.kind === 'suit' ||
    top.kind === 'uniform' ||
    (sex === 'female' && bottom.kind === 'skirt' && age > 18);
  const boots = sex === 'female' && age > 18 && age < 60 && rng.chance(0.15);
  const kind = boots ? 'boots' : smart ? 'leather' : age > 40 && rng.chance(0.5) ? 'leather' : 'sneakers';
  const bare = top.kind === 'dress' || bottom.kind === 'skirt';
  return {
    top,
    bottom,
    shoes: {
      kind,
      colour: rng.pick(
        kind === 'sneakers'
          ? ['#e4e2dd', '#3a3f46', '#55606b', '#7a2f2f', '#22242a']
          : ['#1a1817', '#3a2a20', '#2b2b33'],
      ),
      sole: kind === 'sneakers' ? rng.pick(['#e6e4df', '#d8d2c6']) : '#1d1a18',
    },
    legwear:
      bare && rng.chance(age > 60 ? 0.9 : 0.6)
        ? rng.pick(['#1b1a1c', '#2a2326', '#8d6a55', '#33343c'])
        : null,
    bag: randomBag(age, top, sex, rng),
  };
}
