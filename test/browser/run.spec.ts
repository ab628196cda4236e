/**
 * A whole run on the built site, watched from outside: what left the camera, what the page asked of the network, and
 * whether the ledger balances. This is the promise of the project; everything else may change before this does.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import * as v from 'valibot';
import { OutRecord, STAGES, type OutRecordOf } from '../../workers/contract.ts';
import { openSite, watch, type SiteSettings, type Watch } from '../site/watch.ts';

test.setTimeout(240_000);

const CLIP = 'test/fixtures/counting-640x360.mp4';
/** Frames of the clip. */
const FRAMES = 300;

const chooser = (page: Page) => page.locator('input[type=file][accept*=video]');
const control = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Camera', exact: true }).getByRole('button', { name, exact: false });

async function open(page: Page, settings: SiteSettings = {}): Promise<Watch> {
  const seen = await watch(page);
  await openSite(page, '', 'counting', { backend: 'wasm', size: '320x192', ...settings });
  return seen;
}

async function reach(page: Page, state: string, timeout = 180_000) {
  await page.waitForFunction(
    (wanted) =>
      window.incamWatch.messages().some(({ record }) => record?.type === 'status' && record.state === wanted),
    state,
    { timeout },
  );
}

const of = <T extends OutRecord['type']>(records: OutRecord[], type: T) =>
  records.filter((record): record is OutRecordOf<T> => record.type === type);

/** What must hold of every run, however it ended. */
async function expectSealed(seen: Watch, base: string) {
  const messages = await seen.messages();
  expect(messages.length).toBeGreaterThan(0);
  for (const message of messages) {
    expect(message.is, message.text).not.toBe('other');
    expect(message.binary, message.text).toEqual([]);
    if (message.is === 'record')
      expect(v.safeParse(OutRecord, message.record).success, message.text).toBe(true);
    else expect(message.text.length).toBeLessThan(200);
  }
  const outside = seen.requests.filter((url) => !url.startsWith(base) && !/^(blob|data):/.test(url));
  expect(outside).toEqual([]);
  const ledgers = of(await seen.records(), 'ledger');
  for (const { frames, pixelBytes } of ledgers) {
    expect(frames.alivePeak).toBeLessThanOrEqual(frames.capacity);
    expect(frames.acquired).toBe(frames.destroyed + frames.alive + frames.waiting);
    expect(pixelBytes.acquired).toBe(pixelBytes.destroyed + pixelBytes.alive);
  }
  const last = ledgers.at(-1)!;
  expect(last.frames).toMatchObject({ alive: 0, waiting: 0 });
  expect(last.frames.acquired).toBe(last.frames.destroyed);
  expect(last.pixelBytes.alive).toBe(0);
  expect(last.out.refused).toBe(0);
  return last;
}

test('a clip from first to last frame: records leave, nothing else does', async ({ page, baseURL }) => {
  const seen = await open(page, { pace: 'exact', loop: false });
  await chooser(page).setInputFiles(CLIP);
  await reach(page, 'wiped');
  const ledger = await expectSealed(seen, baseURL!);
  expect(ledger.frames).toMatchObject({ acquired: FRAMES, unseen: 0 });
  expect(ledger.wipes).toBe(1);
  // Every frame has at least its own picture, the camera's copy and the model's input.
  expect(ledger.pixelBytes.acquired).toBeGreaterThan(FRAMES * 640 * 360 * 4);
  const counts = of(await seen.records(), 'count');
  expect(counts.length).toBeGreaterThan(0);
  expect(ledger.out.caseRecords).toBe(
    (await seen.records()).filter((r) => r.type === 'count' || r.type === 'zone').length,
  );
  expect(seen.errors).toEqual([]);
});

test('the sample loops, pauses, steps through one frame and is switched off', async ({ page, baseURL }) => {
  const seen = await open(page, { pace: 'live' });
  await control(page, 'Start').click();
  await reach(page, 'running');
  await expect.poll(async () => of(await seen.records(), 'timing').at(-1)?.frames ?? 0).toBeGreaterThan(3);
  await control(page, 'Pause').click();
  await reach(page, 'paused');
  const step = control(page, 'step');
  for (const [index, stage] of STAGES.entries()) {
    await step.click();
    await expect
      .poll(async () => of(await seen.records(), 'step').map((record) => record.stage))
      .toEqual(STAGES.slice(0, index + 1));
    const ledger = of(await seen.records(), 'ledger').at(-1)!;
    expect(ledger.frames.alive, stage).toBe(index < STAGES.indexOf('destroy') ? 1 : 0);
  }
  await control(page, 'Stop').click();
  await reach(page, 'wiped');
  await expectSealed(seen, baseURL!);
  await expect.poll(() => page.workers().length).toBe(0);
});

test('behind opaque glass no picture is painted at all', async ({ page }) => {
  const seen = await open(page);
  await page.getByRole('switch', { name: /glass/i }).click();
  await control(page, 'Start').click();
  await reach(page, 'running');
  await expect.poll(async () => of(await seen.records(), 'timing').at(-1)?.frames ?? 0).toBeGreaterThan(5);
  await control(page, 'Pause').click();
  await reach(page, 'paused');
  const { pixelBytes, frames } = of(await seen.records(), 'ledger').at(-1)!;
  expect(frames.alive).toBe(0);
  // What waits in the decoder has bytes; the glass has none.
  if (frames.waiting === 0) expect(pixelBytes.alive).toBe(0);
  const shades = await page
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const copy = document.createElement('canvas');
      copy.width = copy.height = 32;
      const context = copy.getContext('2d')!;
      context.drawImage(canvas, 0, 0, 32, 32);
      return new Set(new Uint32Array(context.getImageData(0, 0, 32, 32).data.buffer)).size;
    });
  expect(shades).toBe(1);
});

test('the page can not read past the gate', async ({ page }) => {
  await open(page);
  await control(page, 'Start').click();
  await reach(page, 'running');
  // What a page gone bad might try: Comlink's own protocol for reading, writing and opening a second channel.
  const answers = await page.evaluate(async () => {
    const worker = new Worker(
      performance
        .getEntriesByType('resource')
        .map((e) => e.name)
        .find((url) => /\/camera-[\w-]+\.js$/.test(url))!,
      { type: 'module' },
    );
    const heard: unknown[] = [];
    worker.addEventListener('message', ({ data }) => heard.push(data));
    const argument = (value: unknown) => ({ type: 'RAW', value });
    for (const message of [
      { id: '1', type: 'GET', path: ['step'] },
      { id: '2', type: 'GET', path: [] },
      { id: '3', type: 'SET', path: ['open'], value: argument(1) },
      { id: '4', type: 'ENDPOINT' },
      {
        id: '5',
        type: 'APPLY',
        path: ['constructor', 'constructor'],
        argumentList: [argument('return self')],
      },
      { id: '6', type: 'CONSTRUCT', path: ['open'], argumentList: [] },
      { id: '7', type: 'APPLY', path: ['setGlass'], argumentList: [argument('opaque')] },
    ]) {
      worker.postMessage(message);
    }
    await new Promise((resolve) => setTimeout(resolve, 3000));
    worker.terminate();
    return heard.map(
      (data) => JSON.parse(JSON.stringify(data)) as { id?: string; record?: { type: string } },
    );
  });
  // Only the one proper call was answered, with nothing but "done"; the rest was not even heard.
  expect(answers.filter(({ id }) => id !== undefined)).toEqual([{ id: '7', type: 'RAW' }]);
  expect(answers.length).toBeGreaterThan(1);
});

test.describe('bad input: a clear message, a balanced ledger, and the next source runs', () => {
  const clip = readFileSync(CLIP);
  const files = [
    {
      says: 'a text file',
      name: 'notes.mp4',
      bytes: Buffer.from('This is not a video.\n'.repeat(50)),
      code: 'source-not-video',
    },
    { says: 'an empty file', name: 'empty.mp4', bytes: Buffer.alloc(0), code: 'source-not-video' },
    {
      says: 'half a film',
      name: 'half.mp4',
      bytes: clip.subarray(0, clip.length / 2),
      code: 'source-truncated',
    },
  ];
  for (const { says, name, bytes, code } of files) {
    test(says, async ({ page, baseURL }) => {
      const seen = await open(page, { pace: 'exact', loop: false });
      await chooser(page).setInputFiles({ name, mimeType: 'video/mp4', buffer: bytes });
      await expect
        .poll(async () => of(await seen.records(), 'fault').map((fault) => fault.code), { timeout: 100_000 })
        .toEqual([code]);
      await reach(page, 'wiped');
      await expectSealed(seen, baseURL!);
      // The visitor is told what happened and what to do, and can go on.
      await expect(
        page
          .getByRole('alert')
          .or(page.locator('[aria-live]'))
          .filter({ hasText: /\w{4,}/ })
          .first(),
      ).toBeVisible();
      await page.getByRole('button', { name: 'Sample' }).click();
      await control(page, 'Start').click();
      await expect
        .poll(async () => of(await seen.records(), 'timing').at(-1)?.frames ?? 0, { timeout: 60_000 })
        .toBeGreaterThan(2);
    });
  }
});
