/** Links to a case: what they bring, what they do not, and that they are made as they are read. */
import { expect, test } from '@playwright/test';
import { openSite } from '../site/watch.ts';

const QUICK = { backend: 'wasm', threads: 1, size: '320x192' } as const;
const LINE = { id: 'l1', name: 'words of a stranger', a: [0.3, 0.2], b: [0.3, 0.8], minAngleDeg: 15 };
const DRAWING = JSON.stringify({ lines: [LINE], zones: [], masks: [], anchor: 'centre', next: 2 });
const KEY = 'incam.drawing.pattern';

test('a link sets the case up for this visit, and nothing of it is remembered', async ({ page, baseURL }) => {
  const query = `source=pattern&autostart=1&size=416x256&lang=zh&drawing=${encodeURIComponent(DRAWING)}`;
  await openSite(page, baseURL!, `counting?${query}`, QUICK);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh');
  await expect(page.locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });
  const line = page.locator('.window svg line.line');
  await expect(line).toHaveCount(1);
  // 0.3 of a picture of 16:9, which is 1000 units high in the drawing.
  expect(Number(await line.getAttribute('x1'))).toBeCloseTo((0.3 * 1000 * 16) / 9, 1);
  await expect(page.getByText('words of a stranger')).toHaveCount(0);
  const kept = await page.evaluate((key) => [localStorage.getItem(key), { ...localStorage }], KEY);
  expect(kept[0]).toBeNull();
  expect(JSON.stringify(kept[1])).toContain('\\"size\\":\\"320x192\\"');
  expect(JSON.stringify(kept[1])).not.toContain('416x256');
  // Without the link the visitor's own choices are back.
  await page.goto(`${baseURL}#/about`);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('a link that asks for a webcam, or for what there is not, opens the case and says so', async ({
  page,
  baseURL,
}) => {
  let asked = false;
  await page.exposeFunction('incamAsked', () => (asked = true));
  await page.addInitScript(() => {
    if (!navigator.mediaDevices) return;
    navigator.mediaDevices.getUserMedia = () => {
      void (window as unknown as { incamAsked(): void }).incamAsked();
      return Promise.reject(new DOMException('', 'NotAllowedError'));
    };
  });
  await openSite(page, baseURL!, 'counting?source=webcam&autostart=1&size=9x9', QUICK);
  await expect(page.getByText('Part of this link was not understood')).toBeVisible();
  await expect(page.locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });
  expect(asked).toBe(false);
});

test('the settings give a link that leads to the same', async ({ page, baseURL }) => {
  await openSite(page, baseURL!, 'counting', { ...QUICK, size: '416x256' });
  await page.getByRole('button', { name: 'Settings' }).click();
  const link = await page.getByLabel('Link to this case as it is set now').inputValue();
  expect(link).toContain('size=416x256');
  expect(link).toContain('source=sample');
  expect(link).not.toContain('drawing');
  const other = await page.context().newPage();
  await openSite(other, baseURL!, '', { ...QUICK, size: '640x384' });
  await other.goto(link);
  await other.getByRole('button', { name: 'Settings' }).click();
  await expect(other.getByLabel('Link to this case as it is set now')).toHaveValue(link);
});

test('a case at first sight: another case by another link is another camera', async ({ page, baseURL }) => {
  await openSite(page, baseURL!, 'counting?level=see&autostart=1', QUICK);
  await expect(page.locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });
  const before = await page.locator('main h1').innerText();
  await page.evaluate(() => (location.hash = '#/attributes?level=see&autostart=1'));
  await expect(page.locator('main h1')).not.toHaveText(before);
  await expect(page.locator('iframe[sandbox]')).toHaveCount(1);
  await expect(page.locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });
  await page.evaluate(() => (location.hash = '#/attributes'));
  await expect(page.getByRole('button', { name: 'Settings' })).toBeVisible();
});
