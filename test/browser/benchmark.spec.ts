/**
 * The benchmark page as a vendor meets it: a small plan measured on real cameras, cancelled and resumed, its report taken
 * away and put in again, and files that are no reports.
 */
import AxeBuilder from '@axe-core/playwright';
import { chromium, expect, test, type Page } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCountError } from '../../src/benchmark/accuracy.ts';
import type { Wished } from '../../src/benchmark/link.ts';
import { parseReports, type Cell } from '../../src/benchmark/report.ts';
import { measureOnPage } from '../bench/on-page.ts';
import { CHROMIUM_ARGS, ensureChromium, SOFTWARE_GPU } from '../tools/chromium.ts';
import { report as reportOf, run as runOf } from '../unit/src/benchmark/fakes.ts';
import { openSite, watch } from '../site/watch.ts';

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
      await page.getByRole('radio', { name: '日本語' }).check({ force: true });
      await chooser(page).setInputFiles(file);
      await expect(page.getByRole('alert')).toContainText('ファイルが大きすぎます');
      expect(seen.errors).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('a report is opened by dropping it, also one that an older version wrote, and refused in the reader’s language', async ({
  page,
}) => {
  const seen = await watch(page);
  await page.addInitScript(() => localStorage.setItem('incam.language', '"ja"'));
  await page.goto('#/bench');
  // Before the page's script is there, nothing listens to what is dropped.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const drop = (text: string) =>
    page.evaluate((content) => {
      const data = new DataTransfer();
      data.items.add(new File([content], 'report.json', { type: 'application/json' }));
      for (const type of ['dragover', 'drop'])
        window.dispatchEvent(new DragEvent(type, { dataTransfer: data, cancelable: true }));
    }, text);
  for (const { text, message } of [
    { text: '\u0000\u0001', message: 'JSON形式のファイルを選んでください' },
    { text: '{"format":"incam-bench","version":99}', message: '新しいバージョンのサイトで作成されています' },
    { text: '{"format":"incam-bench","version":2}', message: 'レポートが破損しています' },
  ]) {
    await drop(text);
    await expect(page.getByRole('alert')).toContainText(message);
  }
  const cell: Cell = { case: 'counting', model: 'centernet-street', backend: 'wasm', threads: 2 };
  const fresh = reportOf([cell], [[runOf([20, 21, 22])]]);
  const old = { ...fresh, version: 1, idle: [{ at: fresh.startedAt, p50: 4, unsteady: 0.05 }] };
  await drop(JSON.stringify(old));
  await expect(page.getByLabel('結果の表').locator('tbody tr')).toHaveCount(1);
  // Its look at one core only is no claim any more.
  await expect(page.getByText('確認されていません')).toBeVisible();
  expect(seen.errors).toEqual([]);
});

test('two reports of one device are compared, with a verdict', async ({ page }) => {
  await openBench(page);
  const cell: Cell = { case: 'counting', model: 'centernet-street', backend: 'wasm', threads: 2 };
  const once = reportOf([cell], [[runOf([20, 20, 20])]]);
  const later = { id: '11111111-0000-4000-8000-000000000000', startedAt: '2026-01-03T00:00:00.000Z' };
  await put(page, 'once.json', JSON.stringify(once));
  await put(page, 'again.json', JSON.stringify({ ...once, ...later, runs: [[runOf([21, 21, 21])]] }));
  await page.getByLabel('Compare with').selectOption({ index: 1 });
  await expect(page.getByText('Repeated: the medians of all 1 configurations agree')).toBeVisible();
  await expect(rows(page).first()).toContainText('0.95 ×');
});

test('a full plan of a machine with four cores fits one sheet of paper', async ({ page }) => {
  await openBench(page);
  const cells: Cell[] = (['attributes', 'trajectories', 'counting', 'crowding'] as const).flatMap((id) =>
    [1, 2, 3].map((threads) => ({ case: id, model: 'centernet-street', backend: 'wasm', threads })),
  );
  cells.push({ case: 'attributes', model: 'mediapipe-face-short', backend: 'mediapipe', threads: 1 });
  const runs = cells.map((cell) => [
    runOf([20, 30, 40], hasCountError(cell.case) ? { countError: 0.1 } : {}),
  ]);
  await put(page, 'full.json', JSON.stringify(reportOf(cells, runs)));
  await expect(rows(page)).toHaveCount(13);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test('MediaPipe is measured, and WebGPU said to be absent where there is no adapter', async ({ page }) => {
  await openBench(page, {
    cases: ['attributes'],
    models: ['blazeface', 'mediapipe-face-short'],
    engines: ['webgpu'],
    frames: 3,
    rounds: 1,
  });
  await expect(button(page, 'Cancel')).toBeVisible();
  await expect(button(page, 'Cancel')).toBeHidden(PATIENT);
  const mediapipe = rows(page).filter({ hasText: 'MediaPipe' });
  await expect(mediapipe).toContainText('128 × 128');
  await expect(mediapipe.locator('td').nth(1)).toHaveText(/^\d+(\.\d+)?\sms$/);
  await expect(rows(page).filter({ hasText: 'WebGPU' })).toContainText(
    'this browser offers no adapter for WebGPU',
  );
});

test('WebGPU is measured where there is an adapter, if only a computed one', async ({ baseURL }) => {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...CHROMIUM_ARGS, ...SOFTWARE_GPU],
  });
  try {
    const plan: Wished = {
      cases: ['counting'],
      engines: ['webgpu'],
      longSides: [64],
      frames: 2,
      rounds: 1,
    };
    const { device, runs } = await measureOnPage(browser, baseURL!, plan, 200_000);
    expect(device.adapter).toMatch(/swiftshader/i);
    expect(runs[0]?.[0]).toMatchObject({ frames: 2, engines: [{ backend: 'webgpu', width: 64 }] });
  } finally {
    await browser.close();
  }
});

test('an invalid plan in the address is reported', async ({ page }) => {
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
