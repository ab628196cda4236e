/**
 * `npm run singling-out -- --out FILE.json`
 *
 * The chance of singling out a person by the records of a real source, before disclosure control and with it, and what control
 * costs. An invented shop is open for ten hours, on 20 days each at three paces; its records pass through the camera's own code.
 *   chances.<attack>.<visitors an hour>.{before,after}: means over people, 0..1 (`disclosure/attacks.ts` says of what)
 *   cost.<visitors an hour>.{estimates,estimatesWhole,visits,sums}: shares that leave with control; without it all do
 */
import { parseArgs } from 'node:util';
import { writeReport } from '../tools/write-report.ts';
import * as attacks from './disclosure/attacks.ts';
import { shopDay } from './disclosure/shop-day.ts';
import { markdownTable, rounded } from './report.ts';

const { values } = parseArgs({ options: { out: { type: 'string' } } });

const PER_HOUR = [6, 30, 120] as const;
const DAYS = 20;
const ATTACKS = {
  'lone visitor (case 1)': 'lone',
  'rare attribute (case 1)': 'rare',
  'differencing (case 2)': 'difference',
  'two accomplices (case 2)': 'accomplices',
  'joining purposes (cases 1, 3)': 'joined',
  'known height (case 4)': 'height',
} as const;
type Attack = (typeof ATTACKS)[keyof typeof ATTACKS];
interface Pair {
  before: number;
  after: number;
}

const mean = (all: readonly number[]) => rounded(all.reduce((sum, value) => sum + value, 0) / all.length);

function measure(perHour: number) {
  const days = Array.from({ length: DAYS }, (_, i) => {
    const day = shopDay(perHour, 1000 * perHour + i);
    const [open, held] = [attacks.leaves(day, 'sample'), attacks.leaves(day, 'webcam')];
    const [sums, sumsHeld] = [
      attacks.sumsOf(day, attacks.SUMS_BEFORE),
      attacks.sumsOf(day, attacks.SUMS_NOW),
    ];
    const pairs: Record<Attack, Pair> = {
      lone: { before: attacks.loneVisitor(day, open), after: attacks.loneVisitor(day, held) },
      rare: { before: attacks.rareAttribute(day, open), after: attacks.rareAttribute(day, held) },
      difference: { before: attacks.differencing(sums, 0), after: attacks.differencing(sumsHeld, 0) },
      accomplices: { before: attacks.differencing(sums, 2), after: attacks.differencing(sumsHeld, 2) },
      joined: { before: attacks.joining(open), after: attacks.joining(held) },
      height: { before: attacks.knownHeight(day, open), after: attacks.knownHeight(day, held) },
    };
    const estimates = attacks.estimatesLeft(day, held);
    const cost = {
      estimates: estimates.told,
      estimatesWhole: estimates.whole,
      visits: attacks.visitsLeft(day, held),
      sums: sumsHeld.told,
    };
    return { pairs, cost };
  });
  const chance = (attack: Attack): Pair => ({
    before: mean(days.map(({ pairs }) => pairs[attack].before)),
    after: mean(days.map(({ pairs }) => pairs[attack].after)),
  });
  const costOf = (what: keyof (typeof days)[number]['cost']) => mean(days.map(({ cost }) => cost[what]));
  return {
    chances: Object.fromEntries(Object.values(ATTACKS).map((attack) => [attack, chance(attack)])) as Record<
      Attack,
      Pair
    >,
    cost: {
      estimates: costOf('estimates'),
      estimatesWhole: costOf('estimatesWhole'),
      visits: costOf('visits'),
      sums: costOf('sums'),
    },
  };
}

const results = PER_HOUR.map((perHour) => ({ perHour, ...measure(perHour) }));
console.log(
  markdownTable(
    ['chance of singling out', ...PER_HOUR.flatMap((n) => [`${n}/h before`, 'after'])],
    Object.entries(ATTACKS).map(([title, attack]) => [
      title,
      ...results.flatMap(({ chances }) => [chances[attack].before, chances[attack].after]),
    ]),
  ),
);
console.log(
  '\n' +
    markdownTable(
      ['share that leaves with control', ...PER_HOUR.map((n) => `${n}/h`)],
      [
        ['estimates (case 1)', ...results.map(({ cost }) => cost.estimates)],
        ['with age and sex whole', ...results.map(({ cost }) => cost.estimatesWhole)],
        ['visits (case 3)', ...results.map(({ cost }) => cost.visits)],
        ['visits to zones (case 2)', ...results.map(({ cost }) => cost.sums)],
      ],
    ),
);
writeReport(
  {
    rules: attacks.RULES,
    days: DAYS,
    chances: Object.fromEntries(
      Object.values(ATTACKS).map((attack) => [
        attack,
        Object.fromEntries(results.map(({ perHour, chances }) => [perHour, chances[attack]])),
      ]),
    ),
    cost: Object.fromEntries(results.map(({ perHour, cost }) => [perHour, cost])),
  },
  values.out,
);
