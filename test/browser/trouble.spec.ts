/**
 * Everything that can be wrong with what a visitor brings: each time a clear message, a ledger that balances, and a
 * camera that runs with the next source.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { faultText } from '../site/texts.ts';
import type { FaultCode } from '../../contract/index.ts';
import { chooser, CLIP, control, expectSealed, of, open, reach } from '../site/drive.ts';
import type { Watch } from '../site/watch.ts';

/** The message is on the page, in words: what happened and what to do. */
async function expectTold(page: Page, code: FaultCode) {
  const { what, todo } = faultText(code);
  await expect(page.getByText(what).first()).toBeVisible();
  await expect(page.getByText(todo).first()).toBeVisible();
}

async function expectGoesOn(page: Page, seen: Watch) {
  await page.getByRole('button', { name: 'Sample' }).click();
  const start = control(page, 'Start');
  if (await start.isVisible()) await start.click();
  await expect
    .poll(async () => of(await seen.records(), 'timing').at(-1)?.frames ?? 0, { timeout: 40_000 })
    .toBeGreaterThan(2);
}

const clip = readFileSync(CLIP);

/** A WAV file: one second of silence. */
function soundOnly(): Buffer {
  const samples = 8000;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(16000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  return wav;
}

const FILES: { says: string; name: string; bytes: Buffer; code: FaultCode }[] = [
  {
    says: 'a text file',
    name: 'notes.mp4',
    bytes: Buffer.from('This is not a video.\n'.repeat(50)),
    code: 'source-not-video',
  },
  { says: 'an empty file', name: 'empty.mp4', bytes: Buffer.alloc(0), code: 'source-not-video' },
  { says: 'sound without a picture', name: 'song.wav', bytes: soundOnly(), code: 'source-no-video-track' },
  {
    says: 'half a film',
    name: 'half.mp4',
    bytes: clip.subarray(0, clip.length / 4),
    code: 'source-truncated',
  },
];

for (const { says, name, bytes, code } of FILES) {
  test(`file: ${says}`, async ({ page, baseURL }) => {
    const seen = await open(page, { pace: 'exact', loop: false });
    await chooser(page).setInputFiles({ name, mimeType: 'video/mp4', buffer: bytes });
    await expect
      .poll(async () => of(await seen.records(), 'fault').map((fault) => fault.code), { timeout: 40_000 })
      .toEqual([code]);
    await reach(page, 'wiped');
    await expectSealed(seen, baseURL!);
    await expectTold(page, code);
    await expectGoesOn(page, seen);
  });
}

/** Lets the site ask for a webcam and have it refused in a certain way; to be called again for another way. */
async function refuse(page: Page, name: string) {
  const refusing = (errorName: string) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', errorName));
  };
  await page.evaluate(refusing, name);
}

const REFUSALS: { says: string; error: string; code: FaultCode }[] = [
  { says: 'refused', error: 'NotAllowedError', code: 'camera-denied' },
  { says: 'absent', error: 'NotFoundError', code: 'camera-absent' },
  { says: 'used by another program', error: 'NotReadableError', code: 'camera-busy' },
];

test('webcam: refused, absent, used by another program', async ({ page }) => {
  const seen = await open(page);
  await page.getByRole('button', { name: 'Webcam' }).click();
  for (const { says, error, code } of REFUSALS) {
    await test.step(says, async () => {
      await refuse(page, error);
      await control(page, 'Start').click();
      await expectTold(page, code);
    });
  }
  await expectGoesOn(page, seen);
});

test('webcam: unplugged while it runs; the counts stay', async ({ page, baseURL }) => {
  // A camera made of a canvas, whose track can be ended as pulling a plug does.
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => {
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 180;
      const context = canvas.getContext('2d')!;
      let n = 0;
      setInterval(() => {
        context.fillStyle = `hsl(${n++ % 360} 50% 50%)`;
        context.fillRect(0, 0, 320, 180);
      }, 40);
      const stream = canvas.captureStream(25);
      Object.assign(window, { unplug: () => stream.getTracks().forEach((track) => track.stop()) });
      return Promise.resolve(stream);
    };
  });
  const seen = await open(page);
  await page.getByRole('button', { name: 'Webcam' }).click();
  await control(page, 'Start').click();
  await expect
    .poll(async () => of(await seen.records(), 'timing').at(-1)?.frames ?? 0, { timeout: 40_000 })
    .toBeGreaterThan(3);
  await page.evaluate(() => (window as unknown as { unplug(): void }).unplug());
  await expectTold(page, 'camera-unplugged');
  await reach(page, 'wiped');
  await expectSealed(seen, baseURL!);
  await expectGoesOn(page, seen);
});

test.describe('model', () => {
  const MODEL = /centernet-street.*\.onnx/;
  const CASES: { says: string; change: (bytes: Buffer) => Buffer; code: FaultCode }[] = [
    {
      says: 'one byte is not what the registry promised',
      change: (bytes) => {
        const changed = Buffer.from(bytes);
        changed[changed.length >> 1]! ^= 1;
        return changed;
      },
      code: 'model-wrong-hash',
    },
  ];
  for (const { says, change, code } of CASES) {
    test(says, async ({ page, baseURL }) => {
      await page.route(MODEL, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: change(await answer.body()) });
      });
      const seen = await open(page);
      await control(page, 'Start').click();
      await expectTold(page, code);
      await reach(page, 'wiped');
      await expectSealed(seen, baseURL!);
      await page.unroute(MODEL);
      await expectGoesOn(page, seen);
    });
  }

  const DROPPED: { says: string; bytes: () => Buffer; code: FaultCode }[] = [
    { says: 'a file that is no model', bytes: () => Buffer.from('no model at all'), code: 'model-corrupt' },
    {
      says: 'a model cut in half',
      bytes: () => {
        const whole = readFileSync('public/models/centernet-person.onnx');
        return whole.subarray(0, whole.length >> 1);
      },
      code: 'model-corrupt',
    },
    {
      says: 'a model of another shape than its card',
      bytes: () => readFileSync('public/models/sex.onnx'),
      code: 'model-wrong-shape',
    },
  ];
  for (const { says, bytes, code } of DROPPED) {
    test(`dropped in: ${says}`, async ({ page, baseURL }) => {
      const seen = await open(page);
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.locator('input[type=file][accept*=onnx]').setInputFiles({
        name: 'own.onnx',
        mimeType: 'application/octet-stream',
        buffer: bytes(),
      });
      await expect(page.getByText(/own\.onnx/).first()).toBeAttached();
      await page.keyboard.press('Escape');
      await control(page, 'Start').click();
      await expectTold(page, code);
      await reach(page, 'wiped');
      await expectSealed(seen, baseURL!);
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'Forget it' }).click();
      await page.keyboard.press('Escape');
      await expectGoesOn(page, seen);
    });
  }
});
