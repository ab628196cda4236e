/**
 * `npm test`: everything, in the order in which a failure is cheapest, with one closing line.
 *
 * Models and messages are made first, because types, units and the built site all need them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { ensureChromium } from './tools/chromium.ts';

const OUT = 'test/.out';
/** More tests than this that passed at their second try only are a fault of the tests or of the site, not of the machine. */
const MAX_SECOND_TRIES = 2;

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Tests that failed once and passed when tried again. */
  secondTries: readonly string[];
}

/** As much of a suite in Playwright's report as is read here. */
interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly { title: string; file: string; tests: readonly { status: string }[] }[];
}

const flakyIn = ({ suites = [], specs = [] }: Suite): string[] => [
  ...specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(flakyIn),
];

function run(title: string, command: string, args: string[]): boolean {
  console.log(`\n── ${title}`);
  const start = performance.now();
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: REPORTS[title] };
  const { status } = spawnSync(command, args, { stdio: 'inherit', env });
  console.log(
    `── ${title}: ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(0)} s`,
  );
  return status === 0;
}

/** Vitest's and Playwright's JSON reports say the same thing in different words. */
function counts(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, secondTries: [] };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  if ('numPassedTests' in report) {
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      secondTries: [],
    };
  }
  const { expected, unexpected, flaky, skipped } = report.stats;
  const secondTries = flakyIn(report);
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped, secondTries };
}

process.env['INCAM_CHROMIUM'] = ensureChromium();
/** Steps that count their tests, and where they say so. */
const REPORTS: Record<string, string> = {
  units: `${OUT}/vitest.json`,
  'browser, side by side': `${OUT}/side-by-side.json`,
  'browser, one at a time': `${OUT}/one-at-a-time.json`,
  firefox: `${OUT}/firefox.json`,
};
for (const report of Object.values(REPORTS)) rmSync(report, { force: true });

const steps: [string, string, string[]][] = [
  ['models', 'npm', ['run', '--silent', 'models']],
  ['formatting, lint, types', 'npm', ['run', '--silent', 'check']],
  [
    'units',
    'npx',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORTS['units']}`],
  ],
  ['site', 'npx', ['vite', 'build', '--logLevel', 'warn']],
  [
    'browser, side by side',
    'npm',
    ['run', '--silent', 'test:browser', '--', '--project=walls', '--project=side by side'],
  ],
  ['browser, one at a time', 'npm', ['run', '--silent', 'test:browser', '--', '--project=one at a time']],
  ['firefox', 'npm', ['run', '--silent', 'firefox']],
];
const failedSteps = steps
  .filter(([title, command, args]) => !run(title, command, args))
  .map(([title]) => title);

const all = Object.values(REPORTS).map(counts);
const sum = (key: 'passed' | 'failed' | 'skipped') => all.reduce((total, part) => total + part[key], 0);
const secondTries = all.flatMap((part) => part.secondTries);
const tooMany = secondTries.length > MAX_SECOND_TRIES;
for (const test of secondTries) console.log(`passed at the second try only, to be mended: ${test}`);
if (tooMany) console.log(`more than ${MAX_SECOND_TRIES} tests needed a second try`);
// A step without tests of its own that failed is a failure like any other.
const untested = failedSteps.filter((title) => !(title in REPORTS)).length;
if (failedSteps.length > 0) console.log(`\nfailed: ${failedSteps.join('; ')}`);
console.log(
  `\n${sum('passed')} passed (${secondTries.length} at the second try), ${sum('failed') + untested} failed, ${sum('skipped')} skipped`,
);
process.exit(failedSteps.length > 0 || tooMany ? 1 : 0);
