/** Sources in their own time: what a camera sees that keeps up, or does not, and how a source is closed. */
import { expect } from '@playwright/test';
import { sourceTest as test } from '../harness.ts';
import type { Film } from '../harness/media.ts';
import { FILM } from './film.ts';

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
