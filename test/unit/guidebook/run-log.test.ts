import { describe, expect, test } from 'vitest';
import type { OutRecordOf } from '../../../contract/index.ts';
import { summariesOf } from '../../../src/guidebook/run-log.svelte.ts';
import { ledger } from '../src/fakes.ts';

const status: OutRecordOf<'status'> = { type: 'status', state: 'wiped', glass: 'clear', engines: [] };
const counting = { case: 'counting', lines: [], zones: [], anchor: 'centre' } as const;
const trajectories = { case: 'trajectories', zones: [], k: 5, everyS: 60 } as const;
const ended = { ledger, status, source: 'sample', now: 7 } as const;

describe('summaries of a run', () => {
  test('each case gets its own account, and the frames of the camera they shared', () => {
    const runs = summariesOf({ ...ended, configs: [{ ...counting }, { ...trajectories }] as never });
    expect(runs.map((run) => [run.case, run.records, run.frames.destroyed])).toEqual([
      ['counting', 4, 50],
      ['trajectories', 1, 50],
    ]);
    expect(runs[1]?.settings).toEqual({ k: 5, everyS: 60 });
  });

  test('a camera that took no picture in has shown nothing', () => {
    const none = { ...ledger, frames: { ...ledger.frames, acquired: 0, destroyed: 0 } };
    expect(summariesOf({ ...ended, ledger: none, configs: [counting] as never })).toEqual([]);
    expect(summariesOf({ ...ended, ledger: undefined, configs: [counting] as never })).toEqual([]);
  });

  test('a camera that did not say it was wiped is not said to be', () => {
    const [run] = summariesOf({
      ...ended,
      status: { ...status, state: 'running' },
      configs: [counting] as never,
    });
    expect(run?.wiped).toBe(false);
  });
});
