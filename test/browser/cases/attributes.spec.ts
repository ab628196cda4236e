/** Case 1 on the built site: its sample runs, passages leave one by one, crops are made and destroyed, no vector ever is. */
import { expect, test, type Page } from '@playwright/test';
import { control, expectSealed, of, reach, WHOLE_CLIP_MS } from '../../site/drive.ts';
import { openSite, watch, type SiteSettings } from '../../site/watch.ts';

async function open(page: Page, settings: SiteSettings) {
  const seen = await watch(page);
  await openSite(page, '', 'attributes', { backend: 'wasm', threads: 2, ...settings });
  return seen;
}

test('the sample from its first to its last frame', async ({ page, baseURL }) => {
  test.slow();
  const seen = await open(page, { pace: 'exact', loop: false, autostart: true });
  await reach(page, 'wiped', WHOLE_CLIP_MS);
  const ledger = await expectSealed(seen, baseURL!);
  const records = await seen.records();
  const passages = of(records, 'attribute');
  expect(passages.length).toBeGreaterThan(5);
  const account = ledger.cases.find((row) => row.case === 'attributes')!;
  expect(account.records).toBe(passages.length);
  expect(ledger.out.caseRecords).toBe(passages.length);
  // A few looks at each face, not one a frame; every cut-out is destroyed; a feature vector never comes into being.
  expect(account.crops.made).toBeGreaterThan(passages.length);
  expect(account.crops.made).toBeLessThan(ledger.frames.acquired);
  expect(account.crops.destroyed).toBe(account.crops.made);
  expect(ledger.vectors).toEqual({ made: 0, destroyed: 0, held: 0 });
  const engines = of(records, 'status').flatMap((status) => status.engines.map(({ role }) => role));
  expect([...new Set(engines)].sort()).toEqual(['age', 'faces', 'sex']);
  expect(seen.requests.filter((url) => url.includes('face-descriptor'))).toEqual([]);
  // What the page shows is what left.
  const total = page.locator('.total dd');
  await expect(total).toHaveText(String(passages.length));
  await page.getByRole('radio', { name: 'Records' }).check({ force: true });
  await expect(page.getByText('"type":"attribute"').first()).toBeVisible();
  await page.getByRole('button', { name: 'Reset: forget all passages' }).click();
  await expect(total).toHaveText('0');
  expect(seen.errors).toEqual([]);
});

test('the page in both languages, and how far off it is', async ({ page }) => {
  const seen = await open(page, { autostart: false });
  await expect(page.getByRole('table', { name: 'Passages by age band and sex' })).toBeVisible();
  await page.getByRole('radio', { name: 'How far off' }).check({ force: true });
  await expect(page.getByText('photos of faces that nothing was adjusted to')).toBeVisible();
  await page.getByRole('radio', { name: '日本語' }).check({ force: true });
  await expect(page.getByRole('table', { name: '年代別・性別の通過数' })).toBeVisible();
  await expect(page.getByText('調整に使っていない顔写真')).toBeVisible();
  await expect(control(page, 'Start')).toHaveCount(0);
  expect(seen.errors).toEqual([]);
});
