import { beforeEach, describe, expect, it } from 'vitest';
import type { CellOptions } from '../../../../src/benchmark/cell.ts';
import type { Cell, Report } from '../../../../src/benchmark/report.ts';
import type { Store } from '../../../../src/benchmark/store.ts';
import { Suite } from '../../../../src/benchmark/suite.svelte.ts';
import { AT, cell, run } from './fakes.ts';

class MemoryStore implements Store {
  readonly reports = new Map<string, Report>();
  broken = false;
  async all() {
    return [...this.reports.values()];
  }
  async put(report: Report) {
    if (this.broken) throw new DOMException('no', 'QuotaExceededError');
    this.reports.set(report.id, report);
  }
  async remove(id: string) {
    this.reports.delete(id);
  }
}

const PLAN = { name: 'own', frames: 3, rounds: 2, cells: [cell(), cell({ threads: 1 })] } as const;
const plan = { ...PLAN, cells: [...PLAN.cells] };

let store: MemoryStore;
let ran: string[];
let onRun: (n: number, options: CellOptions) => Promise<void>;

const suiteOf = () =>
  new Suite({
    store,
    checkIdle: async (threads) => ({ at: AT, threads, bestMs: 1, slowestMs: 1 }),
    describeDevice: async () => ({ browser: 'Test/1', platform: 'Test', cores: 4, isolated: true }),
    runCell: async (measured: Cell, options: CellOptions) => {
      ran.push(`${options.round}:${measured.threads}`);
      await onRun(ran.length, options);
      options.signal.throwIfAborted();
      return run([10], { round: options.round });
    },
  });

beforeEach(() => {
  store = new MemoryStore();
  ran = [];
  onRun = async () => {};
});

describe('a suite', () => {
  it('takes the cells in turns, and checks the machine before, between and after the rounds', async () => {
    const suite = suiteOf();
    await suite.start(plan);
    expect(ran).toEqual(['0:2', '0:1', '1:1', '1:2']);
    expect(suite.report?.runs.map((list) => list.length)).toEqual([2, 2]);
    // With as many workers as the hungriest cell has threads.
    expect(suite.report?.idle.map(({ threads }) => threads)).toEqual([2, 2, 2]);
    expect([...store.reports.values()]).toEqual([suite.report]);
    expect(suite.running).toBe(false);
  });

  it('keeps what was finished when it is cancelled, and does the rest when it is resumed', async () => {
    const suite = suiteOf();
    onRun = async (n) => {
      if (n === 3) suite.cancel();
    };
    await suite.start(plan);
    expect(suite.report?.runs.map((list) => list.length)).toEqual([1, 1]);
    // In another tab, later.
    const later = suiteOf();
    await later.recall();
    await later.resume(later.report!);
    expect(ran).toEqual(['0:2', '0:1', '1:1', '1:1', '1:2']);
    expect(later.report?.runs.map((list) => list.map(({ round }) => round))).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('goes on where nothing can be kept, and says so', async () => {
    store.broken = true;
    const suite = suiteOf();
    await suite.start(plan);
    expect(suite.unkept).toBe(true);
    expect(suite.report?.runs.flat()).toHaveLength(4);
  });

  it('does not start twice', async () => {
    const suite = suiteOf();
    onRun = async (n) => {
      if (n === 1) await suite.start(plan);
    };
    await suite.start(plan);
    expect(ran).toHaveLength(4);
  });

  it('forgets a report', async () => {
    const suite = suiteOf();
    await suite.start(plan);
    await suite.remove(suite.report!.id);
    expect([suite.report, suite.kept, store.reports.size]).toEqual([undefined, [], 0]);
  });
});
