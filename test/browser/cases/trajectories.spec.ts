/**
 * Case 2 on the built site: the sample runs, sums over groups leave and nothing else does, the page shows them on a floor
 * plan, and stopping leaves nothing behind.
 */
import { expect, test } from '@playwright/test';
import { control, expectSealed, of, reach, startCamera, WHOLE_CLIP_MS } from '../../site/drive.ts';
import { openSite, watch } from '../../site/watch.ts';

const QUICK = { backend: 'wasm', threads: 2, size: '512x288', pace: 'exact', loop: false } as const;

test('the sample becomes a floor plan of groups, and no person is reported alone', async ({
  page,
  baseURL,
}) => {
  test.slow();
  const seen = await watch(page);
  await openSite(page, '', 'trajectories', QUICK);
  await startCamera(page);
  await expect(page.getByRole('img', { name: /Floor plan from above: 5 zones/ })).toBeVisible({
    timeout: 40_000,
  });
  await expect
    .poll(async () => of(await seen.records(), 'heat').length, { timeout: WHOLE_CLIP_MS })
    .toBeGreaterThan(0);
  await expect(page.locator('rect.cell').first()).toBeVisible();
  await page.getByRole('radio', { name: 'Trips' }).check();
  await expect(page.getByRole('table', { name: 'Trips from zone to zone' })).toBeVisible();
  await control(page, 'Stop').click();
  await reach(page, 'wiped');
  const ledger = await expectSealed(seen, baseURL!);
  const records = await seen.records();
  for (const { cells } of of(records, 'heat'))
    for (const [, , people] of cells) expect(people).toBeGreaterThanOrEqual(3);
  for (const record of [...of(records, 'dwell'), ...of(records, 'flow'), ...of(records, 'od')]) {
    expect(record.people).toBeGreaterThanOrEqual(3);
  }
  expect(of(records, 'plan')).toHaveLength(1);
  const account = ledger.cases.find((row) => row.case === 'trajectories')!;
  expect(account).toMatchObject({ pictures: 0, crops: { made: 0 }, vectors: { made: 0 } });
  await expect.poll(() => page.workers().length).toBe(0);
});

test('in Japanese, single people are told of only after a warning', async ({ page }) => {
  const seen = await watch(page);
  await openSite(page, '', 'trajectories', QUICK);
  await page.getByRole('radio', { name: '日本語' }).check({ force: true });
  const slider = page.getByRole('slider', { name: /集計単位/ });
  await expect(page.getByText('3人以上')).toBeVisible();
  await slider.fill('1');
  await expect(page.getByText(/実在の来店者に使えば追跡になります/)).toBeVisible();
  await slider.fill('5');
  await expect(page.getByText(/実在の来店者に使えば追跡になります/)).toBeHidden();
  expect(seen.errors).toEqual([]);
});
