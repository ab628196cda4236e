/**
 * `npm run attacks -- --out FILE.json`: carries every attack out on the built site, on a host with headers and on one that
 * sets none, and writes `{attack, wall, place, host, stopped}[]`. Ends with 1 when one was not stopped.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from '../../tools/chromium.ts';
import type { Outcome } from './attack.ts';
import { changeFiles } from './changed-files.ts';
import { hostWithHeaders, plainHost } from './hosts.ts';
import { runAttacks } from './run-attacks.ts';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const outcomes: Outcome[] = [];
for (const open of [hostWithHeaders, plainHost]) {
  const host = await open();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  try {
    outcomes.push(...(await runAttacks(await browser.newContext(), host)));
    outcomes.push(...(await changeFiles(browser, host)));
  } finally {
    await browser.close();
    await host.close();
  }
}
for (const { attack, wall, place, host, stopped, got } of outcomes)
  if (!stopped) console.log(`NOT STOPPED  ${host}, ${place}: ${attack} (wall: ${wall}): ${got}`);
const stopped = outcomes.filter((outcome) => outcome.stopped).length;
console.log(`${stopped} of ${outcomes.length} attacks stopped`);
if (values.out) writeFileSync(values.out, `${JSON.stringify(outcomes, null, 1)}\n`);
process.exit(stopped === outcomes.length ? 0 : 1);
