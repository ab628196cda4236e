/**
 * `npm test`: everything, in the order in which a failure is cheapest, with one closing line.
 *
 * Models and messages are made first, because types, units and the built site all need them.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { ensureChromium } from './tools/chromium.ts';
import { readReport } from './tools/reports.ts';

const OUT = 'test/.out';
/** More tests than this that passed at their second try only are a fault of the tests or of the site, not of the machine. */
const MAX_SECOND_TRIES = 2;

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

const all = Object.values(REPORTS).map(readReport);
const sum = (key: 'passed' | 'failed' | 'skipped') => all.reduce((total, part) => total + part[key], 0);
const secondTries = all.flatMap((part) => part.secondTries);
const tooMany = secondTries.length > MAX_SECOND_TRIES;
// Said again here: what a step printed stands thousands of lines above the end.
for (const { file, title, fault } of all.flatMap(({ failures }) => failures)) {
  console.log(`\nfailed: ${file}: ${title}\n${fault}`);
}
for (const { file, title, fault } of secondTries) {
  console.log(`\npassed at the second try only, to be mended: ${file}: ${title}\n${fault}`);
}
if (tooMany) console.log(`more than ${MAX_SECOND_TRIES} tests needed a second try`);
// A step without tests of its own that failed is a failure like any other.
const untested = failedSteps.filter((title) => !(title in REPORTS)).length;
if (failedSteps.length > 0) console.log(`\nfailed: ${failedSteps.join('; ')}`);
console.log(
  `\n${sum('passed')} passed (${secondTries.length} at the second try), ${sum('failed') + untested} failed, ${sum('skipped')} skipped`,
);
process.exit(failedSteps.length > 0 || tooMany ? 1 : 0);
