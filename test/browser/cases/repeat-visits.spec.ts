/** Case 3 on the built site: the sample runs in time-lapse, visits arrive, keys end, the desk answers, and a stop wipes. */
import { expect, test, type Page } from '@playwright/test';
import { control, expectSealed, of, reach, WHOLE_CLIP_MS } from '../../site/drive.ts';
import { openSite, watch } from '../../site/watch.ts';

const QUICK = { backend: 'wasm' as const, threads: 2, pace: 'exact' as const, loop: false };

async function start(page: Page) {
  const seen = await watch(page);
  await openSite(page, '', 'repeat-visits', QUICK);
  await control(page, 'Start').click();
  await reach(page, 'running');
  return seen;
}

test('a clip of several days: visits are told, nothing is held when the camera is off', async ({
  page,
  baseURL,
}) => {
  test.slow();
  const seen = await start(page);
  await reach(page, 'wiped', WHOLE_CLIP_MS);
  const records = await seen.records();
  const ledger = await expectSealed(seen, baseURL!);
  expect(of(records, 'visit').length).toBeGreaterThan(4);
  expect(of(records, 'vault').at(-1)!.day).toBe(3);
  // Retention is three days: by the fourth, those of the first are gone.
  expect(of(records, 'vault').at(-1)!.destroyed.expired).toBeGreaterThan(0);
  expect(ledger.vectors.made).toBeGreaterThan(10);
  expect(ledger.vectors.held).toBe(0);
  expect(ledger.vectors.destroyed).toBe(ledger.vectors.made);
  expect(ledger.crops.destroyed).toBe(ledger.crops.made);
  // In memory only: the browser has no database of it.
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
  expect(seen.errors).toEqual([]);
});

test('the desk destroys everything, on and off; the language changes under it', async ({ page }) => {
  const seen = await start(page);
  await expect
    .poll(async () => of(await seen.records(), 'visit').length, { timeout: 40_000 })
    .toBeGreaterThan(0);
  await page.getByRole('button', { name: /Desk for those who are filmed/ }).click();
  const desk = page.getByRole('dialog', { name: /Your data/ });
  await desk.getByRole('button', { name: 'Delete everything' }).click();
  await expect(desk.getByText('Everything was destroyed.')).toBeVisible();
  const answer = of(await seen.records(), 'desk').at(-1)!;
  expect(answer).toMatchObject({ do: 'delete-all', outcome: 'done' });
  expect(answer.destroyed).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await control(page, 'Stop').click();
  await reach(page, 'wiped');
  await page.getByRole('radio', { name: '日本語' }).check({ force: true });
  await page.getByRole('button', { name: /開示・訂正等・利用停止等/ }).click();
  const japanese = page.getByRole('dialog', { name: /本人窓口/ });
  await expect(japanese.getByText(/いま保管されているものはありません/)).toBeVisible();
  await japanese.getByRole('button', { name: '全員のデータを消す' }).click();
  await expect(japanese.getByText('すべて消去しました。')).toBeVisible();
  // Both are in the log, summed by day; nothing in it tells who asked.
  await page.goto('#/guidebook/conversation/requests');
  const row = page.getByRole('row', { name: /全件の消去（運用者）/ });
  await expect(row).toHaveText(/実施した.*画面で示す.*2/);
});
