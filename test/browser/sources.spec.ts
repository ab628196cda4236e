import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import type { SourceSpec } from '../../workers/contract.ts';
import type { Film } from './harness/media.ts';
import type {} from './harness/page.ts';
import { serveHarness } from './harness/serve.ts';

let site: Awaited<ReturnType<typeof serveHarness>>;
test.beforeAll(async () => {
  site = await serveHarness();
});
test.afterAll(() => site.close());
test.beforeEach(async ({ page }) => {
  await page.goto(site.url);
  await page.waitForFunction(() => 'harness' in window);
});

const FILM: Film = { container: 'webm', codec: 'vp9', width: 160, height: 90, frames: 24, fps: 12 };
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

async function needsEncoder(page: Page, codec: Film['codec']) {
  const there = await page.evaluate((codec) => window.harness.canEncodeVideo(codec), codec);
  test.skip(!there, `this Chromium does not encode ${codec}`);
}

/** Makes a film, opens it and takes all its frames, twice, with a camera that needs 4 ms for each. */
function playTwice(page: Page, film: Film) {
  return page.evaluate(async (film) => {
    const { makeFilm, worker } = window.harness;
    const file = await makeFilm(film);
    const once = async () => {
      const camera = worker();
      const source = await camera.open({ kind: 'file', file, pace: 'exact' });
      const run = await camera.take(Infinity, { busyMs: 4 });
      return { source, run, events: await camera.events() };
    };
    return [await once(), await once()] as const;
  }, film);
}

test.describe('exact: every frame of a file once, in order, the same each time', () => {
  const rows: { says: string; film: Partial<Film>; times?: number[] }[] = [
    { says: 'VP9 in WebM', film: {} },
    { says: 'VP8 in WebM', film: { codec: 'vp8' } },
    { says: 'AV1 in WebM', film: { codec: 'av1' } },
    { says: 'H.264 in mp4, index in front', film: { container: 'mp4', codec: 'avc' } },
    { says: 'VP9 in mp4, index at the back', film: { container: 'mp4', index: 'back' } },
    { says: 'VP9 in mp4, in fragments', film: { container: 'mp4', index: 'fragments' } },
    { says: 'sides that are no multiple of anything', film: { width: 161, height: 93 } },
    { says: 'a width that decoders pad (coded 176)', film: { width: 168, height: 94, codec: 'vp8' } },
    {
      says: 'a frame rate that varies',
      film: { container: 'mp4', frames: 8, timestamps: [0, 0.1, 0.15, 0.4, 0.42, 1, 1.5, 1.6] },
      times: [0, 0.1, 0.15, 0.4, 0.42, 1, 1.5, 1.6],
    },
    {
      says: 'a first frame that is not at time 0',
      film: { frames: 4, timestamps: [5, 5.25, 5.5, 5.75] },
      times: [0, 0.25, 0.5, 0.75],
    },
    { says: 'a single frame', film: { frames: 1 }, times: [0] },
  ];
  for (const { says, film: change, times } of rows) {
    test(says, async ({ page }) => {
      const film = { ...FILM, ...change };
      await needsEncoder(page, film.codec);
      const [first, second] = await playTwice(page, film);

      expect(first.source).toMatchObject({ live: false, width: film.width, height: film.height });
      expect(first.run.end).toBe('end');
      expect(first.run.frames.map(({ mark }) => mark)).toEqual(numbers(film.frames));
      const expected = times ?? numbers(film.frames).map((i) => i / film.fps);
      first.run.frames.forEach(({ timestampUs }, i) => {
        expect(Math.abs(timestampUs / 1e6 - expected[i]!)).toBeLessThan(0.0015);
      });
      expect(new Set(first.run.frames.map(({ alpha }) => alpha))).toEqual(new Set([255]));
      expect(second.run.frames.map(({ hash }) => hash)).toEqual(first.run.frames.map(({ hash }) => hash));

      expect(first.events).toMatchObject({ unseen: 0, held: 0, heldBytes: 0 });
      expect(first.events.heldPeak).toBeGreaterThan(0);
      // One is decoded ahead; a decoder that works on several at once may give a few more.
      expect(first.events.heldPeak).toBeLessThanOrEqual(6);
    });
  }

  test('states the nominal frame rate and the length', async ({ page }) => {
    const [{ source }] = await playTwice(page, FILM);
    expect(source).toMatchObject({
      kind: 'file',
      fps: expect.closeTo(12, 0),
      durationS: expect.closeTo(2, 1),
    });
  });
});

test.describe('pictures are upright', () => {
  // Frame 1 as it was taken: white at the top left, black at the top right, neither below.
  const WHITE = 'white';
  const rows = [
    { rotation: 0, corners: [WHITE, 'black', 'between', 'between'], size: [160, 96] },
    { rotation: 0, flip: true, corners: ['black', WHITE, 'between', 'between'], size: [160, 96] },
    { rotation: 90, flip: true, corners: [WHITE, 'between', 'black', 'between'], size: [96, 160] },
    { rotation: 90, corners: ['between', WHITE, 'between', 'black'], size: [96, 160] },
    { rotation: 180, corners: ['between', 'between', 'black', WHITE], size: [160, 96] },
    { rotation: 270, corners: ['black', 'between', WHITE, 'between'], size: [96, 160] },
  ] as const;
  for (const { rotation, corners, size, ...more } of rows) {
    const flip = 'flip' in more;
    test(`a film to be turned by ${rotation} degrees${flip ? ' and mirrored' : ''}`, async ({ page }) => {
      const film = { ...FILM, container: 'mp4', height: 96, frames: 2, rotation, flip } as const;
      const [{ source, run }] = await playTwice(page, film);
      expect(source).toMatchObject({ width: size[0], height: size[1] });
      const frame = run.frames[1]!;
      expect([frame.width, frame.height]).toEqual(size);
      expect(frame.alpha).toBe(255);
      const names = frame.corners.map(([r]) => (r! > 225 ? WHITE : r! < 30 ? 'black' : 'between'));
      expect(names).toEqual(corners);
    });
  }
});

test.describe('live: as from a real camera', () => {
  /** 1.5 s at 20 frames a second. */
  const film: Film = { ...FILM, frames: 30, fps: 20 };

  test('a camera that keeps up sees the frames in their own time', async ({ page }) => {
    const { run, events } = await page.evaluate(async (film) => {
      const camera = window.harness.worker();
      await camera.open({ kind: 'file', file: await window.harness.makeFilm(film), pace: 'live' });
      await camera.pause(false);
      return { run: await camera.take(), events: await camera.events() };
    }, film);
    expect(run.end).toBe('end');
    expect(run.ms).toBeGreaterThan(1350);
    expect(run.frames.length + events.unseen).toBe(30);
    // The machine may stutter, but not much of the film may be lost by that.
    expect(run.frames.length).toBeGreaterThan(24);
    const start = run.frames[0]!.atMs;
    for (const { atMs, timestampUs } of run.frames)
      expect(atMs - start).toBeGreaterThan(timestampUs / 1000 - 5);
  });

  test('a camera that is too slow sees the newest frames; the others are destroyed unseen', async ({
    page,
  }) => {
    const { run, events } = await page.evaluate(async (film) => {
      const camera = window.harness.worker();
      await camera.open({ kind: 'file', file: await window.harness.makeFilm(film), pace: 'live' });
      await camera.pause(false);
      return { run: await camera.take(Infinity, { busyMs: 200 }), events: await camera.events() };
    }, film);
    expect(run.frames.length + events.unseen).toBe(30);
    expect(run.frames.length).toBeLessThan(15);
    expect(events.unseenBytes).toBe((events.unseen * 160 * 90 * 3) / 2);
    expect(events.held).toBe(0);
    // Newest wins: every frame handed out is the one whose time it is, not one from a queue.
    const start = run.frames[0]!.atMs;
    // (The last one waits, for none will ever be newer.)
    for (const { atMs, timestampUs } of run.frames.slice(0, -1)) {
      expect(atMs - start - timestampUs / 1000).toBeLessThan(150);
    }
  });

  test('while the clock stands, each call is a single step', async ({ page }) => {
    const result = await page.evaluate(async (film) => {
      const camera = window.harness.worker();
      await camera.open({ kind: 'file', file: await window.harness.makeFilm(film), pace: 'live' });
      const stepped = await camera.take(3);
      await new Promise((resolve) => setTimeout(resolve, 400));
      const after = await camera.take(2);
      await camera.pause(false);
      const running = await camera.take(2);
      await camera.pause(true);
      await new Promise((resolve) => setTimeout(resolve, 400));
      const last = await camera.take(1);
      return [stepped, after, running, last].map(({ frames }) => frames.map(({ mark }) => mark));
    }, film);
    expect(result.slice(0, 2)).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
    // Had the clock run on in the pause, eight more frames would be gone.
    expect(result[3]![0]! - result[2]![1]!).toBeLessThan(4);
  });

  test('an aborted wait ends at once and loses no frame', async ({ page }) => {
    const { aborted, next } = await page.evaluate(async () => {
      const camera = window.harness.worker();
      const slow = { container: 'webm', codec: 'vp9', width: 64, height: 48, frames: 3, fps: 0.5 } as const;
      await camera.open({ kind: 'file', file: await window.harness.makeFilm(slow), pace: 'live' });
      await camera.pause(false);
      await camera.take(1);
      const aborted = await camera.take(1, { abortMs: 60 });
      await camera.pause(true);
      return { aborted, next: await camera.take(1) };
    });
    expect(aborted).toMatchObject({ frames: [], end: 'aborted' });
    expect(aborted.ms).toBeLessThan(400);
    expect(next.frames.map(({ mark }) => mark)).toEqual([1]);
  });
});

test.describe('closing', () => {
  const rows: { says: string; pace: 'live' | 'exact'; before: number; duringNext: boolean }[] = [
    { says: 'exact, before the first frame', pace: 'exact', before: 0, duringNext: false },
    { says: 'exact, while a frame is waited for', pace: 'exact', before: 0, duringNext: true },
    { says: 'exact, in the middle', pace: 'exact', before: 5, duringNext: false },
    { says: 'live, while a frame is waited for', pace: 'live', before: 2, duringNext: true },
  ];
  for (const { says, pace, before, duringNext } of rows) {
    test(`${says}: twice, and nothing is left`, async ({ page }) => {
      const result = await page.evaluate(
        async ({ film, pace, before, duringNext }) => {
          const camera = window.harness.worker();
          await camera.open({ kind: 'file', file: await window.harness.makeFilm(film), pace });
          await camera.pause(false);
          await camera.take(before);
          const closed = await camera.close(duringNext);
          await new Promise((resolve) => setTimeout(resolve, 100));
          return { closed, events: await camera.events(), after: await camera.take(1) };
        },
        { film: FILM, pace, before, duringNext },
      );
      expect(result.closed).toBe(duringNext ? 'null' : 'closed');
      expect(result.events).toMatchObject({ held: 0, heldBytes: 0 });
      expect(result.after).toMatchObject({ frames: [], end: 'end' });
    });
  }
});

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
        const source = await camera.open({ kind: 'sample', url, pace: 'exact', loop });
        return { source, run: 'fault' in source ? undefined : await camera.take(15) };
      },
      { url, loop },
    );

  test('come from the site and end', async ({ page }) => {
    await serveSample(page);
    const { source, run } = await open(page, `${site.url}clip.webm`);
    expect(source).toMatchObject({ kind: 'sample', width: 160 });
    expect(run).toMatchObject({ end: 'end' });
    expect(run!.frames.map(({ mark }) => mark)).toEqual(numbers(6));
  });

  test('in a loop go on without a seam in time', async ({ page }) => {
    await serveSample(page);
    const { run } = await open(page, `${site.url}clip.webm`, true);
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
    expect((await open(page, `${site.url}missing.webm`)).source).toEqual({ fault: 'source-unreadable' });
    expect((await open(page, `${site.url}page.webm`)).source).toEqual({ fault: 'source-not-video' });
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

test.describe('bad files say what is wrong with them', () => {
  const rows: { says: string; fault: string; make: () => Promise<Blob> }[] = [
    {
      says: 'a text file',
      fault: 'source-not-video',
      make: async () =>
        new Blob(['This is a shopping list, not a video.\n'.repeat(200)], { type: 'video/mp4' }),
    },
    {
      says: 'an empty file',
      fault: 'source-not-video',
      make: async () => new Blob([], { type: 'video/mp4' }),
    },
    {
      says: 'a playlist, which would fetch from elsewhere',
      fault: 'source-not-video',
      make: async () => new Blob(['#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:4,\nhttps://example.org/a.ts\n']),
    },
    {
      says: 'a text file of two bytes a character, whose first bytes look like sound',
      fault: 'source-not-video',
      make: async () => {
        const text = [...'\uFEFF買い物の一覧：卵、牛乳、パン。'.repeat(400)].map((c) => c.charCodeAt(0));
        return new Blob([new Uint16Array(text)]);
      },
    },
    {
      says: 'noise',
      fault: 'source-not-video',
      make: async () => {
        let seed = 1;
        const bytes = new Uint8Array(300_000).map(() => (seed = (seed * 48271) % 2147483647) & 255);
        return new Blob([bytes]);
      },
    },
    {
      says: 'a picture',
      fault: 'source-not-video',
      make: () => window.harness.drawMarked(64, 48, 1).convertToBlob(),
    },
    {
      says: 'sound without pictures',
      fault: 'source-no-video-track',
      make: () => window.harness.makeSound(),
    },
    {
      says: 'an mp4 cut off before its index',
      fault: 'source-unreadable',
      make: async () => {
        const film = {
          container: 'mp4',
          codec: 'vp9',
          width: 64,
          height: 48,
          frames: 20,
          fps: 10,
          index: 'back',
        } as const;
        const file = await window.harness.makeFilm(film);
        return file.slice(0, file.size / 2);
      },
    },
    {
      says: 'an mp4 of which only the first bytes are there',
      fault: 'source-unreadable',
      make: async () => {
        const film = { container: 'mp4', codec: 'vp9', width: 64, height: 48, frames: 4, fps: 10 } as const;
        return (await window.harness.makeFilm(film)).slice(0, 40);
      },
    },
    {
      says: 'an mp4 that ends behind its index, before the first picture',
      fault: 'source-truncated',
      make: async () => {
        const film = { container: 'mp4', codec: 'vp9', width: 64, height: 48, frames: 4, fps: 10 } as const;
        const file = await window.harness.makeFilm(film);
        const text = new TextDecoder('latin1').decode(await file.arrayBuffer());
        return file.slice(0, text.indexOf('mdat') + 12);
      },
    },
    {
      says: 'a codec no browser decodes (MPEG-4 part 2)',
      fault: 'source-codec-unsupported',
      make: async () => {
        const film = { container: 'mp4', codec: 'vp9', width: 64, height: 48, frames: 4, fps: 10 } as const;
        const bytes = new Uint8Array(await (await window.harness.makeFilm(film)).arrayBuffer());
        const entry = new TextDecoder('latin1').decode(bytes).indexOf('vp09');
        bytes.set(new TextEncoder().encode('mp4v'), entry);
        return new Blob([bytes]);
      },
    },
    {
      says: 'a picture wider than any camera',
      fault: 'source-too-large',
      make: () => window.harness.makeClaim('vp09.00.10.08', 9000, 400),
    },
    {
      says: 'a picture with too many pixels, though no side is too long',
      fault: 'source-too-large',
      make: () => window.harness.makeClaim('vp09.00.10.08', 8000, 8000),
    },
  ];
  for (const { says, fault, make } of rows) {
    test(says, async ({ page }) => {
      const source = await page.evaluate(`(async () => {
        const file = await (${make.toString()})();
        const camera = window.harness.worker();
        const source = await camera.open({ kind: 'file', file, pace: 'exact' });
        return 'fault' in source ? source : (await camera.take()).end;
      })()`);
      expect(source).toEqual({ fault });
    });
  }
});

test.describe('a file that breaks off: what is there comes, then the fault', () => {
  const rows: { says: string; film: Partial<Film>; pace: 'exact' | 'live' }[] = [
    { says: 'mp4, index in front', film: { container: 'mp4' }, pace: 'exact' },
    { says: 'mp4, in fragments', film: { container: 'mp4', index: 'fragments' }, pace: 'exact' },
    { says: 'WebM', film: {}, pace: 'exact' },
    { says: 'mp4, played live', film: { container: 'mp4' }, pace: 'live' },
  ];
  for (const { says, film, pace } of rows) {
    test(says, async ({ page }) => {
      const { run, events } = await page.evaluate(
        async ({ film, pace }) => {
          const whole = await window.harness.makeFilm(film);
          const camera = window.harness.worker();
          await camera.open({ kind: 'file', file: whole.slice(0, whole.size * 0.6), pace });
          return { run: await camera.take(), events: await camera.events() };
        },
        { film: { ...FILM, ...film }, pace },
      );
      expect(run.end).toEqual({ fault: 'source-truncated' });
      expect(run.frames.length).toBeGreaterThan(3);
      expect(run.frames.length).toBeLessThan(FILM.frames);
      expect(run.frames.map(({ mark }) => mark)).toEqual(numbers(run.frames.length));
      expect(events.held).toBe(0);
    });
  }

  test('bytes that were overwritten in the middle end in a fault or a blemish, never in a wait for ever', async ({
    page,
  }) => {
    const { run } = await page.evaluate(
      async (film) => {
        const bytes = new Uint8Array(await (await window.harness.makeFilm(film)).arrayBuffer());
        bytes.fill(0xa5, bytes.length * 0.5, bytes.length * 0.7);
        const camera = window.harness.worker();
        await camera.open({ kind: 'file', file: new Blob([bytes]), pace: 'exact' });
        return { run: await camera.take() };
      },
      { ...FILM, container: 'mp4' } as const,
    );
    expect(['end', { fault: 'source-unreadable' }]).toContainEqual(run.end);
    expect(run.frames.slice(0, 6).map(({ mark }) => mark)).toEqual(numbers(6));
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
      expect(seen.opaque).toMatchObject({ bytes: 0, open: GLASS, masked: GLASS, border: GLASS });
      expect(seen.still).toEqual(seen.opaque);
      expect(seen.again).toEqual(seen.painted);
      expect(seen.wiped).toEqual({ size: [1, 1], bytes: 0, pixel: GLASS });
    });
  }
});

test.describe('street footage', () => {
  const CLIPS = fileURLToPath(new URL('../../../shared/eval/intel/', import.meta.url));
  for (const [name, frames] of [
    ['car-detection.mp4', 377],
    // An edit list puts eight of its 467 packets before the beginning.
    ['person-bicycle-car-detection.mp4', 459],
    // With B-frames: packets come in another order than pictures.
    ['one-by-one-person-detection.mp4', 1394],
  ] as const) {
    test(`${name}: ${frames} frames, the same each time`, async ({ page }) => {
      test.skip(!existsSync(CLIPS + name), `${CLIPS + name} is not there`);
      await page.locator('#file').setInputFiles(CLIPS + name);
      const runs = await page.evaluate(async () => {
        const file = document.querySelector<HTMLInputElement>('#file')!.files![0]!;
        const play = async () => {
          const camera = window.harness.worker();
          const source = await camera.open({ kind: 'file', file, pace: 'exact' });
          return { source, run: await camera.count(), events: await camera.events() };
        };
        return [await play(), await play()] as const;
      });
      const [{ run, events, source }] = runs;
      console.log(
        `  ${name}: ${(run.ms / run.frames).toFixed(2)} ms a frame, copy ${run.copyMs.toFixed(2)} ms`,
      );
      console.log(`  ${JSON.stringify({ ...source, ...events })}`);
      expect(run).toMatchObject({ frames, end: 'end', ordered: true });
      expect(runs[1].run.hash).toBe(run.hash);
      expect(events.held).toBe(0);
      expect(events.heldPeak).toBeLessThanOrEqual(8);
    });
  }
});
