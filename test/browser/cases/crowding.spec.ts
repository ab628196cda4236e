/**
 * Case 6 on the built site: the sample runs, pictures of icons and figures leave and nothing else does, each picture
 * takes the place of the one before, and stopping leaves nothing behind.
 */
import { expect, test, type Page } from '@playwright/test';
import { control, expectSealed, of, reach, startCamera } from '../../site/drive.ts';
import { openSite, watch, type Watch } from '../../site/watch.ts';

const QUICK = { backend: 'wasm', threads: 2, size: '320x192' } as const;

/** Steps of Fruin's levels of service, as the public reads them. */
const STEPS = {
  a: 'Not crowded',
  b: 'Not crowded',
  c: 'Busy',
  d: 'Busy',
  e: 'Crowded',
  f: 'Crowded',
} as const;
/** People that this browser is made to remember from another day, at every hour. */
const USUAL = 40;
/** Orange and blue of the railways' apps. */
const ORANGE = [214, 94, 0];

const rememberUsual = (page: Page) =>
  page.addInitScript((sum) => {
    if (window.origin === 'null') return;
    const hours = Array.from({ length: 24 }, (_, hour) => [
      `sample ${hour}`,
      { day: '2020-01-01', today: 0, figures: 0, sum, days: 1 },
    ]);
    localStorage.setItem('incam.crowding-usual', JSON.stringify(Object.fromEntries(hours)));
  }, USUAL);

/** Pixels of the picture that are as good as of a colour. */
const pixelsOf = (page: Page, colour: readonly number[]) =>
  page.locator('figure img').evaluate(async (picture: HTMLImageElement, [red, green, blue]) => {
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight);
    const context = canvas.getContext('2d')!;
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let n = 0;
    for (let i = 0; i < data.length; i += 4)
      if (
        Math.abs(data[i]! - red!) < 24 &&
        Math.abs(data[i + 1]! - green!) < 24 &&
        Math.abs(data[i + 2]! - blue!) < 24
      )
        n++;
    return n;
  }, colour);

/** The public view of a camera at work: its step, today against usual, displays, colours, once a minute. */
async function expectPublicView(page: Page, seen: Watch) {
  const pictures = async () => of(await seen.records(), 'picture').length;
  const latest = async () => of(await seen.records(), 'crowd').at(-1)!;
  await page.getByRole('radio', { name: 'Public view' }).check({ force: true });
  const step = page.locator('[data-level].now');
  await expect.poll(async () => (await step.innerText()) === STEPS[(await latest()).level!]).toBe(true);
  const rows = page.locator('dl div', { hasText: /Now|Usual at this hour/ });
  await expect(rows.filter({ hasText: 'Usual at this hour' })).toContainText(`${USUAL} people`);
  await expect
    .poll(async () => {
      const { standing, moving } = await latest();
      return (await rows.first().innerText()).includes(`${standing + moving} people`);
    })
    .toBe(true);
  // Railway colours: nobody stands in orange before they are chosen.
  expect(await pixelsOf(page, ORANGE)).toBeLessThan(20);
  await page.getByRole('radio', { name: /Standing orange, moving blue/ }).check({ force: true });
  await expect.poll(() => pixelsOf(page, ORANGE), { timeout: 40_000 }).toBeGreaterThan(60);
  // A dot has a fifth of a figure's paint; squares let the background through, so that nothing is of the pure colour.
  const figures = await pixelsOf(page, ORANGE);
  await page.getByRole('radio', { name: 'Shaded squares', exact: true }).check({ force: true });
  await expect.poll(() => pixelsOf(page, ORANGE), { timeout: 40_000 }).toBeLessThan(figures / 10);
  await page.getByRole('radio', { name: 'Dots', exact: true }).check({ force: true });
  await expect.poll(() => pixelsOf(page, ORANGE), { timeout: 40_000 }).toBeGreaterThan(figures / 10);
  expect(await pixelsOf(page, ORANGE)).toBeLessThan(figures / 2);
  await page.getByRole('radio', { name: 'Once a minute' }).check({ force: true });
  const settled = (await pictures()) + 1;
  // Two pictures would have come at the interval of before.
  const { atS } = await latest();
  await expect.poll(async () => (await latest()).atS, { timeout: 40_000 }).toBeGreaterThan(atS + 6.5);
  expect(await pictures()).toBeLessThanOrEqual(settled);
}

test('the sample becomes pictures of icons on an empty place, and figures', async ({ page, baseURL }) => {
  test.slow();
  const seen = await watch(page);
  await rememberUsual(page);
  await openSite(page, '', 'crowding', QUICK);
  await startCamera(page);
  const picture = page.locator('figure img');
  await expect(picture).toBeVisible({ timeout: 40_000 });
  await expect(picture).toHaveAttribute('src', /^data:image\/(webp|png);base64,/);
  const first = await picture.getAttribute('src');
  await expect.poll(() => picture.getAttribute('src'), { timeout: 40_000 }).not.toBe(first);
  await expect(page.getByText(/overwritten; only this one exists/)).toBeVisible();
  await expectPublicView(page, seen);
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
