/** The tour and the event mode as their visitors meet them. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openSite, watch } from '../site/watch.ts';

const QUICK = { backend: 'wasm', threads: 1, size: '320x192' } as const;
const PHONE = { width: 390, height: 844 };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function expectAccessible(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
  expect(found, where).toEqual([]);
}

const next = (page: Page) => page.getByRole('button', { name: /^(Begin|Next)$/ });

test.describe('the tour', () => {
  test('is the first thing a new visitor is offered, closed at once, and remembered as closed', async ({
    page,
  }) => {
    await openSite(page, '', '', QUICK);
    const offer = page.getByRole('link', { name: 'Take the tour (5 minutes)' });
    await expect(offer).toBeInViewport();
    await page.getByRole('button', { name: 'Close this offer' }).click();
    await expect(offer).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(offer).toHaveCount(0);
  });

  test('leads through ten screens on a phone, with the next step always within reach', async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize(PHONE);
    const seen = await watch(page);
    await openSite(page, '', 'tour', QUICK);
    for (let screen = 1; screen <= 10; screen++) {
      await expect(page.getByText(`${screen} / 10`)).toBeVisible();
      await expectAccessible(page, `screen ${screen}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
      // The sample's people are estimated, and the estimate is said as a sentence.
      if (screen === 3) await expect(page.locator('.says')).toBeVisible({ timeout: 60_000 });
      if (screen === 4) {
        await page.getByRole('button', { name: 'Stop it and prove it' }).click();
        await expect(page.getByText(/(\d+) came in, \1 destroyed, 0 left/)).toBeVisible({ timeout: 20_000 });
        await expect(page.locator('iframe')).toHaveCount(0);
        // The browser tells of a frame's end a moment after the element is gone.
        await expect.poll(() => page.frames().length).toBe(1);
      }
      if (screen === 5) await expect(page.locator('.slips li').first()).toContainText(/s after the start/);
      if (screen === 10) break;
      await expect(next(page)).toBeInViewport({ ratio: 1 });
      await next(page).click();
    }
    await expect(page.getByRole('link', { name: /Street: counting/ })).toBeVisible();
    expect(seen.errors).toEqual([]);
  });

  test('shows readings of Japanese words on demand, and keeps them', async ({ page }) => {
    await openSite(page, '', 'tour', QUICK);
    await page.getByLabel('Language').selectOption('ja');
    await expect(page.locator('ruby')).toHaveCount(0);
    await page.getByRole('button', { name: 'ふりがな' }).click();
    await expect(page.locator('h1 ruby', { hasText: '何' }).locator('rt')).toHaveText('なに');
    await expectAccessible(page, 'with readings');
  });
});

test.describe('the event mode', () => {
  const PROJECTOR = { width: 1920, height: 1080 };

  test('runs the case of a key, pauses, steps, proves, and fits the screen', async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize(PROJECTOR);
    const seen = await watch(page);
    await openSite(page, '', 'event', QUICK);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page, 'invitation');
    await page.keyboard.press('4');
    await expect(
      page.getByRole('heading', { level: 1, name: /Street: counting|街：人と車の数/ }),
    ).toBeVisible();
    await expect(page.locator('.destroyed b')).not.toHaveText('0', { timeout: 60_000 });
    await expectAccessible(page, 'case 4');
    // Readable from five metres: the caption is at least 1/40 of the screen's height.
    const size = await page
      .locator('.caption')
      .evaluate((caption) => Number.parseFloat(getComputedStyle(caption).fontSize));
    expect(size).toBeGreaterThanOrEqual(PROJECTOR.height / 40);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(PROJECTOR.height);
    await page.keyboard.press(' ');
    await expect(page.getByText(/^(Paused|一時停止)$/)).toBeVisible();
    await page.keyboard.press('s');
    await expect(page.locator('.caption b')).toBeVisible();
    await page.keyboard.press('p');
    await expect(page.getByText(/not after its destruction|破棄の後には見つかりませんでした/)).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByText(/came in|入った/)).toBeVisible();
    await expect.poll(() => page.frames().length).toBe(1);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'sheet');
    expect(seen.errors).toEqual([]);
  });

  test('left alone after a key, it wipes and says so', async ({ page }) => {
    // Thirty times as fast: ninety seconds pass in three.
    await openSite(page, '', 'event?lapse=30', QUICK);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('1');
    await expect(page.getByText(/the records were wiped|記録を消して/)).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('iframe')).toHaveCount(0, { timeout: 20_000 });
  });

  test('shows the code of a public address, and refuses what is none', async ({ page }) => {
    await openSite(page, '', 'event', QUICK);
    await expect(page.getByRole('img')).toHaveCount(0);
    await page.getByRole('button', { name: 'Keys and settings' }).click();
    const address = page.getByLabel('Public address for the QR code');
    await address.fill('example.org');
    await address.press('Tab');
    await expect(page.getByText('Enter an address that begins with http or https.')).toBeVisible();
    await address.fill('https://example.org/incam/');
    await address.press('Tab');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('img', { name: 'https://example.org/incam/' })).toBeVisible();
  });
});
