/** What a step's JSON report says of its tests. Vitest and Playwright say the same thing in different words. */
import { existsSync, readFileSync } from 'node:fs';

/** A test that failed, or that needed a second try. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
  /** First lines of the first fault; empty where the report has none. */
  readonly fault: string;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Tests, and files that could not be loaded. */
  readonly failures: readonly NamedTest[];
  /** Tests that failed once and passed when tried again. */
  readonly secondTries: readonly NamedTest[];
}

/** Lines of a fault that are repeated in the closing lines: the message, not the whole trace. */
const FAULT_LINES = 12;

/** As much of Vitest's report as is read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** As much of a suite in Playwright's report as is read here. */
interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly errors: readonly { readonly message?: string }[] }[];
    }[];
  }[];
}

interface PlaywrightReport extends Suite {
  readonly stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  readonly errors: readonly { readonly message?: string }[];
}

const NONE: Counts = { passed: 0, failed: 0, skipped: 0, failures: [], secondTries: [] };

/** Colours of a terminal have no place in a list. */
// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;
const shortened = (fault = ''): string =>
  fault.replace(COLOURS, '').trim().split('\n').slice(0, FAULT_LINES).join('\n');

function ofVitest(report: VitestReport): Counts {
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === 'failed');
    if (failed.length === 0 && status === 'failed') {
      return [{ file: name, title: 'the file itself', fault: shortened(message) }];
    }
    return failed.map(({ fullName, failureMessages }) => ({
      file: name,
      title: fullName,
      fault: shortened(failureMessages?.[0]),
    }));
  });
  return {
    passed: report.numPassedTests,
    // A file that could not be loaded has no tests to count, and is a failure all the same.
    failed: Math.max(report.numFailedTests, failures.length),
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
    secondTries: [],
  };
}

function withStatus({ suites = [], specs = [] }: Suite, status: string): NamedTest[] {
  const here = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter((test) => test.status === status)
      .map(({ results }) => ({
        file,
        title,
        fault: shortened(results.flatMap(({ errors }) => errors)[0]?.message),
      })),
  );
  return [...here, ...suites.flatMap((suite) => withStatus(suite, status))];
}

function ofPlaywright(report: PlaywrightReport): Counts {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const errors = report.errors.map(({ message }) => ({
    file: '',
    title: 'outside of the tests',
    fault: shortened(message),
  }));
  return {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
    failures: [...withStatus(report, 'unexpected'), ...errors],
    secondTries: withStatus(report, 'flaky'),
  };
}

/**
 * Counts of one step.
 *
 * @param file JSON report of Vitest or Playwright; where there is none, the step counts as one failure.
 */
export function readReport(file: string): Counts {
  if (!existsSync(file)) {
    return { ...NONE, failed: 1, failures: [{ file, title: 'no report', fault: '' }] };
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport | PlaywrightReport;
  return 'numPassedTests' in report ? ofVitest(report) : ofPlaywright(report);
}
