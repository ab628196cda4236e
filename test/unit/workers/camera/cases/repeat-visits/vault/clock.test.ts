import { describe, expect, it } from 'vitest';
import { RetentionClock } from '../../../../../../../workers/camera/cases/repeat-visits/vault/clock.ts';

const DAY = 86_400;

/** A wall clock that the test can set, and a monotonic one. */
function machine(wall: number) {
  const now = { wall, steady: 0 };
  const clocks = { wall: () => now.wall, steady: () => now.steady };
  const pass = (seconds: number) => {
    now.wall += seconds;
    now.steady += seconds;
  };
  return { now, clocks, pass };
}

describe('calendar days', () => {
  it('follow the wall clock', () => {
    const { clocks, pass } = machine(100.5 * DAY);
    const clock = new RetentionClock({ kind: 'calendar' }, clocks);
    expect(clock.at(0)).toEqual({ day: 100, share: 0.5, dayS: DAY });
    pass(0.6 * DAY);
    expect(clock.at(0).day).toBe(101);
  });

  it('pass all the same when the clock is set back', () => {
    const { now, clocks, pass } = machine(100.9 * DAY);
    const clock = new RetentionClock({ kind: 'calendar' }, clocks);
    clock.at(0);
    now.wall -= 50 * DAY;
    expect(clock.at(0).day).toBe(100);
    for (let i = 0; i < 5; i++) {
      pass(DAY / 4);
      clock.at(0);
    }
    expect(clock.at(0).day).toBe(102);
  });

  it('go on from the latest day known, after a start with a clock that was set back', () => {
    const { clocks, pass } = machine(10 * DAY);
    const clock = new RetentionClock({ kind: 'calendar' }, clocks);
    clock.notBefore(100);
    expect(clock.at(0).day).toBe(100);
    pass(1.5 * DAY);
    expect(clock.at(0).day).toBe(101);
  });
});

describe('simulated days', () => {
  it.each([
    { timeS: 0, day: 0, share: 0 },
    { timeS: 59.9, day: 0, share: 59.9 / 60 },
    { timeS: 90, day: 1, share: 0.5 },
  ])('one minute is one day: $timeS s', ({ timeS, day, share }) => {
    const at = new RetentionClock({ kind: 'lapse', dayS: 60 }).at(timeS);
    expect(at).toMatchObject({ day, dayS: 60 });
    expect(at.share).toBeCloseTo(share);
  });

  it.each([
    { says: 'the first', timeS: 1, day: 0, share: 0.2, dayS: 5 },
    { says: 'the last', timeS: 11, day: 2, share: 0.25, dayS: 4 },
    { says: 'the first of the next round', timeS: 15, day: 3, share: 0.2, dayS: 5 },
    { says: 'the second of the third round', timeS: 33.5, day: 7, share: 0.1, dayS: 5 },
  ])('a clip tells when each begins, and more follow in a loop: $says', ({ timeS, day, share, dayS }) => {
    const clock = new RetentionClock({ kind: 'clip', startsS: [0, 5, 10], lengthS: 14 });
    const at = clock.at(timeS);
    expect(at).toMatchObject({ day, dayS });
    expect(at.share).toBeCloseTo(share);
    expect(clock.cuts).toBe(true);
  });
});
