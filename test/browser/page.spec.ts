/**
 * The page as people meet it: on a projector and a phone, by pointer and by keyboard, in two languages and two themes.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openSite, watch } from '../site/watch.ts';

const QUICK = { backend: 'wasm', threads: 1, size: '320x192' } as const;
const PROJECTOR = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 844 };

async function start(page: Page) {
  await page
    .getByRole('group', { name: 'Camera', exact: true })
    .getByRole('button', { name: 'Start' })
    .click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeEnabled({ timeout: 40_000 });
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function expectAccessible(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
  expect(found, where).toEqual([]);
}

const figure = async (page: Page) =>
  Number((await page.locator('.destroyed .figure').innerText()).replaceAll(',', ''));

for (const [theme, device, viewport] of [
  ['light', 'projector', PROJECTOR],
  ['dark', 'phone', PHONE],
] as const) {
  test(`axe finds nothing, ${theme}, ${device}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: theme });
    for (const route of ['', 'about', 'counting']) {
      await openSite(page, '', route, QUICK);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page, route || 'home');
      const [wide, room] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(wide, `${route}: nothing sticks out sideways`).toBe(room);
    }
    await start(page);
    await expect.poll(() => figure(page)).toBeGreaterThan(0);
    await expectAccessible(page, 'running');
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'settings');
  });
}

test('on a projector everything essential is on the screen while it runs', async ({ page }) => {
  await page.setViewportSize(PROJECTOR);
  await openSite(page, '', 'counting', QUICK);
  await start(page);
  const essential = [
    page.locator('canvas').first(),
    page.locator('.destroyed .figure'),
    page.getByRole('region', { name: 'One-way gate' }),
    page.getByRole('table', { name: /crossings by kind/i }),
    page.getByText('pictures/s'),
    page.getByText('Report', { exact: true }),
    page.getByRole('button', { name: /as CSV/ }),
  ];
  for (const part of essential) await expect(part).toBeInViewport({ ratio: 0.99 });
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(PROJECTOR.height);
});

test('the language changes under a running camera, and stays', async ({ page }) => {
  const seen = await watch(page);
  await openSite(page, '', 'counting', QUICK);
  await start(page);
  await expect.poll(() => figure(page)).toBeGreaterThan(0);
  const before = await figure(page);
  await page.getByRole('radio', { name: '日本語' }).check({ force: true });
  await expect(page.getByRole('heading', { name: '残るもの' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page).toHaveTitle(/人・自転車・車の計数/);
  await expect.poll(() => figure(page)).toBeGreaterThan(before);
  // The camera's frame is the one that was opened at the start.
  expect(page.frames().filter((frame) => frame !== page.mainFrame())).toHaveLength(1);
  expect(await page.evaluate(() => localStorage.getItem('incam.language'))).toBe('"ja"');
  expect(seen.errors).toEqual([]);
});

test('lines are drawn, moved, undone and remembered by keyboard alone', async ({ page }) => {
  await openSite(page, '', 'counting', QUICK);
  await start(page);
  const line = page.getByRole('button', { name: 'Line', exact: true });
  await line.focus();
  await page.keyboard.press('Enter');
  const end = page.getByRole('button', { name: /^Line 2, start: 5\d% from the left, 2\d% from the top/ });
  await end.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  const moved = page.getByRole('button', { name: /^Line 2, start: .* 3\d% from the top/ });
  await expect(moved).toBeFocused();
  await expect(page.getByRole('columnheader', { name: 'Line 2' })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('columnheader', { name: 'Line 2' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(moved).toHaveCount(1);
  await page.reload();
  await start(page);
  await expect(moved).toHaveCount(1);
});

test('a line without length is refused with a word, and the camera goes on', async ({ page }) => {
  await openSite(page, '', 'counting', QUICK);
  await start(page);
  await page.getByRole('button', { name: 'Line', exact: true }).click();
  const picture = (await page.getByRole('group', { name: /on the picture/ }).boundingBox())!;
  for (let i = 0; i < 2; i++) await page.mouse.click(picture.x + picture.width / 3, picture.y + 20);
  await expect(page.getByText('The line is too short to count crossings.')).toBeVisible();
  const before = await figure(page);
  await expect.poll(() => figure(page)).toBeGreaterThan(before);
});
