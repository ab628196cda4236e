/** Samples from the site, stills, the test card; and the glass on which the camera shows itself what it sees. */
import { expect, type Page } from '@playwright/test';
import type { SourceSpec } from '../../../contract/index.ts';
import { sourceTest as test } from '../harness.ts';
import { FILM, numbers } from './film.ts';

test.describe('samples', () => {
  async function serveSample(page: Page) {
    const base64 = await page.evaluate(
      async (film) => {
        const bytes = new Uint8Array(await (await window.harness.makeFilm(film)).arrayBuffer());
        return btoa(String.fromCharCode(...bytes));
      },
      { ...FILM, frames: 6, fps: 10 },
    );
    const headers = { 'Cross-Origin-Resource-Policy': 'same-origin' };
    await page.route('**/clip.webm', (route) =>
      route.fulfill({ body: Buffer.from(base64, 'base64'), contentType: 'video/webm', headers }),
    );
  }
  const open = (page: Page, url: string, loop = false) =>
    page.evaluate(
      async ({ url, loop }) => {
        const camera = window.harness.worker();
        const source = await camera.open({ kind: 'sample', path: url, pace: 'exact', loop });
        return { source, run: 'fault' in source ? undefined : await camera.take(15) };
      },
      { url, loop },
    );

  test('come from the site and end', async ({ page }) => {
    await serveSample(page);
    const { source, run } = await open(page, `${page.url()}clip.webm`);
    expect(source).toMatchObject({ kind: 'sample', width: 160 });
    expect(run).toMatchObject({ end: 'end' });
    expect(run!.frames.map(({ mark }) => mark)).toEqual(numbers(6));
  });

  test('in a loop go on without a seam in time', async ({ page }) => {
    await serveSample(page);
    const { run } = await open(page, `${page.url()}clip.webm`, true);
    expect(run!.frames.map(({ mark }) => mark)).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2]);
    run!.frames.forEach(({ timestampUs }, i) =>
      expect(Math.abs(timestampUs / 1e6 - i / 10)).toBeLessThan(0.005),
    );
  });

  test('that are not there, or are something else, are faults', async ({ page }) => {
    await page.route('**/missing.webm', (route) => route.fulfill({ status: 404, body: 'no' }));
    await page.route('**/page.webm', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    expect((await open(page, `${page.url()}missing.webm`)).source).toEqual({ fault: 'source-unreadable' });
    expect((await open(page, `${page.url()}page.webm`)).source).toEqual({ fault: 'source-not-video' });
  });

  test('from elsewhere are not even asked for', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    expect((await open(page, 'https://example.org/clip.webm')).source).toEqual({
      fault: 'source-unreadable',
    });
    expect(asked.filter((url) => url.includes('example.org'))).toEqual([]);
  });
});

test.describe('stills', () => {
  test('are the frames of a film, all fitted to the first, opaque', async ({ page }) => {
    const { source, run } = await page.evaluate(async () => {
      const { drawMarked, worker } = window.harness;
      const clear = new OffscreenCanvas(96, 64);
      clear.getContext('2d');
      const files = [
        await drawMarked(96, 64, 1).convertToBlob({ type: 'image/png' }),
        await drawMarked(96, 64, 2).convertToBlob({ type: 'image/jpeg', quality: 0.9 }),
        await drawMarked(192, 128, 3).convertToBlob({ type: 'image/png' }),
        await clear.convertToBlob({ type: 'image/png' }),
      ];
      const camera = worker();
      const source = await camera.open({ kind: 'stills', files, fps: 4, pace: 'exact' });
      return { source, run: await camera.take() };
    });
    expect(source).toMatchObject({
      kind: 'stills',
      live: false,
      width: 96,
      height: 64,
      fps: 4,
      durationS: 1,
    });
    expect(run.end).toBe('end');
    expect(run.frames.map(({ mark }) => mark)).toEqual([1, 2, 3, 0]);
    expect(run.frames.map(({ timestampUs }) => timestampUs)).toEqual([0, 250_000, 500_000, 750_000]);
    expect(run.frames.map(({ alpha }) => alpha)).toEqual([255, 255, 255, 255]);
  });

  const notPictures: { says: string; spec: (files: Blob[]) => SourceSpec; fault: string }[] = [
    {
      says: 'an empty list',
      spec: () => ({ kind: 'stills', files: [], fps: 4, pace: 'exact' }),
      fault: 'source-not-video',
    },
    {
      says: 'a text file',
      spec: () => ({ kind: 'stills', files: [new Blob(['no'])], fps: 4, pace: 'exact' }),
      fault: 'source-unreadable',
    },
  ];
  for (const { says, spec, fault } of notPictures) {
    test(`${says} is refused`, async ({ page }) => {
      const source = await page.evaluate(`window.harness.worker().open((${spec.toString()})([]))`);
      expect(source).toEqual({ fault });
    });
  }
});

test.describe('the test card', () => {
  test('has the same pixels in the same frame, and others in the next', async ({ page }) => {
    const [first, second] = await page.evaluate(async () => {
      const play = async () => {
        const camera = window.harness.worker();
        await camera.open({ kind: 'pattern', width: 320, height: 180, fps: 25 });
        return (await camera.take(30)).frames;
      };
      return [await play(), await play()];
    });
    expect(second!.map(({ hash }) => hash)).toEqual(first!.map(({ hash }) => hash));
    expect(new Set(first!.map(({ hash }) => hash)).size).toBe(30);
    expect(first![29]!.timestampUs).toBe(1_160_000);
  });

  test('runs in real time, and ends when it is closed', async ({ page }) => {
    const { run, closed } = await page.evaluate(async () => {
      const camera = window.harness.worker();
      await camera.open({ kind: 'pattern', width: 320, height: 180, fps: 20 });
      await camera.pause(false);
      return { run: await camera.take(10), closed: await camera.close(true) };
    });
    expect(run.ms).toBeGreaterThan(400);
    const times = run.frames.map(({ timestampUs }) => timestampUs);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(closed).toBe('null');
  });

  test('of an impossible size is refused', async ({ page }) => {
    const faults = await page.evaluate(async () => {
      const open = (width: number, height: number, fps: number) =>
        window.harness.worker().open({ kind: 'pattern', width, height, fps });
      return [await open(0, 100, 25), await open(10_000, 100, 25), await open(100, 100, 0)];
    });
    expect(faults).toEqual([
      { fault: 'source-unreadable' },
      { fault: 'source-too-large' },
      { fault: 'config-invalid' },
    ]);
  });
});

test.describe('the preview', () => {
  const PICTURE = [200, 100, 50, 255];
  const GREY = [128, 128, 128, 255];
  const GLASS = [17, 22, 29, 255];
  /** Of the disc behind a number. */
  const NOTE = [11, 13, 16, 255];

  for (const [width, height] of [
    [640, 360],
    [2560, 1440],
  ] as const) {
    test(`paints what is not masked, and nothing behind opaque glass (${width} x ${height})`, async ({
      page,
    }) => {
      const seen = await page.evaluate(
        async ([width, height]) => {
          const canvas = new OffscreenCanvas(300, 150);
          return window.harness.worker().preview(window.harness.transfer(canvas, [canvas]), width, height);
        },
        [width, height] as const,
      );
      console.log(`  preview ${width} x ${height}: ${seen.paintMs.toFixed(2)} ms a picture`);
      const shown = Math.min(width, 1280) * Math.min(height, 720) * 4;
      expect(seen.attached).toMatchObject({ bytes: 0, open: GLASS });
      expect(seen.painted).toMatchObject({ open: PICTURE, masked: GREY });
      expect(seen.painted.bytes).toBe(width > 1280 ? 2 * shown : shown);
      expect(seen.painted.border).not.toEqual(PICTURE);
      expect(seen.painted.note).toEqual(NOTE);
      expect(seen.opaque).toMatchObject({ bytes: 0, open: GLASS, masked: GLASS, border: GLASS });
      expect(seen.still).toEqual(seen.opaque);
      expect(seen.again).toEqual(seen.painted);
      expect(seen.wiped).toEqual({ size: [1, 1], bytes: 0, pixel: GLASS });
    });
  }
});
