/**
 * The live scene as a source of the built site, drawn in software: slow, small and plain, but the whole way from the
 * scene's worker through the camera to the comparison, and nothing on the way that holds a pixel.
 */
import { chromium, expect, test, type Page } from '@playwright/test';
import * as v from 'valibot';
import { SceneRecord, type FrameTruth } from '../../scenes/live/contract.ts';
import { control, of, open, reach } from '../site/drive.ts';
import { faultText } from '../site/texts.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';
import type { Watch } from '../site/watch.ts';

const SOFTWARE_GL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
test.use({ launchOptions: { executablePath: ensureChromium(), args: [...CHROMIUM_ARGS, ...SOFTWARE_GL] } });

const scene = (page: Page) => page.getByRole('button', { name: 'Synthetic scene' });
const knobs = (page: Page) => page.getByRole('region', { name: 'Knobs of the synthetic scene' });

/** Takes the graphics card away from a scene that draws, as a driver that breaks down would. */
async function loseGraphics(page: Page) {
  // Inside the sealed frame, where a test can reach it and the page cannot.
  const names = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.name)));
  const workers = page.workers().filter((_worker, i) => names[i] === 'incam-scene');
  expect(workers).toHaveLength(1);
  await workers[0]!.evaluate(() => {
    const { prototype } = WebGL2RenderingContext;
    const { readPixels } = prototype;
    prototype.readPixels = function (this: WebGL2RenderingContext, ...given: unknown[]) {
      prototype.readPixels = readPixels;
      Reflect.apply(readPixels, this, given);
      this.getExtension('WEBGL_lose_context')!.loseContext();
    };
  });
}

/** What the scene's worker told the page. */
async function sceneRecords(seen: Watch): Promise<SceneRecord[]> {
  const messages = await seen.messages();
  return messages
    .map(({ text }) => JSON.parse(text) as { scene?: unknown })
    .flatMap(({ scene }) => (scene === undefined ? [] : [v.parse(SceneRecord, scene)]));
}
const sourceNow = async (seen: Watch) => of(await seen.records(), 'status').at(-1)?.source?.kind;
const framesOf = async (seen: Watch) =>
  (await sceneRecords(seen)).filter((record): record is FrameTruth => record.type === 'frame');

test.describe('the live scene', () => {
  test('is not fetched before it is chosen, nor is what draws it', async ({ page }) => {
    const seen = await open(page, { autostart: false });
    await expect(scene(page)).toBeVisible();
    const scripts = seen.requests.filter((url) => /\.m?js(\?|$)/.test(url));
    expect(scripts.length).toBeGreaterThan(0);
    for (const url of scripts) {
      const text = await (await page.request.get(url)).text();
      expect(text.includes('webglcontextlost'), url).toBe(false);
    }
  });
  test('runs: pictures to the camera, truth and counts to the page, knobs at once, stops, and a lost graphics card is no end', async ({
    page,
  }) => {
    // Drawn without a graphics card.
    test.slow();
    const seen = await open(page, { autostart: false, threads: 1 });
    await scene(page).click();
    await control(page, 'Start').click();
    await reach(page, 'running');
    await expect.poll(async () => (await framesOf(seen)).length, { timeout: 40_000 }).toBeGreaterThan(5);
    await expect(knobs(page).getByText('No graphics card')).toBeVisible();

    // The camera's time is the scene's, and its source is the scene.
    const status = of(await seen.records(), 'status').at(-1)!;
    expect(status.source).toMatchObject({ kind: 'scene', width: 320, height: 180 });

    await knobs(page).getByRole('slider', { name: 'Crowd' }).fill('2.5');
    await knobs(page).getByLabel('Light').selectOption({ label: 'Dusk' });
    // What the case tells of it; a crossing takes its time where a picture takes half a second.
    const told = async () => (await seen.records()).filter(({ type }) => type === 'count' || type === 'zone');
    await expect.poll(async () => (await told()).length, { timeout: 40_000 }).toBeGreaterThan(0);
    const frames = await framesOf(seen);
    expect(frames.some(({ objects }) => objects.length > 0)).toBe(true);
    const lastS = frames.at(-1)!.atS;
    for (const record of await told()) expect('atS' in record && record.atS).toBeLessThanOrEqual(lastS + 1);

    // The camera is moved while it looks: the scene goes on without a restart.
    const before = (await framesOf(seen)).length;
    await knobs(page).getByRole('slider', { name: 'Tilt' }).fill('30');
    await expect
      .poll(async () => (await framesOf(seen)).length, { timeout: 40_000 })
      .toBeGreaterThan(before + 2);

    for (const { binary, text } of await seen.messages()) expect(binary, text).toEqual([]);
    await control(page, 'Stop').click();
    await reach(page, 'wiped');
    await expect.poll(() => page.workers().map((worker) => worker.url())).toEqual([]);
    const ledger = of(await seen.records(), 'ledger').at(-1)!;
    expect(ledger.frames.acquired).toBe(ledger.frames.destroyed);

    // To another source and back, without a reload; back even before the other one has begun to run.
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(knobs(page)).toHaveCount(0);
    await control(page, 'Start').click();
    await expect.poll(() => sourceNow(seen), { timeout: 40_000 }).toBe('sample');
    await scene(page).click();
    await expect.poll(() => sourceNow(seen), { timeout: 40_000 }).toBe('scene');
    expect(seen.errors).toEqual([]);

    // The graphics card goes: said in words, everything is freed, and the next source works.
    const drawn = (await framesOf(seen)).length;
    await expect
      .poll(async () => (await framesOf(seen)).length, { timeout: 40_000 })
      .toBeGreaterThan(drawn + 1);
    await loseGraphics(page);
    await expect(page.getByText(faultText('scene-lost').what).first()).toBeVisible({ timeout: 40_000 });
    expect((await sceneRecords(seen)).filter(({ type }) => type === 'fault')).toHaveLength(1);
    await expect.poll(() => page.workers().map((worker) => worker.url())).toEqual([]);
    await page.getByRole('button', { name: 'Test pattern' }).click();
    await control(page, 'Start').click();
    await expect.poll(() => sourceNow(seen), { timeout: 40_000 }).toBe('pattern');
  });
  test('says in words that there is no WebGL, and the next source works', async ({ baseURL }) => {
    const browser = await chromium.launch({
      executablePath: ensureChromium(),
      // --disable-3d-apis leaves it to workers.
      args: [...CHROMIUM_ARGS, '--use-gl=disabled'],
    });
    const page = await browser.newPage({ baseURL: baseURL! });
    const seen = await open(page, { autostart: false });
    await scene(page).click();
    await control(page, 'Start').click();
    await expect(page.getByText(/cannot draw the synthetic scene/).first()).toBeVisible({ timeout: 40_000 });
    await expect.poll(() => page.workers().map((worker) => worker.url())).toEqual([]);
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await control(page, 'Start').click();
    await reach(page, 'running');
    expect((await sceneRecords(seen)).map(({ type }) => type)).toEqual(['fault']);
    await browser.close();
  });
});
