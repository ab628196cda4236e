/** The three levels of a case page: what each shows, that a switch disturbs no camera, and that the choice is remembered. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openSite, type SiteSettings } from '../site/watch.ts';

const QUICK = { backend: 'wasm', threads: 1, size: '320x192', autostart: true } as const;
const PROJECTOR = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 844 };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LEVELS = ['See', 'Understand', 'Measure'] as const;

type Level = (typeof LEVELS)[number];
const radio = (page: Page, level: Level) => page.getByRole('radio', { name: level, exact: true });
const choose = (page: Page, level: Level) => radio(page, level).check({ force: true });

const figureOf = async (page: Page, place: '.destroyed' | '.kept') =>
  Number((await page.locator(`${place} .figure`).innerText()).replaceAll(',', ''));
const destroyed = (page: Page) => figureOf(page, '.destroyed');

const running = (page: Page) =>
  expect(page.locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });

async function open(page: Page, route: string, level: NonNullable<SiteSettings['level']>) {
  await openSite(page, '', route, { ...QUICK, level });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('a switch leaves the camera running, with what it has counted', async ({ page }) => {
  await open(page, 'counting', 'measure');
  await running(page);
  await expect(page.getByText('pictures/s')).toBeVisible();
  const records = page.getByRole('region', { name: 'One-way gate' }).locator('b').first();
  await expect(records).not.toHaveText('0', { timeout: 40_000 });
  const frame = page.frames().find((one) => one !== page.mainFrame());
  let before = await destroyed(page);
  for (const level of ['See', 'Understand', 'See', 'Measure'] as const) {
    await choose(page, level);
    expect(await destroyed(page)).toBeGreaterThanOrEqual(before);
    if (level === 'See') expect(await figureOf(page, '.kept')).toBeGreaterThan(0);
    await expect.poll(() => destroyed(page)).toBeGreaterThan(before);
    before = await destroyed(page);
    // The very frame that was opened at the start.
    expect(page.frames().filter((one) => one !== page.mainFrame())).toEqual([frame]);
  }
  await expect(records).not.toHaveText('0');
});

test('each level shows its parts, and what is to be measured is at the last only', async ({ page }) => {
  await open(page, 'counting', 'see');
  await running(page);
  const gate = page.getByRole('region', { name: 'One-way gate' });
  const tools = page.getByRole('button', { name: 'Line', exact: true });
  const rate = page.getByText('pictures/s');
  const step = page.getByRole('button', { name: /^Step/ });
  const tape = page.getByRole('radio', { name: 'Records', exact: true });
  const csv = page.getByRole('button', { name: /as CSV/ });
  const shown: Record<Level, boolean[]> = {
    See: [false, false, false, false, false, false],
    Understand: [true, true, true, false, false, false],
    Measure: [true, true, true, true, true, true],
  };
  for (const level of LEVELS) {
    await choose(page, level);
    const parts = [gate, tools, csv, rate, step, tape];
    for (const [i, part] of parts.entries())
      await expect(part, `${level}, part ${i}`).toHaveCount(shown[level][i] ? 1 : 0);
    for (const name of ['Pause', /^Stop/, /made-up pattern/])
      await expect(page.getByRole('button', { name }).first(), level).toBeVisible();
  }
});

test('the level is remembered, and chosen by the keyboard', async ({ page }) => {
  // A visitor without settings of an earlier visit.
  await page.goto('#/counting');
  await expect(radio(page, 'Understand')).toBeChecked();
  await radio(page, 'Understand').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(radio(page, 'See')).toBeChecked();
  await expect(radio(page, 'See')).toBeFocused();
  await page.reload();
  await expect(radio(page, 'See')).toBeChecked();
  // A link shows another level for this visit; the visitor's own is back after it.
  await page.evaluate(() => (location.hash = '#/counting?level=full'));
  await expect(radio(page, 'Measure')).toBeChecked();
  await page.evaluate(() => (location.hash = '#/attributes'));
  await expect(radio(page, 'See')).toBeChecked();
});

test('a first visit on a narrow screen begins with the picture', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto('#/counting');
  await expect(radio(page, 'See')).toBeChecked();
});

for (const [viewport, theme] of [
  [PROJECTOR, 'light'],
  [PHONE, 'dark'],
] as const) {
  test(`axe finds nothing at any level, ${viewport.width} wide, ${theme}`, async ({ page }) => {
    test.slow();
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: theme });
    await open(page, 'counting', 'see');
    await running(page);
    for (const level of LEVELS) {
      await choose(page, level);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`,
      );
      expect(found, level).toEqual([]);
      const [wide, high, room] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
        document.documentElement.clientWidth,
      ]);
      expect(wide, `${level}: nothing sticks out sideways`).toBe(room);
      if (level === 'See') expect(high, 'nothing to scroll').toBeLessThanOrEqual(viewport.height);
    }
  });
}

test('on a projector the bar is one row, and nothing lies over the stages', async ({ page }) => {
  await page.setViewportSize(PROJECTOR);
  await open(page, 'counting', 'measure');
  await running(page);
  for (const level of LEVELS) {
    await choose(page, level);
    const bar = await page.locator('.case > .bar').boundingBox();
    expect(bar!.height, level).toBeLessThan(60);
  }
  const [prove, stages] = await Promise.all(
    ['.prove', '.stages'].map((place) => page.locator(place).boundingBox()),
  );
  expect(prove!.y + prove!.height).toBeLessThanOrEqual(stages!.y);
});

test('at first sight the proof lies beside the picture, not over it', async ({ page }) => {
  await page.setViewportSize(PROJECTOR);
  await open(page, 'counting', 'see');
  await running(page);
  await page.locator('.prove button').click();
  const card = page.locator('.card');
  await expect(card).toBeVisible();
  const [over, window] = await Promise.all([card.boundingBox(), page.locator('.window').boundingBox()]);
  expect(over!.x).toBeGreaterThanOrEqual(window!.x + window!.width);
  expect(over!.y + over!.height).toBeLessThanOrEqual(PROJECTOR.height);
});

for (const [device, viewport] of [
  ['projector', PROJECTOR],
  ['phone', PHONE],
] as const)
  test(`explanations open with a tap, whole in the window, and close: ${device}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openSite(page, '', 'trajectories', { ...QUICK, autostart: false, level: 'understand' });
    const openers = page.getByRole('button', { name: /^Explain: / });
    // Of the lens; the account of destruction; the gate; what is kept, its rules, its plan and its table.
    await expect(openers).toHaveCount(11);
    for (const opener of await openers.all()) {
      await opener.click();
      const card = page.locator('[popover]:popover-open');
      await expect(card).toHaveCount(1);
      expect((await card.innerText()).length).toBeGreaterThan(40);
      const box = (await card.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
      expect(box.y + box.height).toBeLessThanOrEqual(viewport.height);
      await page.keyboard.press('Escape');
      await expect(card).toHaveCount(0);
    }
  });
