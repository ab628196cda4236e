/**
 * A whole run on the built site, watched from outside: what left the camera, what the page asked of the network, and
 * whether the ledger balances. This is the promise of the project; everything else may change before this does.
 */
import { expect, test } from '@playwright/test';
import { STAGES } from '../../contract/index.ts';
import {
  chooser,
  CLIP,
  control,
  expectSealed,
  FRAMES,
  of,
  open,
  reach,
  sealedFrame,
  WHOLE_CLIP_MS,
} from '../site/drive.ts';

test('a clip from first to last frame: records leave, nothing else does', async ({ page, baseURL }) => {
  test.slow();
  const seen = await open(page, { pace: 'exact', loop: false });
  await chooser(page).setInputFiles(CLIP);
  await reach(page, 'wiped', WHOLE_CLIP_MS);
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
    // What is said of this frame is not mixed with frames that wait: destroyed, it has no byte left.
    const { bytesAlive } = of(await seen.records(), 'step').at(-1)!;
    if (index < STAGES.indexOf('destroy')) expect(bytesAlive, stage).toBeGreaterThan(0);
    else expect(bytesAlive, stage).toBe(0);
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
  // The test may look into the frame, as the page may not.
  const shades = await sealedFrame(page)
    .locator('canvas')
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
  // A page gone bad keeps hold of the port on which the camera takes commands.
  await page.addInitScript(() => {
    const Native = window.MessageChannel;
    window.MessageChannel = class extends Native {
      constructor() {
        super();
        this.port1.addEventListener('message', ({ data }) => {
          if (data?.record) Object.assign(window, { stolen: this.port1 });
        });
      }
    };
  });
  await open(page);
  await control(page, 'Start').click();
  await reach(page, 'running');
  // What it might try: Comlink's own protocol for reading, writing and opening a second channel.
  const answers = await page.evaluate(async () => {
    const worker = (window as unknown as { stolen: MessagePort }).stolen;
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
    // The last one that may be answered was answered: whatever else is, came before it or comes soon.
    while (!heard.some((data) => (data as { id?: string }).id === '7'))
      await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 500));
    return heard.map(
      (data) => JSON.parse(JSON.stringify(data)) as { id?: string; record?: { type: string } },
    );
  });
  // Only the one proper call was answered, with nothing but "done"; the rest was not even heard.
  expect(answers.filter(({ id }) => /^\d$/.test(id ?? ''))).toEqual([{ id: '7', type: 'RAW' }]);
  expect(answers.length).toBeGreaterThan(1);
});

test('a view that is left while the camera runs: it is wiped and says so, then its frame and workers are gone', async ({
  page,
  baseURL,
}) => {
  const seen = await open(page);
  await control(page, 'Start').click();
  await reach(page, 'running');
  await page.evaluate(() => (location.hash = '#/about'));
  await reach(page, 'wiped');
  await expectSealed(seen, baseURL!);
  await expect.poll(() => page.workers().length).toBe(0);
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(seen.errors).toEqual([]);
});
