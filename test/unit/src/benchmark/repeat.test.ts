import { describe, expect, it } from 'vitest';
import { checkIdle, idleness, threadsOf } from '../../../../src/benchmark/idle.ts';
import { compareMedians, judgeRepetition, repetition } from '../../../../src/benchmark/repeat.ts';
import { cellKey } from '../../../../src/benchmark/report.ts';
import { spin } from '../../../../workers/cpu-probe/spin.ts';
import { AT, cell, report, run } from './fakes.ts';

const check = (bestMs: number, slowestMs: number) => ({ at: AT, threads: 3, bestMs, slowestMs });

describe('whether the machine was idle', () => {
  it.each([
    {
      says: 'as fast as at best, always',
      checks: [check(1, 1.02), check(1.01, 1.05)],
      idle: true,
      slowed: 0.05,
    },
    {
      says: 'one thread in one check got half of a core',
      checks: [check(1, 1.02), check(1, 2)],
      idle: false,
      slowed: 1,
    },
    {
      says: 'steady in each check, but with a lower clock in the last one',
      checks: [check(1, 1.02), check(1.3, 1.31)],
      idle: false,
      slowed: 0.31,
    },
    { says: 'a little less than a tenth slower', checks: [check(1, 1.09)], idle: true, slowed: 0.09 },
  ])('$says', ({ checks, idle, slowed }) => {
    expect(idleness(checks)).toEqual({ idle, slowed: expect.closeTo(slowed, 9) });
  });

  it('is unknown without an idle check', () => {
    expect(idleness([])).toBeUndefined();
  });

  it('is asked with as many workers as the hungriest cell has threads', () => {
    const plan = (threads: number[]) =>
      report(
        threads.map((n) => cell({ threads: n })),
        [],
      ).plan;
    expect(threadsOf(plan([1, 3, 2]), 8, true)).toBe(3);
    expect(threadsOf(plan([0, 1]), 4, true)).toBe(3);
    expect(threadsOf(plan([0]), 4, false)).toBe(1);
  });

  it('takes the best of all workers, and the slowest of them', async () => {
    const asked: number[] = [];
    const result = await checkIdle(2, async (threads) => {
      asked.push(threads);
      return [
        { bestMs: 1.1, meanMs: 1.2 },
        { bestMs: 1.0004, meanMs: 1.6 },
      ];
    });
    expect(asked).toEqual([2]);
    expect(result).toMatchObject({ threads: 2, bestMs: 1, slowestMs: 1.6 });
  });
});

describe('a piece of work, again and again', () => {
  it('has a best time, and an average with what came in between', () => {
    // Pieces of 2 milliseconds, or 6 when another program used the core.
    const ticks = [0, 2, 8, 10, 12];
    expect(spin({ forMs: 12, steps: 1 }, () => ticks.shift()!)).toEqual({ bestMs: 2, meanMs: 3 });
  });
});

describe('the same measured again', () => {
  it.each([
    { says: 'a twentieth apart', medians: [20, 21], ratio: 1.05, within: true },
    { says: 'the order does not matter', medians: [21, 20], ratio: 1.05, within: true },
    { says: 'an eighth apart', medians: [40, 45], ratio: 1.125, within: false },
    { says: 'three times, the extremes count', medians: [40, 41, 45], ratio: 1.125, within: false },
    { says: 'one gave nothing', medians: [40, undefined], ratio: undefined, within: false },
    { says: 'once only', medians: [40], ratio: undefined, within: false },
  ])('$says', ({ medians, ratio, within }) => {
    const compared = compareMedians('key', medians);
    expect(compared.within).toBe(within);
    if (ratio === undefined) expect(compared.ratio).toBeUndefined();
    else expect(compared.ratio).toBeCloseTo(ratio, 9);
  });

  const near = compareMedians('near', [20, 21]);
  const far = compareMedians('far', [20, 30]);
  const lost = compareMedians('lost', [20, undefined]);
  const idle = { idle: true, slowed: 0.02 };
  const busy = { idle: false, slowed: 0.8 };

  it.each([
    { says: 'all near, idle', cells: [near], idle, is: 'agrees' },
    { says: 'all near although busy', cells: [near], idle: busy, is: 'agrees' },
    { says: 'one far apart, idle: the benchmark is to blame', cells: [near, far], idle, is: 'differs' },
    { says: 'one far apart, busy: nothing is known', cells: [near, far], idle: busy, is: 'busy' },
    { says: 'one far apart, without an idle check', cells: [far], idle: undefined, is: 'unknown' },
    { says: 'a cell that gave nothing the second time', cells: [near, lost], idle, is: 'differs' },
    { says: 'nothing to compare', cells: [lost], idle, is: 'unknown' },
    { says: 'no cells', cells: [], idle, is: 'unknown' },
  ])('$says', ({ cells, idle: told, is }) => {
    expect(judgeRepetition(cells, told).verdict).toBe(is);
  });

  it('takes medians over all rounds, cell by cell, and all checks of both times', () => {
    const once = report([cell(), cell({ threads: 1 })], [[run([20, 20, 20])], [run([50])]]);
    const again = { ...once, runs: [[run([21, 21, 21])], [run([80])]], idle: [check(1, 1.9)] };
    expect(repetition([once, again])).toMatchObject({
      verdict: 'busy',
      idle: false,
      slowed: expect.closeTo(0.9, 9),
      cells: [
        { key: cellKey(cell()), medians: [20, 21], within: true },
        { key: cellKey(cell({ threads: 1 })), medians: [50, 80], within: false },
      ],
    });
  });

  it('leaves out what was measured neither time, such as an engine that is not there', () => {
    const gone = run([], { fault: 'no-adapter', frames: 0 });
    const once = report([cell(), cell({ backend: 'webgpu' })], [[run([20])], [gone]]);
    expect(repetition([once, once])).toMatchObject({ verdict: 'agrees', cells: [{ key: cellKey(cell()) }] });
  });
});
