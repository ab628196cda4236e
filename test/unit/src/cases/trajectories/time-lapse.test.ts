/** The day that case 2 shows as invented: made by the camera's own code, and played back as it was made. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { K_RANGE, OutRecord, RELEASE_S } from '../../../../../contract/index.ts';
import { TimeLapse, type Day } from '../../../../../src/cases/trajectories/time-lapse.svelte.ts';
import { dayOf } from '../../../../time-lapse/day.ts';

const TEXT = readFileSync(
  new URL('../../../../../src/cases/trajectories/time-lapse.json', import.meta.url),
  'utf8',
);
const day = JSON.parse(TEXT) as Day;
/** What is simulated again here; the whole day takes minutes. */
const PART_S = 1800;

describe('the file of the day', () => {
  let part: ReturnType<typeof dayOf>;
  beforeAll(() => {
    part = dayOf(PART_S);
  }, 120_000);

  it('begins as the command makes it', () => {
    const { records, visitors, ...rest } = part;
    const { records: allRecords, visitors: allVisitors, ...allRest } = day;
    expect(JSON.parse(JSON.stringify(rest))).toEqual(allRest);
    expect(visitors).toEqual(allVisitors.slice(0, PART_S / RELEASE_S.default));
    expect(records.length).toBeGreaterThan(5);
    expect(records).toEqual(allRecords.filter(({ atS }) => atS <= PART_S));
  });

  it('holds records only, each as the contract has it, under the rules for real people', () => {
    expect(day).toMatchObject({ k: K_RANGE.default, everyS: RELEASE_S.default });
    for (const record of [day.plan, ...day.records])
      expect(v.safeParse(OutRecord, record).success, JSON.stringify(record)).toBe(true);
    for (const record of day.records) {
      expect(record.atS % day.everyS).toBe(0);
      if (record.type === 'heat')
        for (const [, , people] of record.cells) expect(people).toBeGreaterThanOrEqual(day.k);
      else if ('people' in record) expect(record.people).toBeGreaterThanOrEqual(day.k);
    }
    expect(new Set(day.records.map(({ type }) => type))).toEqual(
      new Set(['presence', 'heat', 'flow', 'od', 'dwell']),
    );
  });

  it('is small', () => {
    expect(gzipSync(TEXT).length).toBeLessThan(60_000);
  });
});

describe('its playback', () => {
  const trips = (lapse: TimeLapse) => Object.values(lapse.kept.trips).reduce((sum, n) => sum + n, 0);
  /** Of the records themselves, until a moment. */
  const tripsUntil = (untilS: number) =>
    day.records.reduce(
      (sum, record) => sum + (record.type === 'od' && record.atS <= untilS ? record.trips : 0),
      0,
    );

  it('shows the whole day at first, and the closing time', () => {
    const lapse = new TimeLapse(day);
    expect(lapse.isOver).toBe(true);
    expect(lapse.clockS).toBe(day.closesS);
    expect(lapse.visitors).toBe(day.visitors.at(-1));
    expect(trips(lapse)).toBe(tripsUntil(Infinity));
  });

  it('has nothing but the plan when the shop opens', () => {
    const lapse = new TimeLapse(day);
    lapse.show(0);
    expect(lapse.clockS).toBe(day.opensS);
    expect(lapse.visitors).toBe(0);
    expect(lapse.kept.empty).toBe(true);
    expect(lapse.kept.plan).toEqual(day.plan);
  });

  it.each([1, 7, 20, 40])(
    'after %i releases shows what had left until then, forwards and backwards',
    (step) => {
      const lapse = new TimeLapse(day);
      lapse.show(0);
      for (let i = 0; i < step; i++) lapse.advance();
      expect(lapse.step).toBe(step);
      expect(trips(lapse)).toBe(tripsUntil(step * day.everyS));
      const back = new TimeLapse(day);
      back.show(step);
      expect(back.kept.heatAt(0, Infinity)).toEqual(lapse.kept.heatAt(0, Infinity));
      expect(trips(back)).toBe(trips(lapse));
    },
  );

  it('opens again after its end, and stays within the day', () => {
    const lapse = new TimeLapse(day);
    lapse.advance();
    expect(lapse.step).toBe(0);
    lapse.show(99);
    expect(lapse.step).toBe(lapse.steps);
    lapse.show(-1);
    expect(lapse.step).toBe(0);
  });
});
