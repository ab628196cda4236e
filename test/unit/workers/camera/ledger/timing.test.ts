import { describe, expect, it } from 'vitest';
import { FrameTimes } from '../../../../../workers/camera/ledger/timing.ts';

/** A clock that goes on only when it is told to, milliseconds. */
function watch() {
  let now = 100;
  return { times: new FrameTimes(() => now), pass: (ms: number) => void (now += ms) };
}

describe('the time of a frame, by stage', () => {
  it('is entered under the stage that the work belongs to, several times if need be', async () => {
    const { times, pass } = watch();
    times.timeSync('track', () => pass(3));
    await times.time('infer', () => pass(20));
    times.timeSync('track', () => pass(2));
    expect(times.stages).toEqual({ track: 5, infer: 20 });
    expect(times.total).toBe(25);
  });

  it('counts nothing twice where work books parts of itself elsewhere, and leaves nothing out', async () => {
    const { times, pass } = watch();
    times.timeSync('prepare', () => pass(4));
    await times.timeRest('extract', async () => {
      pass(7);
      times.timeSync('prepare', () => pass(1));
      await times.time('infer', () => pass(30));
      pass(2);
    });
    expect(times.stages).toEqual({ prepare: 5, infer: 30, extract: 9 });
    expect(times.total).toBe(44);
  });

  it('is entered for work that fails, too', async () => {
    const { times, pass } = watch();
    const failing = times.timeRest('extract', () => {
      pass(6);
      return Promise.reject(new Error('torn'));
    });
    await expect(failing).rejects.toThrow('torn');
    expect(times.stages).toEqual({ extract: 6 });
  });
});
