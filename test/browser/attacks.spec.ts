/** Every attack of the list, on the built site: on a host with headers, and on one that sets none. */
import { expect, test } from '@playwright/test';
import { changeFiles } from './attacks/changed-files.ts';
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
