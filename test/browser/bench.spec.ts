/**
 * The benchmark page as a vendor meets it: a small plan measured on real cameras, cancelled and resumed, its report taken
 * away and put in again, and files that are no reports.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Wished } from '../../src/bench/link.ts';
import { parseReports } from '../../src/bench/report.ts';
import { openSite, watch } from '../site/watch.ts';

test.setTimeout(90_000);

const PATIENT = { timeout: 40_000 };
const HUGE = 500 * 1000 * 1000;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const rows = (page: Page) => page.getByLabel('Table of results').locator('tbody tr');
const chooser = (page: Page) => page.locator('input[type=file]');
const put = (page: Page, name: string, text: string) =>
  chooser(page).setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

async function openBench(page: Page, plan?: Wished) {
  const seen = await watch(page);
  const query = plan ? `?plan=${encodeURIComponent(JSON.stringify(plan))}` : '';
  await openSite(page, '', `bench${query}`);
  await expect(page.getByRole('heading', { name: 'Benchmarks', level: 1 })).toBeVisible();
  return seen;
}

const TINY: Wished = {
  cases: ['counting'],
  engines: ['wasm-1', 'wasm-2'],
  longSides: [320],
  frames: 4,
  rounds: 2,
};

test('a plan is measured, cancelled, resumed after a reload, and its report taken away and put in again', async ({
  page,
  baseURL,
}) => {
  const seen = await openBench(page, TINY);
  await expect(page.getByText('1 of 4 runs')).toBeVisible(PATIENT);
  await button(page, 'Cancel').click();
  await expect(button(page, 'Resume')).toBeVisible();
  // What was cancelled has no camera left.
  await expect.poll(() => page.workers().length).toBe(0);

  await page.reload();
  await expect(page.getByText('1 of 4 runs')).toBeVisible();
  await button(page, 'Resume').click();
  await expect(button(page, 'Cancel')).toBeVisible();
  await expect(button(page, 'Cancel')).toBeHidden(PATIENT);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText('320 × 192');

  const download = page.waitForEvent('download');
  await button(page, 'Report as JSON').click();
  const text = readFileSync(await (await download).path(), 'utf8');
  const [report] = parseReports(text);
  expect(report?.runs.map((runs) => runs.map(({ frames, fault }) => ({ frames, fault })))).toEqual(
    Array(2).fill(Array(2).fill({ frames: 4, fault: undefined })),
  );
  for (const { frameMs, phasesMs, stagesMs, engines } of report!.runs.flat()) {
    expect(Math.min(...frameMs)).toBeGreaterThan(0);
    expect(phasesMs['initialise']).toBeGreaterThan(0);
    expect(stagesMs.infer).toBeGreaterThan(0);
    expect(engines[0]).toMatchObject({ backend: 'wasm', width: 320, height: 192 });
  }
  expect(report?.idle.length).toBeGreaterThanOrEqual(3);
  expect(seen.requests.filter((url) => !url.startsWith(baseURL!) && !/^(blob|data):/.test(url))).toEqual([]);

  await button(page, 'Delete this report').click();
  await expect(page.getByText('Nothing has been measured')).toBeVisible();
  await put(page, 'shared.json', text);
  await expect(rows(page)).toHaveCount(2);
  // On paper there is the report, and nothing to press.
  await page.emulateMedia({ media: 'print' });
  await expect(rows(page).first()).toBeVisible();
  await expect(button(page, 'Start measuring')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(seen.errors).toEqual([]);
});

test.describe('a file that is no report is refused with a reason, and what is shown stays', () => {
  for (const { says, text, message } of [
    { says: 'garbage', text: '\u0000\u0001\u0002', message: 'it is not JSON' },
    { says: 'JSON of somebody else', text: '{"a":1}', message: 'is not a benchmark report of this site' },
    {
      says: 'a newer version',
      text: '{"format":"incam-bench","version":99,"cells":{}}',
      message: 'written by a newer version',
    },
    { says: 'a damaged one', text: '{"format":"incam-bench","version":1}', message: 'is damaged' },
  ]) {
    test(says, async ({ page }) => {
      const seen = await openBench(page);
      await put(page, 'report.json', text);
      await expect(page.getByRole('alert')).toContainText(message);
      await expect(page.getByText('Nothing has been measured')).toBeVisible();
      expect(seen.errors).toEqual([]);
    });
  }

  test('500 MB, which are not read', async ({ page }) => {
    const folder = mkdtempSync(join(tmpdir(), 'incam-'));
    const file = join(folder, 'huge.json');
    try {
      writeFileSync(file, '');
      truncateSync(file, HUGE);
      const seen = await openBench(page);
      await chooser(page).setInputFiles(file);
      await expect(page.getByRole('alert')).toContainText('far too large');
      expect(seen.errors).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('a plan in the address that nobody understands is said to be so', async ({ page }) => {
  await watch(page);
  await openSite(page, '', 'bench?plan=nonsense');
  await expect(page.getByRole('alert')).toContainText('cannot be read');
});

test('the words are Japanese for Japanese readers, and own plans can be put together', async ({ page }) => {
  await watch(page);
  await page.addInitScript(() => localStorage.setItem('incam.language', '"ja"'));
  await page.goto('#/bench');
  await page.getByRole('radio', { name: 'カスタム' }).check();
  await expect(page.getByText('1通りの構成を2回ずつ')).toBeVisible();
  await page.getByRole('checkbox', { name: '属性の推定' }).check();
  await expect(page.getByText('2通りの構成を2回ずつ')).toBeVisible();
  await page.getByRole('checkbox', { name: '長辺320px' }).check();
  await expect(page.getByText('4通りの構成を2回ずつ')).toBeVisible();
});
