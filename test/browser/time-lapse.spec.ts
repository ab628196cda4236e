/** The invented day of case 2: marked as such, played, turned, and apart from what the visitor's own camera has told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { Day } from '../../src/cases/trajectories/time-lapse.svelte.ts';
import { openSite } from '../site/watch.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const day = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../src/cases/trajectories/time-lapse.json'), 'utf8'),
) as Day;

/** Visits to the entrance that had left until a moment: from the records, without the page's code. */
const visitsUntil = (untilS: number) =>
  day.records.reduce(
    (sum, record) =>
      sum +
      (record.type === 'dwell' && record.zone === 'entrance' && record.atS <= untilS ? record.visits : 0),
    0,
  );

const dialog = (page: Page) => page.getByRole('dialog', { name: 'A day of an invented shop' });
const time = (page: Page) => dialog(page).getByRole('slider', { name: 'Time of day' });
const visits = (page: Page) =>
  dialog(page)
    .getByRole('row', { name: /^Entrance/ })
    .first()
    .locator('td')
    .nth(1);

async function open(page: Page) {
  await openSite(page, '', 'trajectories', { level: 'understand' });
  await page.getByRole('button', { name: 'A day, invented' }).click();
  await expect(dialog(page).getByText('Invented: simulated visitors, no camera.')).toBeVisible();
}

test('is marked as invented, and shows at each time what had left by then', async ({ page }) => {
  await open(page);
  await expect(dialog(page)).toContainText(`${day.visitors.at(-1)} simulated visitors`);
  await expect(dialog(page)).toContainText('5 people or more together, every 15 minutes');
  await expect(visits(page)).toHaveText(visitsUntil(Infinity).toLocaleString('en'));
  await time(page).fill('8');
  await expect(dialog(page).locator('output.time')).toHaveText('12:00');
  await expect(time(page)).toHaveAttribute('aria-valuetext', '12:00');
  await expect(visits(page)).toHaveText(visitsUntil(2 * 3600).toLocaleString('en'));
  await expect(dialog(page)).toContainText(`${day.visitors[7]} simulated visitors`);
  await time(page).focus();
  await page.keyboard.press('Home');
  await expect(visits(page)).toHaveText('under 5');
  await expect(dialog(page).locator('rect.cell')).toHaveCount(0);
  // Nothing of it is among the records of the visitor's camera.
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'One-way gate' }).locator('b').first()).toHaveText('0');
  await expect(page.locator('.kept rect.cell')).toHaveCount(0);
});

test('plays from the opening, and stops when told', async ({ page }) => {
  await open(page);
  await dialog(page).getByRole('button', { name: 'Play the day' }).click();
  // The slider stood at the end; on the way there it is between the two.
  const isOnTheWay = async () => {
    const at = Number(await time(page).inputValue());
    return at > 0 && at < day.visitors.length;
  };
  await expect.poll(isOnTheWay).toBe(true);
  await expect(dialog(page).locator('rect.cell').first()).toBeAttached();
  await dialog(page).getByRole('button', { name: 'Pause' }).click();
  const at = await time(page).inputValue();
  await page.waitForTimeout(1500);
  expect(await time(page).inputValue()).toBe(at);
  expect(Number(at)).toBeLessThan(day.visitors.length);
});

for (const [width, theme] of [
  [1280, 'light'],
  [320, 'dark'],
] as const)
  test(`axe finds nothing, and nothing sticks out, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 720 });
    await page.emulateMedia({ colorScheme: theme });
    await open(page);
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`),
    ).toEqual([]);
    const [wide, room] = await dialog(page).evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(wide).toBe(room);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

for (const [name, words] of [
  ['日本語', '架空のデータ'],
  ['中文', '虚构数据'],
  ['한국어', '가상 데이터'],
] as const)
  test(`is marked in ${name}, too`, async ({ page }) => {
    await openSite(page, '', 'trajectories', { level: 'understand' });
    await page.getByRole('radio', { name, exact: true }).check({ force: true });
    await page.locator('.actions button').click();
    await expect(page.locator('dialog[open] .invented')).toContainText(words);
  });
