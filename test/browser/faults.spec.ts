/** Faults of the surroundings while a camera runs: its frame is taken away, another tab has a camera, too. */
import { expect, test, type Page } from '@playwright/test';
import { control, of, open, reach } from '../site/drive.ts';
import { openSite, watch } from '../site/watch.ts';

const QUICK = { backend: 'wasm', threads: 1, loop: true } as const;

async function start(page: Page) {
  const seen = await open(page);
  await control(page, 'Start').click();
  await reach(page, 'running', 60_000);
  return seen;
}
const destroyed = async (seen: Awaited<ReturnType<typeof watch>>) =>
  of(await seen.records(), 'ledger').at(-1)?.frames.destroyed ?? 0;

test('the camera’s frame is taken away: said within 3 s, without a word of a wipe; it starts again', async ({
  page,
}) => {
  const seen = await start(page);
  await page.evaluate(() => document.querySelector('iframe')!.remove());
  await expect(page.getByText('The camera ended without saying so.')).toBeVisible({ timeout: 4500 });
  expect(of(await seen.records(), 'status').some(({ state }) => state === 'wiped')).toBe(false);
  const before = of(await seen.records(), 'ledger').length;
  await control(page, 'Start').click();
  await expect
    .poll(
      async () =>
        of(await seen.records(), 'ledger')
          .slice(before)
          .at(-1)?.frames.destroyed ?? 0,
      {
        timeout: 60_000,
      },
    )
    .toBeGreaterThan(0);
});

test('a second tab has a camera of its own; stopping one leaves the other as it is', async ({
  page,
  context,
}) => {
  const first = await start(page);
  const other = await context.newPage();
  const second = await watch(other);
  await openSite(other, '', 'crowding', QUICK);
  await control(other, 'Start').click();
  await reach(other, 'running', 60_000);
  await control(other, 'Stop').click();
  await expect.poll(async () => of(await second.records(), 'status').at(-1)?.state).toBe('wiped');
  await other.close();
  const before = await destroyed(first);
  await expect.poll(() => destroyed(first), { timeout: 20_000 }).toBeGreaterThan(before);
  expect(of(await first.records(), 'status').some(({ state }) => state === 'wiped')).toBe(false);
});
