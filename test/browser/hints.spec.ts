/** First-time hints: to whom they are shown, that they cover nothing they speak of, and that they go away for good. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openSite, type SiteSettings } from '../site/watch.ts';

const NEWCOMER = { backend: 'wasm', threads: 1, size: '320x192', autostart: true, hints: true } as const;
const PROJECTOR = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 844 };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Of each hint, in their order: what it speaks of. */
const ANCHORS = ['.window', '.destroyed .figure', '.kept'] as const;

const hint = (page: Page) => page.getByRole('group', { name: /^Hint \d of 3$/ });
const button = (page: Page, name: string) => hint(page).getByRole('button', { name, exact: true });

async function openNew(page: Page, level: NonNullable<SiteSettings['level']>, route = 'counting') {
  await openSite(page, '', route, { ...NEWCOMER, level });
  await expect(hint(page)).toBeVisible({ timeout: 60_000 });
}

/** Waits until the camera runs: by then hints that were due would be there. */
async function expectNone(page: Page, figure = '.destroyed .figure') {
  await expect(page.locator(figure).first()).not.toHaveText('0', { timeout: 60_000 });
  await page.waitForTimeout(500);
  await expect(page.locator('.hint')).toHaveCount(0);
}

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
  expect(found).toEqual([]);
}

for (const [device, viewport, level] of [
  ['projector', PROJECTOR, 'understand'],
  ['phone', PHONE, 'see'],
  ['small phone', { width: 320, height: 640 }, 'measure'],
] as const)
  test(`three of them, each beside what it speaks of: ${device}, ${level}`, async ({ page }) => {
    test.slow();
    await page.setViewportSize(viewport);
    await openNew(page, level);
    for (const [i, anchor] of ANCHORS.entries()) {
      await expect(hint(page)).toHaveAccessibleName(`Hint ${i + 1} of 3`);
      await expect(hint(page)).toBeInViewport({ ratio: 1 });
      const [card, spoken] = await Promise.all([
        hint(page).boundingBox(),
        page.locator(anchor).first().boundingBox(),
      ]);
      const isApart =
        card!.x + card!.width <= spoken!.x ||
        spoken!.x + spoken!.width <= card!.x ||
        card!.y + card!.height <= spoken!.y ||
        spoken!.y + spoken!.height <= card!.y;
      expect(isApart, `hint ${i + 1} covers nothing of ${anchor}`).toBe(true);
      // Every hint on one device, the last one on the others: a scan of a running page takes its time.
      if (level === 'understand' || i === 2) await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
      await button(page, i < 2 ? 'Next' : 'Got it').click();
    }
    await expect(hint(page)).toHaveCount(0);
  });

test('one tap ends them; neither a reload nor another case brings them back', async ({ page }) => {
  test.slow();
  await openNew(page, 'understand');
  await button(page, 'Close').click();
  await expect(hint(page)).toHaveCount(0);
  await page.evaluate(() => (location.hash = '#/attributes'));
  await expectNone(page);
  await page.reload();
  await expectNone(page);
});

test('Escape ends them, but closes what is open above the page first', async ({ page }) => {
  await openNew(page, 'understand');
  await page.getByRole('button', { name: /^Explain: Destroyed/ }).click();
  await page.keyboard.press('Escape');
  await expect(hint(page)).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await expect(hint(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(hint(page)).toHaveCount(0);
  await page.reload();
  await expectNone(page);
});

test('they give way to a warning, and to a camera that is stopped', async ({ page }) => {
  await openNew(page, 'understand');
  await page.getByRole('button', { name: 'Line', exact: true }).click();
  const picture = (await page.getByRole('group', { name: /on the picture/ }).boundingBox())!;
  for (let i = 0; i < 2; i++) await page.mouse.click(picture.x + picture.width / 3, picture.y + 20);
  await expect(page.getByText('The line is too short to count crossings.')).toBeVisible();
  await expect(hint(page)).toHaveCount(0);
  await page.getByRole('list', { name: 'Messages' }).getByRole('button', { name: 'Close' }).click();
  await expect(hint(page)).toBeVisible();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(hint(page)).toHaveCount(0);
});

test('they are in the language of the visitor, change with it, and are not on paper', async ({ page }) => {
  await openNew(page, 'see');
  for (const [name, lang, words] of [
    ['日本語', 'ja', 'カメラに見えている映像です'],
    ['中文', 'zh', '摄像头看到的画面'],
    ['한국어', 'ko', '카메라가 보고 있는 영상'],
  ] as const) {
    await page.getByRole('radio', { name, exact: true }).check({ force: true });
    await expect(page.locator('.hint')).toContainText(words);
    await expect(page.locator('.hint')).toHaveAttribute('lang', lang);
  }
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.hint')).toBeHidden();
});

test('none in the tour, in the event mode, and on the page of several cases', async ({ page }) => {
  test.slow();
  await openSite(page, '', 'event', NEWCOMER);
  await page.keyboard.press('4');
  await expectNone(page, '.destroyed b');
  await page.evaluate(() => (location.hash = '#/tour'));
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.locator('iframe')).toHaveCount(1, { timeout: 30_000 });
  await page.waitForTimeout(3000);
  await expect(page.locator('.hint')).toHaveCount(0);
  await page.evaluate(() => (location.hash = '#/together'));
  await expectNone(page);
  // They were still due: the first page of a case has them.
  await page.evaluate(() => (location.hash = '#/counting'));
  await expect(hint(page)).toBeVisible({ timeout: 60_000 });
});
