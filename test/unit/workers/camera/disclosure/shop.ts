/** A shop's day for attacks: people with attributes who come at random, and what the pipelines would tell of them. */
import type { CaseConfig, OutRecord, OutRecordOf, SourceKind } from '../../../../../contract/index.ts';
import { DisclosureControl } from '../../../../../workers/camera/disclosure/control.ts';
import { random } from '../vision/rng.ts';

export const ATTRIBUTES: CaseConfig = { case: 'attributes', areas: [] };
export const COUNTING: CaseConfig = { case: 'counting', lines: [], zones: [], anchor: 'centre' };
export const VISITS: CaseConfig = {
  case: 'repeat-visits',
  retentionDays: 30,
  days: { kind: 'calendar' },
  keep: 'session',
  mistakenShare: 0.05,
};

export type Attribute = OutRecordOf<'attribute'>;

export const attribute = (atS: number, more: Partial<Attribute> = {}): Attribute => ({
  type: 'attribute',
  case: 'attributes',
  age: '30-39',
  sex: 'female',
  quality: 0.7,
  atS,
  ...more,
});

export const count = (atS: number, more: Partial<OutRecordOf<'count'>> = {}): OutRecordOf<'count'> => ({
  type: 'count',
  case: 'counting',
  line: 'gate',
  kind: 'pedestrian',
  direction: 'forward',
  atS,
  ...more,
});

export const visit = (atS: number, more: Partial<OutRecordOf<'visit'>> = {}): OutRecordOf<'visit'> => ({
  type: 'visit',
  case: 'repeat-visits',
  atS,
  day: 0,
  visit: 1,
  quality: 0.8,
  ...more,
});

/** A record that left, with the source time at which it was sent: whoever listens at the gate knows it. */
export interface Left<R extends OutRecord = OutRecord> {
  readonly record: R;
  readonly sentS: number;
}

export interface Play {
  readonly configs: readonly CaseConfig[];
  readonly records: readonly OutRecord[];
  /** Length of the run in seconds; a frame a second. */
  readonly seconds: number;
  readonly kind?: SourceKind;
  readonly seed?: number;
}

/** Passes records through the camera's control, a frame a second, and finishes. */
export function play({ configs, records, seconds, kind = 'webcam', seed = 1 }: Play): Left[] {
  const next = random(seed);
  const control = new DisclosureControl({ draw: (below) => Math.floor(next() * below) });
  control.open(kind);
  control.configure(configs);
  const left: Left[] = [];
  for (let timeS = 0; timeS <= seconds; timeS++) {
    const now = records.filter((record) => 'atS' in record && Math.floor(record.atS) === timeS);
    left.push(...control.take(now, timeS).map((record) => ({ record, sentS: timeS })));
  }
  return [...left, ...control.finish([], seconds).map((record) => ({ record, sentS: seconds }))];
}

export const only = <T extends OutRecord['type']>(left: readonly Left[], type: T): Left<OutRecordOf<T>>[] =>
  left.filter((item): item is Left<OutRecordOf<T>> => item.record.type === type);
