/** Inference in the browser it is made for: threads, graphics device, content security policy, and their failures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { createOrtEngine } from '../../workers/camera/inference/ort.ts';
import { CHROMIUM_ARGS, ensureChromium, SOFTWARE_GPU } from '../tools/chromium.ts';
import { nativeRuntime } from '../unit/workers/camera/inference/native.ts';
import { noisePicture, photo, present } from '../unit/workers/camera/inference/pictures.ts';
import type { Picture } from '../../workers/camera/frames/frame.ts';
import { harnessed } from './harness.ts';
import type {} from './inference/page.ts';

const test = harnessed('inference', { publicDir: 'public' });

/** A page of the harness, and every request it or its workers make. */
async function open(page: Page): Promise<string[]> {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto('./');
  await page.waitForFunction(() => 'inference' in window);
  return requests;
}

const load = (page: Page, model: string, backend: 'auto' | 'wasm' | 'webgpu', threads: number) =>
  page.evaluate(async (choice) => await window.inference.load(choice, 16 / 9), { model, backend, threads });

/** Bytes travel as text: the test and the page are different processes. */
const asText = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint8ClampedArray) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

const detect = (page: Page, { width, height, pixels }: Picture) =>
  page.evaluate(
    async ({ width, height, text }) => {
      const pixels = Uint8ClampedArray.from(atob(text), (character) => character.charCodeAt(0));
      return await window.inference.detect(width, height, pixels);
    },
    { width, height, text: asText(pixels) },
  );

/** Largest difference between this browser's outputs and the native runtime's, as a share of the largest value. */
async function compare(
  page: Page,
  model: string,
  backend: 'wasm' | 'webgpu',
  threads: number,
  [width, height]: [number, number],
) {
  const weights = readFileSync(join(import.meta.dirname, `../../public/models/${model}.onnx`));
  const rgba = new Uint8Array(noisePicture(width, height).pixels);
  const engine = await createOrtEngine(nativeRuntime(), { model, weights, width, height });
  const wanted = await engine.run(rgba);
  const got = await page.evaluate(
    async ({ model, backend, threads, width, height, text }) => {
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const outputs = await window.inference.run(model, backend, threads, width, height, bytes);
      return Object.entries(outputs).map(([name, data]) => ({ name, data: [...data] }));
    },
    { model, backend, threads, width, height, text: asText(rgba) },
  );
  expect(got.map(({ name }) => name).sort()).toEqual([...wanted.keys()].sort());
  let worst = 0;
  for (const { name, data } of got) {
    const native = wanted.get(name)!.data;
    expect(data.length).toBe(native.length);
    const largest = native.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    data.forEach((value, i) => (worst = Math.max(worst, Math.abs(value - native[i]!) / largest)));
  }
  return worst;
}

test('threads work behind the content security policy, and give what the native runtime gives', async ({
  page,
}) => {
  const requests = await open(page);
  expect(await page.evaluate(() => window.inference.isolated())).toBe(true);
  for (const threads of [1, 2]) {
    expect(await compare(page, 'centernet-street', 'wasm', threads, [512, 288])).toBeLessThan(1e-4);
    expect(await compare(page, 'blazeface', 'wasm', threads, [256, 160])).toBeLessThan(1e-4);
  }
  // Two copies of the runtime, from the same files; the large one for graphics devices is not among them.
  expect(new Set(requests.filter((url) => url.endsWith('.wasm'))).size).toBe(1);
  // A blob of its own lies in memory.
  const own = [page.url(), `blob:${page.url()}`];
  expect(requests.filter((url) => !own.some((start) => url.startsWith(start)))).toEqual([]);
});

// What a first run leaves lies elsewhere than what later runs leave, so that an empty picture does not overwrite it.
for (const [model, width, height] of [
  ['sex', 224, 224],
  ['centernet-street', 512, 288],
] as const) {
  test(`nothing is left in the memory of a model that was wiped or let go: ${model}`, async ({ page }) => {
    await open(page);
    const left = await page.evaluate(async (args) => await window.inference.tracesInEngine(...args), [
      model,
      width,
      height,
    ] as [string, number, number]);
    expect(left).toEqual({ ran: true, wiped: false, released: false, grown: 0 });
  });
}

test('the number of threads is measured, or is what was asked for', async ({ page }) => {
  await open(page);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const measured = await load(page, 'centernet-street', 'auto', 0);
  expect(measured).toMatchObject({ backend: 'wasm', width: 512, height: 288, fallback: 'no-adapter' });
  const { threads, phases } = measured as { threads: number; phases: string[] };
  expect(threads).toBeGreaterThanOrEqual(1);
  expect(threads).toBeLessThanOrEqual(Math.max(1, cores - 1));
  const measuring = cores > 2 ? ['measure'] : [];
  // Bytes are held to their hash before they are handed in (`attacks.spec.ts`), not by the loader.
  expect(phases).toEqual(['download', 'initialise', ...measuring, 'warm-up', 'done']);
  await page.evaluate(() => window.inference.release());
  expect(await load(page, 'blazeface', 'wasm', 2)).toMatchObject({ threads: 2, fallback: undefined });
});

test('a runtime that cannot be fetched is a fault, and the next try works', async ({ page }) => {
  await open(page);
  await page.route('**/*.wasm', (route) => route.abort());
  expect(await load(page, 'blazeface', 'wasm', 1)).toEqual({ fault: 'backend-unavailable' });
  await page.unroute('**/*.wasm');
  expect(await load(page, 'blazeface', 'wasm', 1)).toMatchObject({ backend: 'wasm', threads: 1 });
});

test.describe('on a graphics device', () => {
  let browser: Browser;
  let page: Page;
  test.beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: ensureChromium(),
      args: [...CHROMIUM_ARGS, ...SOFTWARE_GPU],
    });
  });
  test.afterAll(() => browser.close());
  test.beforeEach(async () => {
    page = await browser.newPage();
    await open(page);
    const adapter = await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
    test.skip(!adapter, 'this Chromium has no WebGPU adapter, not even one in software');
  });
  test.afterEach(() => page.close());

  test('WebGPU gives what the native runtime gives', async () => {
    expect(await compare(page, 'blazeface', 'webgpu', 1, [64, 64])).toBeLessThan(1e-3);
  });

  test('a device in software is not chosen, and a lost one is not asked again', async () => {
    expect(await load(page, 'blazeface', 'auto', 1)).toMatchObject({
      backend: 'wasm',
      fallback: 'no-adapter',
    });
    await page.evaluate(() => window.inference.release());
    expect(await load(page, 'blazeface', 'webgpu', 1)).toMatchObject({
      backend: 'webgpu',
      fallback: undefined,
    });
    const session = await browser.newBrowserCDPSession();
    const run = detect(page, noisePicture(64, 64));
    await session.send('Browser.crashGpuProcess');
    const lost = [await run, await detect(page, noisePicture(64, 64))];
    expect(lost[1]).toEqual({ fault: 'gpu-lost' });
    await page.evaluate(() => window.inference.release());
    expect(await load(page, 'blazeface', 'webgpu', 1)).toMatchObject({ backend: 'wasm', fallback: 'lost' });
    expect(Array.isArray(await detect(page, noisePicture(64, 64)))).toBe(true);
  });
});

test.describe('MediaPipe', () => {
  test('leaves nothing in the memory once it was wiped or let go', async ({ page }) => {
    await open(page);
    await load(page, 'mediapipe-face-short', 'auto', 0);
    const left = await page.evaluate(async () => await window.inference.tracesInDetector());
    expect(left).toEqual({ ran: true, wiped: false, released: false, grown: 0 });
  });

  const PORTRAIT = 'eval/lfw_10x10/images/Colin_Powell/Colin_Powell_0001.jpg';

  test('finds a face, with requests to the site only', async ({ page }) => {
    const requests = await open(page);
    const info = await load(page, 'mediapipe-face-short', 'auto', 0);
    expect(info).toMatchObject({ backend: 'mediapipe', threads: 1, width: 128, height: 128 });
    if (present(PORTRAIT)) {
      const picture = photo(PORTRAIT);
      const faces = await detect(page, picture);
      expect(faces).toHaveLength(1);
      const [{ box, keypoints }] = faces as unknown as [{ box: number[]; keypoints: number[][] }];
      expect(box[0]).toBeLessThan(picture.width / 2);
      expect(box[2]).toBeGreaterThan(picture.width / 2);
      expect(keypoints[0]![0]).toBeLessThan(keypoints[1]![0]!);
    }
    expect(await detect(page, noisePicture(320, 180))).toEqual([]);
    await page.evaluate(() => window.inference.release());
    await page.waitForTimeout(2000);
    expect(requests.filter((url) => !url.startsWith(page.url()))).toEqual([]);
  });

  test('reports that it cannot be fetched', async ({ page }) => {
    await open(page);
    await page.route('**/vision_wasm*.wasm', (route) => route.abort());
    expect(await load(page, 'mediapipe-face-short', 'auto', 0)).toEqual({ fault: 'backend-unavailable' });
    await page.unroute('**/vision_wasm*.wasm');
    expect(await load(page, 'mediapipe-face-short', 'auto', 0)).toMatchObject({ backend: 'mediapipe' });
  });

  test('says so where there is no WebGL', async ({ page }) => {
    await open(page);
    await page.evaluate(() => window.inference.withoutWebgl());
    expect(await load(page, 'mediapipe-face-short', 'auto', 0)).toEqual({ fault: 'backend-unavailable' });
  });
});

test('preparing a picture stays far below inference', async ({ page }) => {
  await open(page);
  const small = await page.evaluate(() => window.inference.prepare([640, 360], [512, 288]));
  const large = await page.evaluate(() => window.inference.prepare([1920, 1080], [512, 288]));
  console.log(`prepare: 640 x 360 in ${small.toFixed(2)} ms, 1920 x 1080 in ${large.toFixed(2)} ms`);
  // Nine times the pixels; the ratio holds on slow machines, milliseconds would not.
  expect(large / small).toBeLessThan(9);
});
