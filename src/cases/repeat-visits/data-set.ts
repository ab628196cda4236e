/** Case 3's statistics as tables. Single visits are personal information while the vectors live, and stay where they are. */
import { missedMatches, mistakenAmong } from '../../../contract/index.ts';
import { whole, type QualityFigure, type Table } from '../shared/data-set.ts';
import type { RepeatVisitsRecords } from './records.svelte.ts';

export const tablesOf = (kept: RepeatVisitsRecords): Table[] => [
  {
    name: 'days',
    columns: [
      whole('day', 'Day, counted from 1'),
      whole('first', 'Visits of people not known within the retention period'),
      whole('returning', 'Visits of people known within it'),
    ],
    rows: kept.days.map(({ day, first, returning }) => [day + 1, first, returning]),
  },
  {
    name: 'intervals',
    columns: [
      whole('days_since_last', 'Days since the visit before'),
      whole('visits', 'Visits after that many days'),
    ],
    rows: Object.entries(kept.intervals).map(([days, visits]) => [Number(days), visits]),
  },
];

const SOURCE = 'npx tsx test/accuracy/fit-matching.ts';
const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

/** Depend on how many vectors are held, hence on the moment. */
export function figuresOf({ vault }: RepeatVisitsRecords): QualityFigure[] {
  if (!vault) return [];
  const held = vault.keys.reduce((sum, key) => sum + key.held, 0);
  return [
    {
      name: 'share of strangers taken for known',
      value: rounded(mistakenAmong(held, vault.threshold)),
      source: SOURCE,
    },
    { name: 'share of returns missed', value: rounded(missedMatches(vault.threshold)), source: SOURCE },
  ];
}
