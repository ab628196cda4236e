/** Files that are no films, or not whole ones: each is told by what is wrong with it. */
import { expect } from '@playwright/test';
import { sourceTest as test } from '../harness.ts';
import type { Film } from '../harness/media.ts';
import { FILM, numbers } from './film.ts';

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
      fault: 'source-no-index',
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
      fault: 'source-no-index',
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
