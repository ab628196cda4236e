import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '../../../../../../workers/camera/isolation/fault.ts';
import { RealTimeSource } from '../../../../../../workers/camera/frames/sources/realtime.ts';
import { FakeSource, listen } from './fakes.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const { signal } = new AbortController();
const every = (ms: number, count: number) => Array.from({ length: count }, (_, i) => i * ms);

/** Lets the clock run while a promise is pending. */
async function passing<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  while (!settled) await vi.advanceTimersByTimeAsync(1);
  return promise;
}

/** Takes frames until the end, working `busyMs` on each; source times and when they came, in milliseconds. */
async function watch(source: RealTimeSource, busyMs: number) {
  const start = performance.now();
  const seen: { ms: number; atMs: number }[] = [];
  for (;;) {
    const frame = await passing(source.next(signal));
    if (!frame) return seen;
    seen.push({ ms: frame.timestampUs / 1000, atMs: performance.now() - start });
    frame.close();
    await vi.advanceTimersByTimeAsync(busyMs);
  }
}

describe('RealTimeSource', () => {
  it('gives each frame when its time has come', async () => {
    const source = new RealTimeSource(new FakeSource(every(40, 6)), listen().events);
    source.setPaused(false);
    const seen = await watch(source, 3);
    expect(seen.map(({ ms }) => ms)).toEqual(every(40, 6));
    for (const { ms, atMs } of seen) {
      expect(atMs).toBeGreaterThanOrEqual(ms);
      expect(atMs).toBeLessThan(ms + 5);
    }
  });

  it('gives a slow camera the newest frame and destroys the others unseen', async () => {
    const inner = new FakeSource(every(40, 26));
    const { heard, events } = listen();
    const source = new RealTimeSource(inner, events);
    source.setPaused(false);
    const seen = await watch(source, 130);
    expect(seen.map(({ ms }) => ms)).toEqual([0, 120, 240, 360, 520, 640, 760, 880, 1000]);
    expect(heard).toMatchObject({ unseen: 26 - 9, held: 0, heldBytes: 0 });
    expect(inner.frames.map(({ closed }) => closed)).toEqual(inner.frames.map(() => 1));
  });

  it('plays slower, rather than not at all, when decoding takes longer than the film', async () => {
    const source = new RealTimeSource(new FakeSource(every(40, 40), 100), listen().events);
    source.setPaused(false);
    const seen = await watch(source, 1);
    expect(seen.length).toBeGreaterThan(8);
    const gaps = seen.slice(1).map(({ atMs }, i) => atMs - seen[i]!.atMs);
    expect(Math.max(...gaps)).toBeLessThan(500);
  });

  it('is not thrown off by a first frame that takes long to come', async () => {
    const { heard, events } = listen();
    const inner = new FakeSource(every(40, 5));
    const source = new RealTimeSource(inner, events);
    source.setPaused(false);
    await vi.advanceTimersByTimeAsync(5000);
    expect((await watch(source, 0)).map(({ ms }) => ms)).toEqual(every(40, 5));
    expect(heard.unseen).toBe(0);
  });

  it('gives the following frame at once while its clock stands, and goes on from there', async () => {
    const source = new RealTimeSource(new FakeSource(every(40, 8)), listen().events);
    const step = async () => (await source.next(signal))!.timestampUs / 1000;
    expect([await step(), await step(), await step()]).toEqual([0, 40, 80]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await step()).toBe(120);
    source.setPaused(false);
    const start = performance.now();
    expect((await passing(source.next(signal)))!.timestampUs).toBe(160_000);
    expect(performance.now() - start).toBeGreaterThanOrEqual(40);
    expect(performance.now() - start).toBeLessThan(45);
  });

  it('a pause in the middle of a wait turns the wait into a step', async () => {
    const source = new RealTimeSource(new FakeSource([0, 60_000]), listen().events);
    source.setPaused(false);
    await passing(source.next(signal));
    const waiting = source.next(signal);
    await vi.advanceTimersByTimeAsync(100);
    source.setPaused(true);
    expect((await waiting)?.timestampUs).toBe(60_000_000);
  });

  it('shows what came before a break, then says so each time it is asked', async () => {
    const fault = new Fault('source-truncated', 'broken off');
    const source = new RealTimeSource(new FakeSource([0, 10], 0, fault), listen().events);
    expect((await source.next(signal))?.timestampUs).toBe(0);
    expect((await source.next(signal))?.timestampUs).toBe(10_000);
    await expect(source.next(signal)).rejects.toBe(fault);
    await expect(source.next(signal)).rejects.toBe(fault);
  });

  it('ends an aborted wait at once and keeps the frame for the next call', async () => {
    const source = new RealTimeSource(new FakeSource([0, 60_000]), listen().events);
    source.setPaused(false);
    await passing(source.next(signal));
    const abort = new AbortController();
    const waiting = source.next(abort.signal);
    await vi.advanceTimersByTimeAsync(5);
    abort.abort();
    expect(await waiting).toBeNull();
    source.setPaused(true);
    expect((await source.next(signal))?.timestampUs).toBe(60_000_000);
  });

  it('leaves nothing behind when it is closed during a wait, twice', async () => {
    const inner = new FakeSource([0, 60_000, 120_000]);
    const { heard, events } = listen();
    const source = new RealTimeSource(inner, events);
    source.setPaused(false);
    (await passing(source.next(signal)))!.close();
    const waiting = source.next(signal);
    await vi.advanceTimersByTimeAsync(5);
    await source.close();
    await source.close();
    expect(await waiting).toBeNull();
    expect(inner.closed).toBe(1);
    expect(heard).toMatchObject({ unseen: 2, held: 0, heldBytes: 0 });
    expect(inner.frames.map(({ closed }) => closed)).toEqual([1, 1, 1]);
    expect(await source.next(signal)).toBeNull();
  });
});
