/**
 * Case 5 on the built site: pictures without people and facts leave a lowered sensor and nothing else does; handing over
 * saves one GeoJSON file and destroys what was kept; a refused position is said so.
 */
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { chooser, CLIP, control, expectSealed, of, reach } from '../../site/drive.ts';
import { openSite, watch } from '../../site/watch.ts';

/** Every frame, however slow the machine: where frames are missing, pictures are withheld. */
const QUICK = { backend: 'wasm', threads: 2, size: '320x192', pace: 'exact', autostart: false } as const;

/** A street in which people walk, as a file: also where the sample is not rendered. */
async function play(page: Page) {
  await chooser(page).setInputFiles(CLIP);
  await reach(page, 'running');
}

test('a street becomes facts and pictures, which are handed over and gone', async ({ page, baseURL }) => {
  const seen = await watch(page);
  await openSite(page, '', 'streetscape', QUICK);
  await play(page);
  await expect(page.locator('figure img')).toBeVisible({ timeout: 40_000 });
  await expect(page.locator('figure img')).toHaveAttribute('src', /^data:image\/(webp|png);base64,/);
  await expect(page.getByText('Nobody knows where this source was filmed')).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Hand over …' }).click();
  await page.getByRole('button', { name: 'Hand over and destroy here' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^incam-streetscape-[\d-]+\.geojson$/);
  const bundle = JSON.parse(readFileSync(await file.path(), 'utf8'));
  expect(bundle).toMatchObject({ type: 'FeatureCollection', catalogue: { sensorWidth: 384 } });
  expect(JSON.stringify(bundle.features)).toContain('"fact":"picture"');
  await expect(page.getByText(/Nothing of it is left here/)).toBeVisible();

  await control(page, 'Stop').click();
  await reach(page, 'wiped');
  const ledger = await expectSealed(seen, baseURL!);
  const records = await seen.records();
  expect(of(records, 'road').length).toBeGreaterThan(0);
  const pictures = of(records, 'picture');
  expect(pictures.length).toBe(ledger.out.pictures);
  for (const { width, height } of pictures) expect([width, height]).toEqual([384, 216]);
  const account = ledger.cases.find((row) => row.case === 'streetscape')!;
  expect(account.crops.made).toBe(account.crops.destroyed);
});

test('lowering the sensor lowers the bound on faces, and the pictures', async ({ page }) => {
  const seen = await watch(page);
  await openSite(page, '', 'streetscape', QUICK);
  await page.getByRole('button', { name: /Largest face: 19\.3 pixels/ }).click();
  await page.getByRole('slider', { name: /Sensor lowered to/ }).fill('192');
  await expect(page.getByText('Largest face: 9.7 pixels').first()).toBeVisible();
  await page.getByRole('slider', { name: /Nearest face/ }).fill('1');
  await page.getByRole('slider', { name: /Sensor lowered to/ }).fill('640');
  await expect(page.getByText(/Enough to identify anybody/)).toBeVisible();
  await page.getByRole('slider', { name: /Sensor lowered to/ }).fill('192');
  await play(page);
  await expect
    .poll(async () => of(await seen.records(), 'picture').length, { timeout: 40_000 })
    .toBeGreaterThan(0);
  const [picture] = of(await seen.records(), 'picture');
  expect(picture!.width).toBe(192);
});

test('a refused position is said so, in words, and nothing else changes', async ({ page }) => {
  await openSite(page, '', 'streetscape', QUICK);
  await page.getByText('Webcam').first().click();
  await page.getByRole('button', { name: "Use this device's position" }).click();
  await expect(page.getByText(/The position was refused|does not know its position/)).toBeVisible({
    timeout: 30_000,
  });
});

test('the page is Japanese for a Japanese reader', async ({ page }) => {
  await openSite(page, '', 'streetscape', QUICK);
  await page.getByRole('radio', { name: '日本語' }).check({ force: true });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('街の風景の取得');
  await expect(page.getByText(/顔は最大19\.3画素/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: '引き渡す…' })).toBeDisabled();
});
