/**
 * The feasibility page as a vendor meets it: any model, any file, and from a chip to a camera slowed down to it. The
 * file is read off the main thread, without a request.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProtoWriter } from '../../lib/onnx/protobuf.ts';
import { writeModel } from '../../lib/onnx/write.ts';
import { median } from '../../lib/stats.ts';
import { control, of, reach } from '../site/drive.ts';
import { openSite, watch } from '../site/watch.ts';
import { graphOf } from '../unit/models/graphs.ts';

const MODEL = readFileSync('public/models/blazeface.onnx');
const GIGANTIC = 500 * 1000 * 1000;

const verdicts = (page: Page) => page.getByRole('row').filter({ hasText: /fits|does not fit/ });
const chooser = (page: Page) => page.locator('input[type=file]');
const put = (page: Page, name: string, buffer: Uint8Array) =>
  chooser(page).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(buffer) });

async function openPage(page: Page) {
  const seen = await watch(page);
  await openSite(page, '', 'feasibility', { backend: 'wasm', threads: 1 });
  await expect(verdicts(page).first()).toBeVisible({ timeout: 40_000 });
  return seen;
}

test('every chip judges a carried model, in a worker of its own, without a request', async ({
  page,
  baseURL,
}) => {
  const seen = await openPage(page);
  await expect(verdicts(page)).toHaveCount(13);
  await expect(page.getByRole('heading', { name: 'CenterNet street' })).toBeVisible();
  expect(page.workers().map((worker) => worker.url())).toEqual([
    expect.stringMatching(/\/assets\/main-[^/]+\.js$/),
  ]);
  expect(seen.requests.filter((url) => !url.startsWith(baseURL!) && !/^(blob|data):/.test(url))).toEqual([]);
  await page.getByLabel('Pictures a second needed').selectOption('30');
  await expect(page.getByText('30 are needed').first()).toBeVisible();
  await page.getByLabel('Input size').selectOption('320x320');
  await expect(page.getByText('451')).toBeVisible();
  await page.getByRole('button', { name: 'Details of IMX500' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('unverified').first()).toBeVisible();
  await expect(dialog.getByRole('link', { name: /Ultralytics/ }).first()).toBeVisible();
  expect(seen.errors).toEqual([]);
});

const unknown = writeModel(
  graphOf({
    inputs: { x: [1, 3, 8, 8] },
    nodes: [
      ['NonMaxSuppression', ['x'], ['a']],
      ['GridSample', ['a'], ['y']],
    ],
    outputs: ['y'],
  }),
);
const external = new ProtoWriter()
  .int(1, 8)
  .message(7, new ProtoWriter().message(5, new ProtoWriter().int(1, 1).int(2, 1).string(8, 'w').int(14, 1)))
  .finish();

test.describe('bad files', () => {
  for (const { says, file, what, todo, ja } of [
    {
      says: 'garbage',
      file: new TextEncoder().encode('%PDF-1.7 a report'),
      what: 'This is not an ONNX file.',
      todo: 'Convert it first',
      ja: 'ONNXファイルではありません。',
    },
    {
      says: 'a truncated file',
      file: MODEL.subarray(0, MODEL.length / 2),
      what: 'The file ends too early.',
      todo: 'Get it again.',
      ja: 'ファイルが途中で終わっています。',
    },
    {
      says: 'unknown operations, named',
      file: unknown,
      what: 'GridSample, NonMaxSuppression',
      todo: 'Leave post-processing',
      ja: '判定できない演算が使われています: GridSample, NonMaxSuppression',
    },
    {
      says: 'weights in another file',
      file: external,
      what: 'The weights are in another file.',
      todo: 'save_as_external_data=False',
      ja: '重みが別のファイルにあります。',
    },
    {
      says: 'an empty file',
      file: new Uint8Array(0),
      what: 'The file is empty.',
      todo: 'Export or download it again.',
      ja: 'ファイルが空です。',
    },
  ]) {
    test(`${says}: said in both languages, with what to do, and the next file is read`, async ({ page }) => {
      const seen = await openPage(page);
      await put(page, 'model.onnx', file);
      const told = page.getByRole('alert');
      await expect(told).toContainText(what);
      await expect(told).toContainText(todo);
      await expect(verdicts(page)).toHaveCount(0);
      await page.getByRole('radio', { name: '日本語' }).check({ force: true });
      await expect(told).toContainText(ja);
      await page.getByRole('radio', { name: 'English' }).check({ force: true });
      await put(page, 'blazeface.onnx', MODEL);
      await expect(page.getByRole('heading', { name: 'blazeface.onnx' })).toBeVisible();
      await expect(verdicts(page)).toHaveCount(13);
      expect(seen.errors).toEqual([]);
    });
  }

  test('half a gigabyte is refused by its size, at once', async ({ page }) => {
    const folder = mkdtempSync(join(tmpdir(), 'incam-'));
    try {
      const path = join(folder, 'huge.onnx');
      writeFileSync(path, '');
      truncateSync(path, GIGANTIC);
      const seen = await openPage(page);
      await chooser(page).setInputFiles(path);
      await expect(page.getByRole('alert')).toContainText('The file has 500 MB');
      await page.getByRole('radio', { name: '日本語' }).check({ force: true });
      await expect(page.getByRole('alert')).toContainText('500 MB');
      await expect(page.getByRole('alert')).toContainText('ファイル');
      expect(seen.errors).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

for (const { title, n, wanted, model, chip } of [
  { title: 'Case 4', n: 4, wanted: '1', model: undefined, chip: 'Cortex-A53' },
  { title: 'Case 6', n: 6, wanted: '1', model: undefined, chip: 'Cortex-A53' },
  { title: 'Case 1', n: 1, wanted: '10', model: 'blazeface', chip: 'Cortex-A53' },
]) {
  test(`a chip is simulated: ${title} says so, runs at its rate at most, and can be let go`, async ({
    page,
  }) => {
    const seen = await openPage(page);
    if (model) {
      await page.getByLabel('Model', { exact: true }).selectOption(model);
      await expect(verdicts(page)).toHaveCount(13);
    }
    await page.getByLabel('Pictures a second needed').selectOption(wanted);
    const cases = page.getByLabel('Case to simulate');
    const [option] = await cases.locator('option', { hasText: title }).allInnerTexts();
    await cases.selectOption(option!);
    await page.getByRole('button', { name: `Run case ${n} at the rate and size of ${chip}` }).click();
    const banner = page.getByText(
      /Simulating Cortex-A53 × 4: at most ([\d.]+) pictures a second, input \d+ × \d+/,
    );
    await expect(banner).toBeVisible();
    const maxFps = Number(/at most ([\d.]+) /.exec(await banner.innerText())![1]);
    await control(page, 'Start').click();
    await reach(page, 'running');
    await expect
      .poll(async () => of(await seen.records(), 'timing').at(-1)?.frames ?? 0, { timeout: 40_000 })
      .toBeGreaterThan(8);
    // The median: after a moment in which the machine was busy elsewhere, pictures come closer together.
    const rates = of(await seen.records(), 'timing').flatMap(({ fps }) => (fps > 0 ? [fps] : []));
    expect(median(rates)).toBeLessThan(maxFps * 1.15);
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(banner).toHaveCount(0);
  });
}

test('what a chip costs in accuracy is measured on the sample, with and without it', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Measure what Cortex-A53 × 4 costs in accuracy, case 4' }).click();
  await expect(page.getByRole('heading', { name: 'Benchmarks', level: 1 })).toBeVisible();
  await expect(page.getByText('0 of 2 runs')).toBeVisible();
  await expect(page.getByText(/as Cortex-A53 × 4, at most [\d.]+ frames\/s/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
});

for (const [device, viewport] of Object.entries({
  projector: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
})) {
  test(`axe finds nothing and nothing sticks out, ${device}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openPage(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`),
    ).toEqual([]);
    const [wide, room] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(wide).toBe(room);
  });
}
