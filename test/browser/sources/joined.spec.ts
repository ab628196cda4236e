/** Recordings that were joined byte by byte are read to their end, and time goes on over the seam. */
import { expect } from '@playwright/test';
import { sourceTest as test } from '../harness.ts';
import type { Film } from '../harness/media.ts';
import { FILM, numbers } from './film.ts';

const ROWS: { says: string; films: Partial<Film>[] }[] = [
  { says: 'mp4 with the index in front', films: [{ container: 'mp4' }, { container: 'mp4' }] },
  {
    says: 'mp4 with the index behind',
    films: [
      { container: 'mp4', index: 'back' },
      { container: 'mp4', index: 'back' },
    ],
  },
  {
    says: 'mp4 in fragments, three of them',
    films: [
      { container: 'mp4', index: 'fragments' },
      { container: 'mp4', index: 'fragments' },
      { container: 'mp4', index: 'fragments' },
    ],
  },
  { says: 'WebM', films: [{}, {}] },
  { says: 'WebM in two codecs', films: [{ codec: 'vp8' }, { codec: 'vp9' }] },
  { says: 'mp4, the second turned', films: [{ container: 'mp4' }, { container: 'mp4', rotation: 90 }] },
];

for (const { says, films } of ROWS) {
  test(says, async ({ page }) => {
    const { run, events } = await page.evaluate(
      async (films) => {
        const parts = await Promise.all(films.map((film) => window.harness.makeFilm(film)));
        const camera = window.harness.worker();
        await camera.open({ kind: 'file', file: new Blob(parts), pace: 'exact' });
        return { run: await camera.take(), events: await camera.events() };
      },
      films.map((film): Film => ({ ...FILM, ...film })),
    );
    expect(run.end).toBe('end');
    const all = films.flatMap(() => numbers(FILM.frames));
    expect(run.frames).toHaveLength(all.length);
    // A picture that is fitted in on black has its number elsewhere.
    if (films.every(({ rotation }) => !rotation)) expect(run.frames.map(({ mark }) => mark)).toEqual(all);
    const period = 1e6 / FILM.fps;
    run.frames.forEach(({ timestampUs }, i) => expect(Math.abs(timestampUs - i * period)).toBeLessThan(2000));
    expect(events.time).toMatchObject({ jumps: films.length - 1 });
    expect(events.held).toBe(0);
  });
}
