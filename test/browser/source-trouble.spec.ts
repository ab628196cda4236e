/** What the page says of a source that stops, changes its shape or cannot be read, and of a browser that cannot help. */
import { existsSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { chooser, control, of, open } from '../site/drive.ts';
import { openSite, watch } from '../site/watch.ts';

const INPUTS = '../shared/inputs/video';
const shot = (page: Page, name: string) =>
  process.env['SHOTS'] ? page.screenshot({ path: `${process.env['SHOTS']}/${name}.png` }) : undefined;

/** A webcam made of a canvas: it gives a picture when it is told to, and can be turned. */
async function fakeWebcam(page: Page) {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [640, 360];
      const context = canvas.getContext('2d')!;
      const camera = { frozen: false, turn: () => ([canvas.width, canvas.height] = [360, 640]) };
      let n = 0;
      setInterval(() => {
        if (camera.frozen) return;
        context.fillStyle = `hsl(${n++ % 360} 60% 60%)`;
        context.fillRect(0, 0, canvas.width, canvas.height);
      }, 100);
      Object.assign(window, { fakeCamera: camera });
      return Promise.resolve(canvas.captureStream());
    };
  });
}
const tell = (page: Page, what: 'freeze' | 'thaw' | 'turn') =>
  page.evaluate((what) => {
    const { fakeCamera } = window as unknown as { fakeCamera: { frozen: boolean; turn(): void } };
    if (what === 'turn') fakeCamera.turn();
    else fakeCamera.frozen = what === 'freeze';
  }, what);

async function startWebcam(page: Page) {
  await fakeWebcam(page);
  const seen = await open(page);
  await page.getByRole('button', { name: 'Webcam' }).click();
  await control(page, 'Start').click();
  await expect
    .poll(async () => of(await seen.records(), 'timing').at(-1)?.frames ?? 0, { timeout: 40_000 })
    .toBeGreaterThan(3);
  return seen;
}

const rate = (page: Page) => page.locator('.fps b');

test('a webcam that freezes: said within 3 s with the rate at 0, and over with the next picture', async ({
  page,
}) => {
  await startWebcam(page);
  await tell(page, 'freeze');
  const notice = page.getByText('No picture is coming.');
  await expect(notice).toBeVisible({ timeout: 3500 });
  await expect(page.getByText('privacy switch')).toBeVisible();
  await expect(rate(page)).toHaveText(/^0(\.0)?$/);
  await shot(page, 'stalled');
  await tell(page, 'thaw');
  await expect(notice).toHaveCount(0);
  await expect(rate(page)).not.toHaveText(/^0(\.0)?$/);
});

test('a phone that is turned: all is covered and nothing is counted until it is drawn on anew', async ({
  page,
}) => {
  const seen = await startWebcam(page);
  await tell(page, 'turn');
  const notice = page.getByText('The picture has changed its shape');
  await expect(notice).toBeVisible();
  await expect(page.getByText('360 × 640')).toBeVisible();
  await shot(page, 'reshaped');
  await page.getByRole('button', { name: 'Draw anew' }).click();
  await expect(notice).toHaveCount(0);
  await shot(page, 'drawn-anew');
  expect(of(await seen.records(), 'status').at(-1)!.source).not.toHaveProperty('reshaped');
});

test('a camera that is gone without a word: said within 3 s, the last picture hidden', async ({ page }) => {
  // Also in the frame, whose own script starts the camera.
  await page.addInitScript(() => {
    const Native = window.Worker;
    window.Worker = class extends Native {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name === 'incam-camera') Object.assign(window, { gone: () => this.terminate() });
      }
    };
  });
  await startWebcam(page);
  const frame = page.frames().find((frame) => frame !== page.mainFrame())!;
  await frame.evaluate(() => (window as unknown as { gone(): void }).gone());
  await expect(page.getByText('The camera has not answered')).toBeVisible({ timeout: 4500 });
  await expect(rate(page)).toHaveText(/^0(\.0)?$/);
  await shot(page, 'silent');
});

test('a page that is not secure says so before anything else, on every page', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
  const seen = await watch(page);
  for (const route of ['', 'counting', 'feasibility', 'about']) {
    await openSite(page, '', route);
    const said = page.getByText('This page was opened over an unencrypted connection');
    await expect(said).toBeVisible();
    expect(
      await said.evaluate((element) => element.compareDocumentPosition(document.querySelector('header')!)),
    ).toBe(4 /* the header follows */);
    await shot(page, `insecure-${route || 'home'}`);
  }
  expect(seen.errors).toEqual([]);
});

test('a browser that lists no devices and a remembered drawing with doubled ids break nothing', async ({
  page,
}) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.enumerateDevices = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    const line = { id: 'l1', name: '', a: [0.2, 0.2], b: [0.2, 0.8], minAngleDeg: 15 };
    const drawing = {
      lines: [line, { ...line, a: [0.6, 0.2], b: [0.6, 0.8] }],
      zones: [],
      masks: [],
      anchor: 'centre',
      next: 2,
    };
    // The sealed frame has no storage.
    if (window === window.top) localStorage.setItem('incam.drawing.sample:counting', JSON.stringify(drawing));
  });
  const seen = await open(page);
  await control(page, 'Start').click();
  await expect
    .poll(async () => of(await seen.records(), 'timing').at(-1)?.frames ?? 0, { timeout: 40_000 })
    .toBeGreaterThan(3);
  // How many pictures a second are processed depends on the machine.
  const faults = of(await seen.records(), 'fault').filter(({ code }) => code !== 'too-few-pictures');
  expect(faults).toEqual([]);
  expect(seen.errors).toEqual([]);
});

test.describe('files of ../shared/inputs', () => {
  test.skip(!existsSync(INPUTS), `there are no videos at ${INPUTS}`);
  const ROWS: { name: string; words: (string | RegExp)[]; ja: string }[] = [
    {
      name: 'h264.avi',
      words: ['AVI files cannot be read here.', 'ffmpeg -i input.avi'],
      ja: 'AVIのファイルは、ここでは読み込めません。',
    },
    {
      name: 'wmv2.wmv',
      words: ['WMV (ASF) files cannot be read here.', 'ffmpeg -i input.wmv'],
      ja: 'WMV (ASF)のファイルは',
    },
    {
      name: 'anim.gif',
      words: ['GIF files cannot be read here.', 'ffmpeg -i input.gif'],
      ja: 'GIFのファイルは',
    },
    {
      name: 'truncated-moov-at-end.mp4',
      words: ['incomplete or damaged', 'index is missing'],
      ja: '動画ファイルが不完全か、壊れています',
    },
    {
      name: 'ts-starts-mid-gop-intra-refresh.ts',
      words: ['incomplete or damaged', 'key frame', 'ffmpeg -i input.ts'],
      ja: 'キーフレーム',
    },
  ];
  for (const { name, words, ja } of ROWS) {
    test(name, async ({ page }) => {
      await open(page, { pace: 'exact', loop: false });
      await chooser(page).setInputFiles(`${INPUTS}/${name}`);
      const told = page.getByRole('alert');
      for (const text of words) await expect(told).toContainText(text, { timeout: 40_000 });
      await shot(page, name);
      await page.getByRole('radio', { name: '日本語' }).check({ force: true });
      await expect(told).toContainText(ja);
      await shot(page, `${name}-ja`);
    });
  }

  for (const { name, text } of [
    { name: 'ts-joined-timestamps-restart.ts', text: 'time stamps jump (1 so far)' },
    { name: 'fmp4-joined-bytewise.mp4', text: 'time stamps jump (1 so far)' },
    { name: 'all-frames-within-4ms.mp4', text: '25 pictures a second are assumed' },
  ]) {
    test(name, async ({ page }) => {
      test.slow();
      await open(page, { pace: 'live', loop: false });
      await chooser(page).setInputFiles(`${INPUTS}/${name}`);
      await expect(page.getByText(text)).toBeVisible({ timeout: 90_000 });
      await shot(page, name);
    });
  }

  for (const name of ['lowfps-3.mp4', 'lowfps-1.mp4']) {
    test(name, async ({ page }) => {
      test.slow();
      await open(page, { pace: 'exact', loop: false });
      await chooser(page).setInputFiles(`${INPUTS}/${name}`);
      await expect(page.getByText('Too few pictures a second to count at this speed')).toBeVisible({
        timeout: 60_000,
      });
      // Stays beside the figures when the message is put away.
      await expect(page.getByText(/Marked “sparse”: \d+ of \d+ crossings kept/)).toBeVisible();
      await shot(page, name);
    });
  }

  test('shape-change-480x270-to-270x480.webm', async ({ page }) => {
    const seen = await open(page, { pace: 'live', loop: false });
    await chooser(page).setInputFiles(`${INPUTS}/shape-change-480x270-to-270x480.webm`);
    await expect
      .poll(async () => of(await seen.records(), 'status').some(({ source }) => source?.reshaped), {
        timeout: 60_000,
      })
      .toBe(true);
    await shot(page, 'shape-change');
  });
});
