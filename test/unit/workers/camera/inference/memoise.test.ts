import { describe, expect, it } from 'vitest';
import { memoise } from '../../../../../workers/camera/inference/memoise.ts';

describe('memoise', () => {
  it('loads once for each key, also while the first load is under way', async () => {
    const loads: string[] = [];
    const load = memoise(async (key: string) => {
      loads.push(key);
      return { key };
    });
    const [a, again, b] = await Promise.all([load('a'), load('a'), load('b')]);
    expect(a).toBe(again);
    expect(await load('a')).toBe(a);
    expect(b).not.toBe(a);
    expect(loads).toEqual(['a', 'b']);
  });

  it('forgets failures, so that the next call tries again', async () => {
    let tries = 0;
    const load = memoise(async (_: void) => {
      if (++tries === 1) throw new Error('no network');
      return tries;
    });
    await expect(load()).rejects.toThrow('no network');
    await expect(load()).resolves.toBe(2);
    await expect(load()).resolves.toBe(2);
  });

  it('forgets what it is told to', async () => {
    let loads = 0;
    const load = memoise(async (_: string) => ++loads);
    await load('a');
    load.forget('a');
    load.forget('never loaded');
    await expect(load('a')).resolves.toBe(2);
  });
});
