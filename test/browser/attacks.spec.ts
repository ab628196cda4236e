/** Every attack of the list, on the built site: on a host with headers, and on one that sets none. */
import { cpSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { control, expectSealed, of, reach } from '../site/drive.ts';
import { openSite, watch } from '../site/watch.ts';
import { changeFiles } from './attacks/changed-files.ts';
import { compromiseRuntime, PICTURES, SECRET } from './attacks/compromised-runtime.ts';
import { hostWithHeaders, plainHost } from './attacks/hosts.ts';
import { runAttacks } from './attacks/run-attacks.ts';

for (const [says, open] of [
  ['with headers', hostWithHeaders],
  ['that sets no header', plainHost],
] as const) {
  test.describe(`a host ${says}`, () => {
    test('every attack is stopped', async ({ browser }) => {
      test.setTimeout(400_000);
      const host = await open();
      try {
        const outcomes = await runAttacks(await browser.newContext(), host);
        expect(outcomes.length).toBeGreaterThan(90);
        expect(outcomes.filter(({ stopped }) => !stopped)).toEqual([]);
      } finally {
        await host.close();
      }
    });

    test('a changed byte in any part is refused, and told', async ({ browser }) => {
      test.setTimeout(400_000);
      const host = await open();
      try {
        expect((await changeFiles(browser, host)).filter(({ stopped }) => !stopped)).toEqual([]);
      } finally {
        await host.close();
      }
    });
  });
}

for (const [id, last, code] of [
  ['counting', 'error', 'model-run-failed'],
  ['attributes', 'nan', 'model-nan'],
  ['trajectories', 'shape', 'model-wrong-shape'],
] as const)
  test(`${id}: a runtime that was tampered with before the build gets nothing else out`, async ({
    page,
  }, testInfo) => {
    test.setTimeout(120_000);
    const site = testInfo.outputPath('site');
    cpSync('dist', site, { recursive: true });
    compromiseRuntime(site, last);
    const host = await hostWithHeaders(site);
    try {
      const seen = await watch(page);
      await openSite(page, host.url, id, { backend: 'wasm', threads: 1, size: '320x192', pace: 'exact' });
      await control(page, 'Start').click({ timeout: 60_000 });
      await reach(page, 'running');
      // The last thing it says stops the camera, which wipes itself.
      await reach(page, 'wiped', 90_000);
      await expectSealed(seen, host.url);
      const records = await seen.records();
      expect(of(records, 'fault').map((fault) => fault.code)).toEqual([code]);
      expect(of(records, 'ledger').at(-1)!.frames.destroyed).toBeGreaterThan(PICTURES / 2);
      const left = await page.evaluate(
        () => document.documentElement.innerHTML + JSON.stringify(window.incamWatch.messages()),
      );
      expect(left).not.toContain(SECRET);
      await expect(page.getByRole('alert')).toBeVisible();
    } finally {
      await host.close();
    }
  });
