/**
 * `npm run firefox [-- --cases counting,crowding --out FILE.json]`: opens the built site in Firefox, runs the sample of every
 * case in the sealed camera, carries the attacks out, and prints which walls hold there. Ends with 1 when something that must
 * hold does not; without a Firefox nothing is tested, and that is said.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CASES, type CaseId } from '../../contract/index.ts';
import { hostWithHeaders, plainHost } from '../browser/attacks/hosts.ts';
import { faultText } from '../site/texts.ts';
import { writeReport } from '../tools/write-report.ts';
import { attackFirefox } from './attack-firefox.ts';
import { findFirefox, launchFirefox, NO_WEBCODECS, openWatched, startCamera } from './browser.ts';
import { alertOf, QUICK, runCase, runPattern, type CaseRun } from './run-case.ts';
import { abilities, wallsOfFrame, wallsOfPage, type Found } from './walls.ts';

/** Attacks that this browser has no wall against; `docs/browsers.md` and the site say so. */
const KNOWN = new Set(['WebRTC to another host']);

const FIRST: readonly CaseId[] = ['counting', 'crowding'];
const { values } = parseArgs({ options: { cases: { type: 'string' }, out: { type: 'string' } } });
const wished = values.cases?.split(',') ?? [...FIRST, ...CASES.filter((id) => !FIRST.includes(id))];
const cases = wished.map((id) => {
  const found = CASES.find((one) => one === id);
  if (!found) throw new Error(`--cases knows ${CASES.join(', ')}; not ${id}`);
  return found;
});

const verdicts: { title: string; good: boolean }[] = [];
const judge = (title: string, good: boolean) => {
  verdicts.push({ title, good });
  console.log(`${good ? 'ok  ' : 'FAIL'} ${title}`);
};
const judgeAll = (place: string, found: Found) => {
  for (const [name, holds] of Object.entries(found)) judge(`${place}: ${name}`, holds);
};
/** For `npm test`, which adds the figures up. */
function count(skipped: number): void {
  const failed = verdicts.filter(({ good }) => !good).length;
  mkdirSync('test/.out', { recursive: true });
  const results = {
    name: 'firefox',
    status: failed > 0 ? 'failed' : 'passed',
    message: '',
    assertionResults: verdicts.map(({ title, good }) => ({
      fullName: title,
      status: good ? 'passed' : 'failed',
      failureMessages: null,
    })),
  };
  const numbers = { numPassedTests: verdicts.length - failed, numFailedTests: failed };
  writeFileSync(
    'test/.out/firefox.json',
    JSON.stringify({ ...numbers, numPendingTests: skipped, numTodoTests: 0, testResults: [results] }),
  );
}

async function runOne(open: typeof hostWithHeaders, work: (url: string) => Promise<void>): Promise<void> {
  const host = await open();
  try {
    await work(host.url);
  } finally {
    await host.close();
  }
}

const path = findFirefox();
if (!path) {
  console.log('skipped: there is no Firefox (Debian: apt-get install firefox-esr; else set INCAM_FIREFOX)');
  count(cases.length);
  process.exit(0);
}
const browser = await launchFirefox(path);
const version = await browser.version();
console.log(version);
const runs: CaseRun[] = [];
const run = async (url: string, id: CaseId, where: string) => {
  const done = await runCase(browser, url, id).catch((error: unknown) => String(error));
  if (typeof done === 'string') return judge(`${id}, ${where}: ${done}`, false);
  runs.push(done);
  const { destroyed, records, own, fps, wrong } = done;
  const figures = `${destroyed} pictures destroyed, ${records} records (${own} of the case), ${fps.toFixed(1)} a second`;
  judge(`${id}, ${where}: ${figures}${wrong.length > 0 ? `; ${wrong.join('; ')}` : ''}`, wrong.length === 0);
};
const report: Record<string, unknown> = { version, runs };
try {
  await runOne(hostWithHeaders, async (url) => {
    const page = await openWatched(browser, `${url}#/counting`, QUICK);
    await startCamera(page);
    const walls = { page: await wallsOfPage(page), frame: await wallsOfFrame(page) };
    const able = await abilities(page);
    await page.close();
    judgeAll('page', walls.page);
    judgeAll('frame', walls.frame);
    for (const [name, there] of Object.entries(able)) console.log(`     ${there ? 'has' : 'has no'} ${name}`);
    Object.assign(report, { walls, abilities: able });
    for (const id of cases) await run(url, id, 'host with headers');
  });
  await runOne(plainHost, (url) => run(url, cases[0]!, 'host without headers'));
  const host = await hostWithHeaders();
  const outcomes = await attackFirefox(browser, host).finally(() => host.close());
  const through = outcomes.filter(({ stopped }) => !stopped);
  for (const { attack, place, got } of through) console.log(`     not stopped, ${place}: ${attack}: ${got}`);
  const unknown = through.filter(({ attack }) => !KNOWN.has(attack));
  judge(
    `${outcomes.length - through.length} of ${outcomes.length} attacks stopped; known to get through: ${[...KNOWN].join(', ')}`,
    unknown.length === 0,
  );
  Object.assign(report, { outcomes });
} finally {
  await browser.close();
}
const older = await launchFirefox(path, NO_WEBCODECS);
await runOne(hostWithHeaders, async (url) => {
  const pattern = await runPattern(older, url).catch((error: unknown) => String(error));
  judge(`without WebCodecs: the test pattern runs, ${pattern} pictures destroyed`, Number(pattern) > 0);
  const said = await alertOf(older, url).catch((error: unknown) => String(error));
  judge(
    `without WebCodecs: the page says "${said}"`,
    said.includes(faultText('source-codec-unsupported').what),
  );
}).finally(() => older.close());
count(0);
writeReport(report, values.out);
process.exit(verdicts.every(({ good }) => good) ? 0 : 1);
