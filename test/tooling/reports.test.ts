import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readReport } from '../tools/reports.ts';

describe('what a report says of its tests', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'incam-reports-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (report: unknown) => {
    const file = join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    return readReport(file);
  };

  it('names each unit that failed with its message, and no colour', () => {
    const report = read({
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 0,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            {
              fullName: 'line is crossed',
              status: 'failed',
              failureMessages: ['\u001b[31m1 is not 2\u001b[39m'],
            },
            { fullName: 'line is not crossed', status: 'passed', failureMessages: [] },
          ],
        },
      ],
    });
    expect(report).toMatchObject({ passed: 3, failed: 1, skipped: 1, secondTries: [] });
    expect(report.failures).toEqual([{ file: 'a.test.ts', title: 'line is crossed', fault: '1 is not 2' }]);
  });

  it('counts a file that could not be loaded, though it has no test', () => {
    const { failed, failures } = read({
      numPassedTests: 3,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [
        { name: 'a.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
      ],
    });
    expect(failed).toBe(1);
    expect(failures).toEqual([{ file: 'a.test.ts', title: 'the file itself', fault: 'Cannot find module' }]);
  });

  it('tells in the browser what failed from what passed at the second try, at any depth', () => {
    const test = (status: string, message: string) => ({
      status,
      results: [{ errors: [{ message }] }, { errors: [] }],
    });
    const { failures, ...counts } = read({
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [],
      suites: [
        {
          specs: [{ file: 'a.spec.ts', title: 'one', tests: [test('unexpected', 'no frame')] }],
          suites: [{ specs: [{ file: 'a.spec.ts', title: 'two', tests: [test('flaky', 'too slow')] }] }],
        },
      ],
    });
    expect(failures).toEqual([{ file: 'a.spec.ts', title: 'one', fault: 'no frame' }]);
    expect(counts).toEqual({
      passed: 5,
      failed: 1,
      skipped: 2,
      secondTries: [{ file: 'a.spec.ts', title: 'two', fault: 'too slow' }],
    });
  });

  it('takes a missing report for a failure, for the step ended before it could say anything', () => {
    expect(readReport(join(folder, 'none.json'))).toMatchObject({ failed: 1 });
  });
});
