/** Case 3 on the built site: the sample runs in time-lapse, visits arrive, keys end, the desk answers, and a stop wipes. */
import { expect, test, type Page } from '@playwright/test';
import { control, expectSealed, of, reach, sealedFrame, WHOLE_CLIP_MS } from '../../site/drive.ts';
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

const PASSPHRASE = 'four easy words again';

/** Chooses that the vault is kept on this device, and starts the camera. */
async function startOnDevice(page: Page) {
  const seen = await watch(page);
  await openSite(page, '', 'repeat-visits', { ...QUICK, pace: 'live', loop: true });
  await page.getByRole('radio', { name: 'Retention' }).check({ force: true });
  await page.getByRole('combobox', { name: /Days, and place of the vault/ }).selectOption('device');
  await control(page, 'Start').click();
  return seen;
}
const form = (page: Page) => sealedFrame(page).getByRole('dialog', { name: 'Passphrase of the vault' });

test('a vault on the device: the passphrase is typed inside the frame, and the page hears nothing of it', async ({
  page,
  context,
}) => {
  test.slow();
  let seen = await startOnDevice(page);
  // A new one: too short, not twice the same, then taken.
  await expect(form(page)).toContainText('Choose a passphrase', { timeout: 40_000 });
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await expect(form(page).getByRole('alert')).toContainText('12 characters or more');
  await form(page).getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await form(page)
    .getByLabel('Type it again')
    .fill(PASSPHRASE + '!');
  await form(page).getByRole('button', { name: 'Lock and begin' }).click();
  await expect(form(page).getByRole('alert')).toContainText('do not agree');
  await form(page).getByLabel('Type it again').fill(PASSPHRASE);
  await form(page).getByRole('button', { name: 'Lock and begin' }).click();
  await expect(form(page)).toHaveCount(0);
  await reach(page, 'running');
  await expect
    .poll(async () => of(await seen.records(), 'vault').at(-1)?.keys[0]?.held ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(0);
  expect(of(await seen.records(), 'vault').at(-1)!.keep).toBe('device');
  const told = (await seen.messages()).map(({ text }) => text).join();
  expect(told).not.toContain(PASSPHRASE);
  expect(await page.content()).not.toContain(PASSPHRASE);

  // A second tab: that another one has it is said, and the camera goes on in memory.
  const second = await context.newPage();
  seen = await startOnDevice(second);
  await reach(second, 'running', 60_000);
  await expect(second.getByText('Another camera of this browser has the vault open.')).toBeVisible();
  await expect.poll(async () => of(await seen.records(), 'vault').at(-1)?.keep).toBe('session');
  await second.close();

  await control(page, 'Stop').click();
  await reach(page, 'wiped');
  await expect(page.locator('iframe')).toHaveCount(0);

  // Again: another passphrase does not open it; the right one does, and what was held is held.
  await control(page, 'Start').click();
  await expect(form(page)).toContainText('opens with the passphrase', { timeout: 40_000 });
  await page.keyboard.type('another passphrase');
  await page.keyboard.press('Enter');
  await expect(form(page).getByRole('alert')).toContainText('does not open the vault');
  const before = of(await watchedRecords(page), 'vault').length;
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(form(page)).toHaveCount(0);
  await expect
    .poll(
      async () =>
        of(await watchedRecords(page), 'vault')
          .slice(before)
          .at(0)?.keys.length,
      { timeout: 40_000 },
    )
    .toBe(1);
  await control(page, 'Stop').click();
  await expect(page.locator('iframe')).toHaveCount(0);

  // Without it the camera goes on in memory, and does not say that a visit was lost.
  await control(page, 'Start').click();
  await expect(form(page)).toBeVisible({ timeout: 40_000 });
  await page.keyboard.press('Escape');
  const warning = page.getByText('The vault on this device was not opened.');
  await expect(warning).toBeVisible({ timeout: 40_000 });
  await expect(warning.locator('..')).toContainText('visits go on being counted in a vault in memory');
});

const watchedRecords = async (page: Page) =>
  (await page.evaluate(() => window.incamWatch.messages())).flatMap(({ record }) => (record ? [record] : []));
