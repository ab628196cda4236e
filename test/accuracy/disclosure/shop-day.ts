/**
 * A day of an invented shop: who comes when, and what the pipelines would tell of them. Arrivals are a Poisson process; ages and
 * sexes have the shares below. Nothing of it comes from real people.
 */
import type { OutRecordOf } from '../../../contract/index.ts';

export const OPEN_S = 10 * 3600;
export const ZONES = ['entrance', 'shelf-1', 'shelf-2', 'shelf-3', 'till'] as const;

export interface Visitor {
  /** Source time at which they pass the camera, seconds. */
  readonly atS: number;
  readonly attribute: OutRecordOf<'attribute'>;
  readonly visit: OutRecordOf<'visit'>;
  readonly count: OutRecordOf<'count'>;
  /** Zones they stop at, with the seconds there. */
  readonly stops: readonly { readonly zone: string; readonly fromS: number; readonly toS: number }[];
}

const AGES = [
  ['0-9', 0.04],
  ['10-19', 0.08],
  ['20-29', 0.2],
  ['30-39', 0.22],
  ['40-49', 0.2],
  ['50-59', 0.14],
  ['60-69', 0.08],
  ['70+', 0.04],
] as const;

/** A seeded generator: the same day on every machine (mulberry32, T. Ettinger, public domain). */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const tenths = (value: number) => Math.round(value * 10) / 10;

/** @param perHour mean number of visitors an hour */
export function shopDay(perHour: number, seed: number): Visitor[] {
  const next = random(seed);
  const visitors: Visitor[] = [];
  for (let timeS = 0; ;) {
    timeS += (-Math.log(1 - next()) * 3600) / perHour;
    if (timeS >= OPEN_S - 900) return visitors;
    visitors.push(visitor(tenths(timeS), next));
  }
}

function visitor(atS: number, next: () => number): Visitor {
  let rest = next();
  const age = AGES.find(([, share]) => (rest -= share) < 0)?.[0] ?? '70+';
  const number = 1 + Math.floor(-Math.log(1 - next()) / 1.2);
  let fromS = atS;
  const stops = ZONES.filter((zone) => zone === 'entrance' || next() < 0.5).map((zone) => {
    const stop = { zone, fromS, toS: tenths(fromS + 3 + 60 * next()) };
    fromS = stop.toS + 5;
    return stop;
  });
  return {
    atS,
    attribute: {
      type: 'attribute',
      case: 'attributes',
      age,
      sex: next() < 0.5 ? 'male' : 'female',
      quality: tenths(0.4 + 0.6 * next()),
      atS,
    },
    visit: {
      type: 'visit',
      case: 'repeat-visits',
      atS,
      day: 0,
      visit: number,
      ...(number > 1 && { daysSinceLast: 1 + Math.floor(30 * next()) }),
      quality: 0.8,
    },
    count: {
      type: 'count',
      case: 'counting',
      line: 'door',
      kind: 'pedestrian',
      direction: 'forward',
      atS,
      heightM: tenths(1.65 + 0.12 * (next() + next() + next() - 1.5)),
    },
    stops,
  };
}
