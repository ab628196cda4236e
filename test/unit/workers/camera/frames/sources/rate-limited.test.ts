import { describe, expect, it } from 'vitest';
import { RateLimitedSource } from '../../../../../../workers/camera/frames/sources/rate-limited.ts';
import { FakeSource, listen } from './fakes.ts';

/** Times as containers have them: whole microseconds. */
const frames = (fps: number, seconds: number) =>
  Array.from({ length: Math.round(fps * seconds) }, (_, i) => Math.floor((i * 1e6) / fps) / 1000);

/** Times of the pictures that come through, in milliseconds. */
async function through(timesMs: readonly number[], maxFps: number) {
  const source = new FakeSource(timesMs);
  const { heard, events } = listen();
  const thinned = new RateLimitedSource(source, maxFps, events);
  const { signal } = new AbortController();
  const taken: number[] = [];
  for (let frame = await thinned.next(signal); frame; frame = await thinned.next(signal)) {
    taken.push(frame.timestampUs / 1000);
    frame.close();
  }
  return { taken, heard, source };
}

describe('a camera that cannot keep up', () => {
  it.each([
    { says: 'a third of the rate', source: 30, max: 10, taken: 20 },
    { says: 'a rate that does not divide the source', source: 30, max: 20, taken: 40 },
    { says: 'a rate below one', source: 30, max: 0.5, taken: 1 },
    { says: 'more than the source gives', source: 15, max: 30, taken: 30 },
    { says: 'just what the source gives', source: 30, max: 30, taken: 60 },
  ])('$says: $most of $source a second', async ({ source, max, taken }) => {
    const found = await through(frames(source, 2), max);
    expect(found.taken).toHaveLength(taken);
  });

  it('destroys what it does not take, once, and tells of it', async () => {
    const { taken, heard, source } = await through([0, 10, 20, 100, 110], 10);
    expect(taken).toEqual([0, 100]);
    expect(heard).toMatchObject({ unseen: 3, unseenBytes: 300 });
    expect(source.frames.map(({ closed }) => closed)).toEqual([1, 1, 1, 1, 1]);
  });

  it('begins its periods anew after a gap, and where the clip begins again', async () => {
    expect((await through([0, 1000, 1050, 1100], 10)).taken).toEqual([0, 1000, 1100]);
    expect((await through([0, 100, 200, 0, 50, 100], 10)).taken).toEqual([0, 100, 200, 0, 100]);
  });

  it('is otherwise the source it thins, only slower', async () => {
    const inner = new FakeSource([]);
    Object.defineProperty(inner, 'fps', { value: 25 });
    const thinned = new RateLimitedSource(inner, 10, listen().events);
    expect(thinned).toMatchObject({ kind: 'file', live: false, width: 4, height: 2, fps: 10 });
    expect(thinned.durationS).toBeUndefined();
    await thinned.close();
    expect(inner.closed).toBe(1);
  });
});
