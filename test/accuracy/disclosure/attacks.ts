/**
 * Chances of singling out: the mean over people of the probability that an attacker who picks at random among the records that
 * fit what they know picks the target's; at most, since the target's may not be among them. Where nothing fits, it is 0.
 */
import {
  BIN_S,
  K_RANGE,
  RELEASE_S,
  type CaseConfig,
  type OutRecord,
  type OutRecordOf,
  type SourceKind,
} from '../../../contract/index.ts';
import { ReleaseAggregator } from '../../../workers/camera/cases/trajectories/release-aggregator.ts';
import { DisclosureControl } from '../../../workers/camera/disclosure/control.ts';
import { OPEN_S, random, type Visitor } from './shop-day.ts';

const CONFIGS: readonly CaseConfig[] = [
  { case: 'attributes', areas: [] },
  {
    case: 'repeat-visits',
    retentionDays: 30,
    days: { kind: 'calendar' },
    keep: 'session',
    mistakenShare: 0.05,
  },
  { case: 'counting', lines: [], zones: [], anchor: 'centre' },
];

interface Left<R extends OutRecord = OutRecord> {
  readonly record: R;
  /** Source time at which it left, seconds. */
  readonly sentS: number;
}

/** Passes a day through the camera's disclosure control, a frame a second. */
export function leaves(day: readonly Visitor[], kind: SourceKind): Left[] {
  const next = random(1);
  const control = new DisclosureControl({ draw: (below) => Math.floor(next() * below) });
  control.open(kind);
  control.configure(CONFIGS);
  const left: Left[] = [];
  let i = 0;
  for (let sentS = 0; sentS <= OPEN_S; sentS++) {
    const records: OutRecord[] = [];
    for (; i < day.length && day[i]!.atS <= sentS; i++)
      records.push(day[i]!.attribute, day[i]!.visit, day[i]!.count);
    left.push(...control.take(records, sentS).map((record) => ({ record, sentS })));
  }
  return [...left, ...control.finish([], OPEN_S).map((record) => ({ record, sentS: OPEN_S }))];
}

const only = <T extends OutRecord['type']>(left: readonly Left[], type: T): Left<OutRecordOf<T>>[] =>
  left.filter((item): item is Left<OutRecordOf<T>> => item.record.type === type);

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
const oneOf = (candidates: number) => (candidates === 0 ? 0 : 1 / candidates);

/** The attacker saw the target at the door, to half a minute, and looks for the estimate of them. */
export function loneVisitor(day: readonly Visitor[], left: readonly Left[]): number {
  const told = only(left, 'attribute');
  return mean(
    day.map(({ atS }) => {
      const exact = told.filter(({ record }) => record.relaxed);
      if (exact.length > 0)
        return oneOf(exact.filter(({ record }) => Math.abs(record.atS - atS) <= 30).length);
      // Whichever release came next is the best guess.
      const sentS = Math.min(...told.filter((other) => other.sentS >= atS).map((other) => other.sentS));
      return oneOf(told.filter((other) => other.sentS === sentS).length);
    }),
  );
}

/** The attacker knows that the target was there that day, and that few look like them. Mean over kinds with fewer than k. */
export function rareAttribute(day: readonly Visitor[], left: readonly Left[]): number {
  const kindOf = ({ age, sex }: OutRecordOf<'attribute'>) => `${age} ${sex}`;
  const told = only(left, 'attribute').map(({ record }) => kindOf(record));
  const times = (kind: string, kinds: readonly string[]) => kinds.filter((other) => other === kind).length;
  const kinds = day.map(({ attribute }) => kindOf(attribute));
  return mean(
    kinds.filter((kind) => times(kind, kinds) < K_RANGE.default).map((kind) => oneOf(times(kind, told))),
  );
}

/** The attacker knows the target's height to a tenth of a metre and their time to some minutes. */
export function knownHeight(day: readonly Visitor[], left: readonly Left[]): number {
  const told = only(left, 'count').map(({ record }) => record);
  return mean(
    day.map(({ atS, count }) => {
      const near = told.filter(({ relaxed, ...record }) =>
        relaxed
          ? Math.abs(record.atS - atS) <= BIN_S.default / 2
          : record.atS === Math.floor(atS / BIN_S.default) * BIN_S.default,
      );
      return oneOf(near.filter(({ heightM }) => heightM === count.heightM).length);
    }),
  );
}

/** Two purposes of one camera: which estimate belongs to which visit, by the moment at which they left. */
export function joining(left: readonly Left[]): number {
  const estimates = only(left, 'attribute');
  return mean(
    only(left, 'visit').map(({ sentS }) => {
      const away = Math.min(...estimates.map((other) => Math.abs(other.sentS - sentS)));
      return oneOf(estimates.filter((other) => Math.abs(other.sentS - sentS) === away).length);
    }),
  );
}

export interface SumRules {
  readonly k: number;
  readonly everyS: number;
}
/** What was accepted on real footage before, and what is in force now. */
export const SUMS_BEFORE: SumRules = { k: 1, everyS: 5 };
export const SUMS_NOW: SumRules = { k: K_RANGE.default, everyS: RELEASE_S.default };

export interface SumsLeft {
  /** Of each visitor: the fewest people with whom they share a figure; undefined: they are in none. */
  readonly fewest: readonly (number | undefined)[];
  /** Share of all visits to zones that left in some sum. */
  readonly told: number;
}

/** Dwell sums of a day: who is in which release, by the real aggregator. */
export function sumsOf(day: readonly Visitor[], { k, everyS }: SumRules): SumsLeft {
  const sums = new ReleaseAggregator(false);
  const fewest: (number | undefined)[] = day.map(() => undefined);
  const stops = day
    .flatMap(({ stops }, person) => stops.map((stop) => ({ person, ...stop })))
    .sort((a, b) => a.toS - b.toS);
  const waiting = new Map<string, Map<number, number>>();
  let [i, told] = [0, 0];
  for (let atS = everyS; atS <= OPEN_S; atS += everyS) {
    for (; i < stops.length && stops[i]!.toS <= atS; i++) {
      const { person, zone, fromS, toS } = stops[i]!;
      sums.visited(person, { zone, fromS, toS, whole: true });
      waiting.set(zone, (waiting.get(zone) ?? new Map<number, number>()).set(person, toS));
    }
    for (const record of sums.release({ k }, atS)) {
      if (record.type !== 'dwell') continue;
      told += record.visits;
      for (const [person, toS] of waiting.get(record.zone) ?? []) {
        // What waited for more than a quarter of an hour was discarded.
        if (toS < atS - 900) continue;
        fewest[person] = Math.min(fewest[person] ?? Infinity, record.people);
      }
      waiting.delete(record.zone);
    }
  }
  return { fewest, told: told / stops.length };
}

/** @param accomplices people of the attacker's in the same figure, who subtract their own part */
export const differencing = ({ fewest }: SumsLeft, accomplices: number): number =>
  mean(fewest.map((people) => (people === undefined ? 0 : 1 / Math.max(1, people - accomplices))));

/** Share of estimates that leave, and of those with age and sex whole. */
export function estimatesLeft(day: readonly Visitor[], left: readonly Left[]) {
  const told = only(left, 'attribute').map(({ record }) => record);
  const whole = told.filter(({ age, sex }) => age !== 'unknown' && sex !== 'unknown');
  return { told: told.length / day.length, whole: whole.length / day.length };
}

export const visitsLeft = (day: readonly Visitor[], left: readonly Left[]): number =>
  only(left, 'visit').length / day.length;

export const RULES = { k: K_RANGE.default, binS: BIN_S.default, releaseS: RELEASE_S.default };
