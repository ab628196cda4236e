/**
 * Case 6 on the built site: the sample runs, pictures of icons and figures leave and nothing else does, each picture
 * takes the place of the one before, and stopping leaves nothing behind.
 */
import { expect, test } from '@playwright/test';
import { control, expectSealed, of, reach, startCamera } from '../../site/drive.ts';
import { openSite, watch } from '../../site/watch.ts';

const QUICK = { backend: 'wasm', threads: 2, size: '320x192' } as const;

test('the sample becomes pictures of icons on an empty place, and figures', async ({ page, baseURL }) => {
  const seen = await watch(page);
  await openSite(page, '', 'crowding', QUICK);
  await startCamera(page);
  const picture = page.locator('figure img');
  await expect(picture).toBeVisible({ timeout: 40_000 });
  await expect(picture).toHaveAttribute('src', /^data:image\/(webp|png);base64,/);
  const first = await picture.getAttribute('src');
  await expect.poll(() => picture.getAttribute('src'), { timeout: 40_000 }).not.toBe(first);
  await expect(page.getByText(/overwritten; only this one exists/)).toBeVisible();
  // The place is full of people: another background is refused, in words.
  await page.getByRole('button', { name: /take another/ }).click();
  await expect(page.getByText('Somebody is in the picture')).toBeVisible();
  await control(page, 'Stop').click();
  await reach(page, 'wiped');
  const ledger = await expectSealed(seen, baseURL!);
  const records = await seen.records();
  const crowds = of(records, 'crowd');
  expect(crowds.length).toBeGreaterThan(2);
  expect(crowds.at(-1)).toMatchObject({ background: 'sample' });
  expect(of(records, 'picture').length).toBe(ledger.out.pictures);
  const account = ledger.cases.find((row) => row.case === 'crowding')!;
  expect(account.crops.made).toBe(account.crops.destroyed);
  await expect.poll(() => page.workers().length).toBe(0);
});

test('without an empty place no picture leaves, and the page says why', async ({ page }) => {
  const seen = await watch(page);
  await openSite(page, '', 'crowding', QUICK);
  await page.locator('input[type=file][accept*=video]').setInputFiles('public/samples/crowding.mp4');
  await expect
    .poll(async () => of(await seen.records(), 'crowd').length, { timeout: 40_000 })
    .toBeGreaterThan(3);
  await expect(page.getByText('No picture leaves without a background')).toBeVisible();
  await control(page, 'Stop').click();
  await reach(page, 'wiped');
  const records = await seen.records();
  const fromFile = of(records, 'crowd').filter(({ background }) => background === 'waiting');
  expect(fromFile.length).toBeGreaterThan(3);
});

test('the page is Japanese for a Japanese reader', async ({ page }) => {
  await openSite(page, '', 'crowding', QUICK);
  await page.getByRole('radio', { name: '日本語' }).check({ force: true });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('駅の混雑');
  await expect(page.getByText('アイコンの画像1枚と数値のみ')).toBeVisible();
  await expect(page.getByText('無人の背景がない間は、画像を出しません。')).toBeVisible();
});
