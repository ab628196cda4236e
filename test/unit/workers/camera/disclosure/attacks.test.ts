/**
 * Attacks on the records of a real source. The attacker has all that leaves the gate, with the moment at which it leaves, and
 * knows when the target was before the camera.
 */
import { describe, expect, it } from 'vitest';
import { K_RANGE, type OutRecord } from '../../../../../contract/index.ts';
import { ReleaseAggregator } from '../../../../../workers/camera/cases/trajectories/release-aggregator.ts';
import { random } from '../vision/rng.ts';
import { attribute, ATTRIBUTES, count, COUNTING, only, play, visit, VISITS, type Left } from './shop.ts';

const K = K_RANGE.default;
const HOUR = 3600;

describe('a lone visitor', () => {
  it('leaves no attribute record, however long the attacker waits', () => {
    const records = [attribute(700, { age: '70+', sex: 'male' })];
    expect(play({ configs: [ATTRIBUTES], records, seconds: 3 * HOUR })).toEqual([]);
  });

  it('leaves no visit record, and the state of the vault does not change by them', () => {
    const vault = (atS: number, held: number): OutRecord => ({
      type: 'vault',
      case: 'repeat-visits',
      atS,
      day: 0,
      dayShare: 0,
      dayS: 86_400,
      keep: 'session',
      keys: [{ day: 0, until: 30, held }],
      destroyed: { expired: 0, onRequest: 0 },
      opened: { times: held, ms: held },
      threshold: 0.5 + held / 100,
      strangers: held,
    });
    const states = Array.from({ length: HOUR }, (_, atS) => vault(atS, atS < 700 ? 0 : 1));
    const left = play({ configs: [VISITS], records: [visit(700), ...states], seconds: HOUR });
    expect(only(left, 'visit')).toEqual([]);
    const told = only(left, 'vault').map(({ record: { keys, opened, strangers } }) => ({
      keys,
      opened,
      strangers,
    }));
    expect(new Set(told.map((state) => JSON.stringify(state))).size).toBe(1);
  });

  it('is in no sum, and in no difference of two', () => {
    const sums = new ReleaseAggregator(true);
    sums.spent(1, [3.1, 4.1], 50, 10);
    sums.visited(1, { zone: 'shelf', fromS: 10, toS: 60, whole: true });
    for (let atS = 900; atS < 4 * HOUR; atS += 900) expect(sums.release({ k: K }, atS)).toEqual([]);
  });

  it('crosses a line within a bin: the time told is that of the bin', () => {
    const [crossing] = only(play({ configs: [COUNTING], records: [count(437.2)], seconds: HOUR }), 'count');
    expect(crossing).toMatchObject({ sentS: 600, record: { atS: 300 } });
  });
});

describe('a rare attribute', () => {
  const crowd = Array.from({ length: 40 }, (_, i) => attribute(30 * i));
  const rare = attribute(317, { age: '70+', sex: 'male', quality: 1 });

  it('stays in the camera where fewer than k share it, and never leaves under its own name', () => {
    const left = play({ configs: [ATTRIBUTES], records: [...crowd, rare], seconds: 2 * HOUR });
    const told = only(left, 'attribute').map(({ record }) => record);
    expect(told.filter(({ age, sex }) => age === '70+' || sex === 'male')).toEqual([]);
    expect(told.length).toBeGreaterThanOrEqual(crowd.length);
  });

  it('cannot be told by the quality of the view either: it is that of the group', () => {
    const left = play({
      configs: [ATTRIBUTES],
      records: [...crowd, attribute(200, { quality: 1 })],
      seconds: HOUR,
    });
    for (const group of batches(left))
      expect(new Set(group.map((record) => JSON.stringify(record))).size).toBe(1);
  });

  it('a height above all others is not told: heights are means of k or more', () => {
    const people = Array.from({ length: 11 }, (_, i) =>
      count(10 + i, { heightM: i === 4 ? 2.1 : 1.6, speedKmh: 4 }),
    );
    const told = only(play({ configs: [COUNTING], records: people, seconds: 600 }), 'count');
    expect(Math.max(...told.map(({ record }) => record.heightM ?? 0))).toBeLessThan(1.8);
    expect(told.every(({ record }) => record.heightM !== undefined)).toBe(true);
    const few = only(play({ configs: [COUNTING], records: people.slice(0, K - 1), seconds: 600 }), 'count');
    expect(few.every(({ record }) => record.heightM === undefined && record.speedKmh === undefined)).toBe(
      true,
    );
  });

  it('the seventh visit after 23 days is told like the second after ten', () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      visit(100 * i, { visit: 2 + (i % 6), daysSinceLast: 9 + i }),
    );
    const told = only(play({ configs: [VISITS], records: many, seconds: 2 * HOUR }), 'visit');
    expect(told.length).toBe(many.length);
    expect(new Set(told.map(({ record }) => record.visit))).toEqual(new Set([2]));
    expect(Math.max(...told.map(({ record }) => record.daysSinceLast ?? 0))).toBe(10);
  });
});

describe('differencing releases', () => {
  it('of totals over any span gives nothing of fewer than k people', () => {
    const next = random(7);
    const sums = new ReleaseAggregator(true);
    const truth = new Map<string, Set<number>>();
    let person = 0;
    for (let atS = 0; atS < 8 * HOUR; atS += 900) {
      const contributed = new Map<string, Set<number>>();
      for (let n = Math.floor(12 * next()); n > 0; n--) {
        person++;
        for (const zone of ['shelf', 'till', 'door']) {
          if (next() < 0.5) continue;
          sums.visited(person, { zone, fromS: atS, toS: atS + 60 * next(), whole: true });
          contributed.set(zone, (contributed.get(zone) ?? new Set()).add(person));
        }
      }
      for (const [zone, people] of contributed)
        truth.set(zone, new Set([...(truth.get(zone) ?? []), ...people]));
      for (const record of sums.release({ k: K }, atS + 899)) {
        if (record.type !== 'dwell') continue;
        // What the totals grow by is this record: it covers people who came since the last release.
        expect(record.people).toBeLessThanOrEqual(truth.get(record.zone)!.size);
        expect(record.people).toBeGreaterThanOrEqual(K);
        truth.delete(record.zone);
      }
    }
  });

  it('two accomplices who subtract themselves are left with three or more', () => {
    const sums = new ReleaseAggregator(true);
    const accomplices = [1, 2];
    for (const person of [...accomplices, 3, 4])
      sums.visited(person, { zone: 'shelf', fromS: 0, toS: 30, whole: true });
    expect(sums.release({ k: K }, 900)).toEqual([]);
    sums.visited(5, { zone: 'shelf', fromS: 0, toS: 30, whole: true });
    const [dwell] = sums.release({ k: K }, 900);
    expect(dwell).toMatchObject({ type: 'dwell', people: 5 });
    expect(5 - accomplices.length).toBeGreaterThanOrEqual(3);
  });

  it('two accomplices of the target’s kind are in a group with three or more others', () => {
    const kind = { age: '70+', sex: 'male' } as const;
    const three = [100, 110, 120].map((atS) => attribute(atS, kind));
    const seconds = 1200;
    const told = only(play({ configs: [ATTRIBUTES], records: three, seconds }), 'attribute');
    expect(told).toEqual([]);
  });

  it('one person adds no more than the bound to a figure, whatever they do', () => {
    const sums = new ReleaseAggregator(true);
    for (let i = 0; i < 100; i++) {
      for (let person = 1; person <= K; person++) sums.spent(person, [1, 1], person === 1 ? 30 : 1, i);
    }
    const [heat] = sums.release({ k: K }, 200);
    expect(heat).toMatchObject({ type: 'heat', cells: [[2, 2, K, K * 60]] });
  });
});

describe('joining purposes by their clock', () => {
  /** People who come at random; each is counted, estimated and recognised at the same moment. */
  const next = random(11);
  const people = Array.from({ length: 200 }, () => {
    const atS = Math.floor(10 * HOUR * next());
    const returning = next() < 0.4;
    return {
      counted: count(atS),
      estimated: attribute(atS, {
        sex: next() < 0.5 ? 'male' : 'female',
        age: next() < 0.8 ? '30-39' : '20-29',
      }),
      visited: visit(atS, returning ? { visit: 2, daysSinceLast: 1 + Math.floor(6 * next()) } : {}),
    };
  });
  const configs = [ATTRIBUTES, VISITS, COUNTING];
  const records = people.flatMap(({ counted, estimated, visited }) => [counted, estimated, visited]);

  /** For each visit: how many attribute records left in whose span it may have been. */
  function candidates(left: readonly Left[]): number[] {
    const estimates = only(left, 'attribute');
    return only(left, 'visit').map(({ sentS }) => {
      const near = Math.min(...estimates.map((other) => Math.abs(other.sentS - sentS)));
      return estimates.filter((other) => Math.abs(other.sentS - sentS) === near).length;
    });
  }

  it('works on a synthetic source, where nothing is held back', () => {
    const alone = candidates(play({ configs, records, seconds: 10 * HOUR, kind: 'sample' })).filter(
      (n) => n === 1,
    );
    expect(alone.length).toBeGreaterThan(people.length * 0.9);
  });

  it('finds k or more on a real one, whatever leaves nearest in time', () => {
    const left = play({ configs, records, seconds: 10 * HOUR });
    expect(only(left, 'visit').length).toBeGreaterThan(people.length * 0.9);
    expect(Math.min(...candidates(left))).toBeGreaterThanOrEqual(K);
  });

  it('finds no edge of a bin that two purposes share: visits have a clock of their own', () => {
    const left = play({ configs, records, seconds: 10 * HOUR, seed: 3 });
    const sent = (type: 'visit' | 'count') => new Set(only(left, type).map(({ sentS }) => sentS));
    const visits = [...sent('visit')].filter((sentS) => sentS < 10 * HOUR);
    expect(visits.length).toBeGreaterThan(10);
    expect(visits.filter((sentS) => sent('count').has(sentS))).toEqual([]);
  });

  it('learns nothing of the order in which people came', () => {
    const left = play({
      configs: [ATTRIBUTES],
      records: people.map(({ estimated }) => estimated),
      seconds: 10 * HOUR,
    });
    for (const group of batches(left)) {
      const texts = group.map((record) => JSON.stringify(record));
      expect(texts).toEqual(texts.toSorted());
    }
  });
});

/** Records that left at the same moment. */
function batches(left: readonly Left[]): OutRecord[][] {
  const bySentS = new Map<number, OutRecord[]>();
  for (const { record, sentS } of left) bySentS.set(sentS, [...(bySentS.get(sentS) ?? []), record]);
  return [...bySentS.values()];
}
