import { describe, expect, it } from 'vitest';
import { mergeReports } from '../../../../src/benchmark/merge.ts';
import {
  asFile,
  cellKey,
  deviceKey,
  MAX_BYTES,
  parseReports,
  progressOf,
  readReports,
  ReportError,
} from '../../../../src/benchmark/report.ts';
import { against, rowsOf, toCsv } from '../../../../src/benchmark/results.ts';
import { AT, cell, report, run } from './fakes.ts';

const one = report([cell()], [[run([10, 20, 30]), run([11, 21, 31], { round: 1 })]]);
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof ReportError ? error.code : `not a ReportError: ${String(error)}`;
  }
  return 'nothing';
};

describe('reading a report', () => {
  it('gives back what was written', () => {
    expect(parseReports(JSON.stringify(asFile([one])))).toEqual([one]);
  });

  it('gives back several that were put together', () => {
    const other = { ...one, id: '11111111-0000-4000-8000-000000000000' };
    expect(parseReports(JSON.stringify(asFile([one, other])))).toEqual([one, other]);
  });

  it.each([
    { says: 'a picture', text: '\u0089PNG', is: 'not-json' },
    { says: 'nothing', text: '', is: 'not-json' },
    { says: 'JSON of another program', text: '{"format":"other","version":1}', is: 'not-a-report' },
    { says: 'a list', text: '[]', is: 'not-a-report' },
    { says: 'a report without its version', text: '{"format":"incam-bench"}', is: 'not-a-report' },
    { says: 'a newer version, whatever is in it', text: '{"format":"incam-bench","version":4}', is: 'newer' },
    { says: 'a newer set', text: '{"format":"incam-bench-set","version":9}', is: 'newer' },
    { says: 'a part missing', text: '{"format":"incam-bench","version":1}', is: 'damaged' },
    {
      says: 'an unknown field',
      text: JSON.stringify({ ...one, more: 1 }),
      is: 'damaged',
    },
    { says: 'a negative time', text: JSON.stringify({ ...one, runs: [[run([-1])]] }), is: 'damaged' },
    { says: 'runs of no cell', text: JSON.stringify({ ...one, runs: [[], []] }), is: 'damaged' },
    {
      says: 'a device described at length',
      text: JSON.stringify({ ...one, device: { ...one.device, browser: 'x'.repeat(401) } }),
      is: 'damaged',
    },
  ])('refuses $says', ({ text, is }) => {
    expect(codeOf(() => parseReports(text))).toBe(is);
  });

  it('brings version 2 up to date, of whose kernels nothing is known', () => {
    const [read] = parseReports(JSON.stringify({ ...one, version: 2 }));
    expect(read).toEqual(one);
    expect(read!.device.kernels).toBeUndefined();
  });

  it('keeps reports of exchanged and of published kernels apart', () => {
    const as = (kernels: 'exchanged' | 'published') =>
      deviceKey({ ...one, device: { ...one.device, kernels } });
    expect(as('exchanged')).not.toBe(as('published'));
  });

  it('brings version 1 up to date, without its checks of one core only', () => {
    const old = { ...one, version: 1, idle: [{ at: AT, p50: 4, unsteady: 0.05 }] };
    expect(parseReports(JSON.stringify(old))).toEqual([{ ...one, idle: [] }]);
    const set = { format: 'incam-bench-set', version: 1, reports: [old] };
    expect(parseReports(JSON.stringify(set))).toEqual([{ ...one, idle: [] }]);
  });

  it('does not read a file that is far too large', async () => {
    const huge = {
      size: MAX_BYTES + 1,
      text: () => Promise.reject(new Error('was read')),
    } as unknown as Blob;
    await expect(readReports(huge)).rejects.toMatchObject({ code: 'too-large', detail: '20 MB' });
  });
});

describe('rows', () => {
  it('take all frames of all rounds, and tell the rounds apart', () => {
    const [row] = rowsOf(one);
    expect(row?.frameMs).toMatchObject({ count: 6, p50: 20.5, min: 10, max: 31 });
    expect(row?.rounds).toMatchObject({ count: 2, min: 20, max: 21 });
  });

  it('keep download, initialisation and warm-up apart', () => {
    expect(rowsOf(one)[0]).toMatchObject({ downloadMs: 100, initialiseMs: 510, warmUpMs: 40 });
  });

  it('name the faults of rounds that gave nothing, and use the others', () => {
    const faulty = report([cell()], [[run([], { fault: 'gpu-lost', frames: 0 }), run([10])]]);
    expect(rowsOf(faulty)[0]).toMatchObject({ faults: ['gpu-lost'], frameMs: { count: 1 } });
  });

  it('have no figures where nothing was measured yet', () => {
    const [row] = rowsOf(report([cell()], [[]]));
    expect(row).toMatchObject({ frameMs: undefined, fps: undefined, countError: undefined, stagesMs: {} });
  });

  it('are held against the same cell of another report only', () => {
    const slower = report([cell(), cell({ threads: 1 })], [[run([40, 41, 42])], [run([80])]]);
    expect(against(rowsOf(one), slower)).toEqual(new Map([[cellKey(cell()), 41 / 20.5]]));
  });

  it('tell how much is done', () => {
    expect(progressOf(report([cell(), cell({ threads: 1 })], [[run([1]), run([1])], [run([1])]]))).toEqual({
      done: 3,
      total: 4,
    });
  });
});

describe('the CSV', () => {
  it('has a line for each cell below the head', () => {
    const lines = toCsv(one).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    const [head, line] = lines.map((each) => each.split(','));
    const valueOf = (name: string) => line?.[head!.indexOf(name)];
    expect(line).toHaveLength(head!.length);
    expect([valueOf('case'), valueOf('input'), valueOf('p50Ms'), valueOf('inferMs')]).toEqual([
      'counting',
      '512x288',
      '20.5',
      '20',
    ]);
  });
});

describe('merging', () => {
  const id = () => '22222222-0000-4000-8000-000000000000';

  it('joins the rounds of one device and keeps the cells of either', () => {
    const more = report([cell({ threads: 1 }), cell()], [[run([5])], [run([7])]]);
    const [merged, ...others] = mergeReports([one, more], id);
    expect(others).toEqual([]);
    expect(merged?.plan).toMatchObject({ rounds: 3, cells: [cell(), cell({ threads: 1 })] });
    expect(merged?.runs.map((list) => list.map(({ round, frameMs }) => [round, frameMs.length]))).toEqual([
      [
        [0, 3],
        [1, 3],
        [2, 1],
      ],
      [[0, 1]],
    ]);
    expect(parseReports(JSON.stringify(merged))).toEqual([merged]);
  });

  it('keeps devices apart', () => {
    const elsewhere = { ...one, device: { ...one.device, cores: 8 } };
    expect(mergeReports([one, elsewhere], id)).toEqual([one, elsewhere]);
  });
});
