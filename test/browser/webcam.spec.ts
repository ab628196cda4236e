import { expect, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';
import { sourceTest as test } from './harness.ts';

// A device of Chromium's own making: a green picture with a clock, 640 x 480, 20 frames a second.
test.use({
  launchOptions: {
    executablePath: ensureChromium(),
    args: [...CHROMIUM_ARGS, '--use-fake-device-for-media-stream=fps=20'],
  },
});

test.beforeEach(({ context }) => context.grantPermissions(['camera']));

/** Opens the webcam and hands it to a worker; `window.camera` and `window.device` stay for later. */
function open(page: Page, way: 'stream' | 'port') {
  return page.evaluate(async (way) => {
    const { openCamera, transfer, worker } = window.harness;
    const device = await openCamera({ width: 640, height: 480, fps: 20 }, way);
    const camera = worker();
    Object.assign(window, { device, camera });
    const source = await camera.open(transfer(device.spec, device.transfer));
    return { source };
  }, way);
}

for (const way of ['stream', 'port'] as const) {
  test.describe(`a webcam by way of a ${way}`, () => {
    test('gives frames in their order and time', async ({ page }) => {
      const { source } = await open(page, way);
      expect(source).toMatchObject({ kind: 'webcam', live: true, width: 640, height: 480 });
      const { run, unseen } = await page.evaluate(async () => {
        const run = await window.camera.take(12);
        return { run, unseen: (await window.camera.events()).unseen };
      });
      expect(run.end).toBe('enough');
      const times = run.frames.map(({ timestampUs }) => timestampUs);
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
      // Time begins with the first frame; a machine that stutters may have dropped it.
      expect(times[0] === 0 || unseen > 0).toBe(true);
      // Eleven intervals at 20 a second, give or take a stutter of the machine.
      expect(times[11]!).toBeGreaterThan(400_000);
      expect(run.frames.map(({ alpha }) => alpha)).toEqual(run.frames.map(() => 255));
      expect(new Set(run.frames.map(({ hash }) => hash)).size).toBeGreaterThan(6);
    });

    test('drops what a slow camera has no time for; never more than one frame is kept', async ({ page }) => {
      await open(page, way);
      const { run, events } = await page.evaluate(async () => {
        const run = await window.camera.take(5, { busyMs: 300 });
        return { run, events: await window.camera.events() };
      });
      expect(events.heldPeak).toBe(1);
      expect(events.unseen).toBeGreaterThan(5);
      const times = run.frames.map(({ timestampUs }) => timestampUs);
      // From a queue they would come 50 ms apart; a loaded machine delivers some late.
      for (let i = 1; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBeGreaterThan(100_000);
      expect((times.at(-1)! - times[0]!) / (times.length - 1)).toBeGreaterThan(200_000);
    });

    test('unplugged in the middle of a run is a fault, after which all is closed', async ({ page }) => {
      await open(page, way);
      const { run, closed, events } = await page.evaluate(async (way) => {
        const pending = window.camera.take();
        await new Promise((resolve) => setTimeout(resolve, 400));
        // A script cannot pull a plug: the stream ends as it would, and the event is fired by hand.
        if (way === 'stream') window.device.close();
        else window.harness.lastTrack!.dispatchEvent(new Event('ended'));
        const run = await pending;
        return { run, closed: await window.camera.close(), events: await window.camera.events() };
      }, way);
      expect(run.end).toEqual({ fault: 'camera-unplugged' });
      expect(run.frames.length).toBeGreaterThan(2);
      expect(closed).toBe('closed');
      expect(events).toMatchObject({ held: 0, heldBytes: 0 });
    });

    test('is let go while a frame is waited for, and the device goes out', async ({ page }) => {
      await open(page, way);
      const result = await page.evaluate(async () => {
        await window.camera.take(2);
        const closed = await window.camera.close(true);
        window.device.close();
        window.device.close();
        return { closed, state: window.harness.lastTrack!.readyState, after: await window.camera.take(1) };
      });
      expect(['null', 'frame']).toContain(result.closed);
      expect(result.state).toBe('ended');
      expect(result.after).toMatchObject({ frames: [], end: 'end' });
    });

    test('of another size than stated is fitted in', async ({ page }) => {
      const { source, run } = await page.evaluate(async (way) => {
        const { openCamera, transfer, worker } = window.harness;
        const device = await openCamera({ width: 640, height: 480 }, way);
        const camera = worker();
        const spec = { ...device.spec, width: 400, height: 600 };
        const source = await camera.open(transfer(spec, device.transfer));
        return { source, run: await camera.take(2) };
      }, way);
      expect(source).toMatchObject({ width: 400, height: 600 });
      const [frame] = run.frames;
      expect([frame!.width, frame!.height, frame!.alpha]).toEqual([400, 600, 255]);
      // A wide picture in a tall one: black above and below.
      expect(frame!.corners).toEqual([0, 1, 2, 3].map(() => [0, 0, 0]));
    });
  });
}

test('webcams are listed by name once one was allowed', async ({ page }) => {
  const cameras = await page.evaluate(async () => {
    const device = await window.harness.openCamera();
    const cameras = await window.harness.listCameras();
    device.close();
    return cameras;
  });
  expect(cameras.length).toBeGreaterThan(0);
  for (const { id, label } of cameras) {
    expect(id).not.toBe('');
    expect(label).toMatch(/fake/i);
  }
});

const refusals: { says: string; permit: boolean; settings: object; code: string }[] = [
  { says: 'refused by the user', permit: false, settings: {}, code: 'camera-denied' },
  { says: 'that is not there', permit: true, settings: { deviceId: 'nowhere' }, code: 'camera-absent' },
];
for (const { says, permit, settings, code } of refusals) {
  test(`a webcam ${says} is ${code}`, async ({ page, context }) => {
    if (!permit) await context.clearPermissions();
    const outcome = await page.evaluate(
      (settings) =>
        window.harness.openCamera(settings).then(
          () => 'opened',
          (error: { code: string }) => error.code,
        ),
      settings,
    );
    expect(outcome).toBe(code);
  });
}
