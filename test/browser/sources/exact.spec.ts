/** Files, taken frame by frame: every one once, in order, upright, and the same each time. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { sourceTest as test } from '../harness.ts';
import type { Film } from '../harness/media.ts';
import { FILM, numbers } from './film.ts';

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

test.describe('street footage', () => {
  const CLIPS = fileURLToPath(new URL('../../../../shared/eval/intel/', import.meta.url));
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
