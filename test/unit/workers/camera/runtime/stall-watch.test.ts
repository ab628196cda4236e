import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StallWatch } from '../../../../../workers/camera/runtime/stall-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function rig() {
  const said: boolean[] = [];
  let waits = 0;
  const watch = new StallWatch({ changed: (stalled) => said.push(stalled), waiting: () => waits++ }, () =>
    Date.now(),
  );
  let give: (value: string) => void = () => {};
  const next = () => new Promise<string>((resolve) => (give = resolve));
  return { watch, said, next, give: (value: string) => give(value), waits: () => waits };
}

it('says so within 3 s when no picture comes, and takes it back with the next one', async () => {
  const { watch, said, next, give, waits } = rig();
  const picture = watch.during(next);
  await vi.advanceTimersByTimeAsync(1900);
  expect(said).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect([said, watch.stalled]).toEqual([[true], true]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual([true]);
  // The camera goes on reporting all the while.
  expect(waits()).toBeGreaterThan(200);
  give('picture');
  await expect(picture).resolves.toBe('picture');
  expect([said, watch.stalled]).toEqual([[true, false], false]);
});

it('never says so of a source that shows other signs of life, or between two pictures', async () => {
  const { watch, said, next, give } = rig();
  const picture = watch.during(next);
  for (let i = 0; i < 20; i++) {
    await vi.advanceTimersByTimeAsync(1500);
    watch.alive();
  }
  give('picture');
  await picture;
  // The camera works on it for as long as it takes.
  await vi.advanceTimersByTimeAsync(30_000);
  expect(said).toEqual([]);
});

it('takes it back when the wait ends in a fault', async () => {
  const { watch, said } = rig();
  const broken = watch.during(
    () => new Promise((_, reject) => setTimeout(() => reject(new Error('gone')), 5000)),
  );
  const refused = expect(broken).rejects.toThrow('gone');
  await vi.advanceTimersByTimeAsync(5000);
  await refused;
  expect(said).toEqual([true, false]);
});
