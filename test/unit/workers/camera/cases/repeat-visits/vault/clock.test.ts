import { describe, expect, it } from 'vitest';
import { RetentionClock } from '../../../../../../../workers/camera/cases/repeat-visits/vault/clock.ts';

const DAY = 86_400;

/** A wall clock that the test can set, and a monotonic one. */
function machine(wall: number) {
  const now = { wall, machine: wall, steady: 0 };
  const clocks = { wall: () => now.wall, machine: () => now.machine, steady: () => now.steady };
  const pass = (seconds: number) => {
    sleep(seconds);
    now.steady += seconds;
  };
  /** The steady clock of some machines stands still meanwhile. */
  const sleep = (seconds: number) => set(seconds);
  const set = (seconds: number) => {
    now.wall += seconds;
    now.machine += seconds;
  };
  return { now, clocks, pass, sleep, set };
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
    const { set, clocks, pass } = machine(100.9 * DAY);
    const clock = new RetentionClock({ kind: 'calendar' }, clocks);
    clock.at(0);
    set(-50 * DAY);
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

describe('time beyond the camera’s life', () => {
  const CALENDAR = { kind: 'calendar' } as const;

  it('goes on where the calendar is, when nobody has touched the clock', () => {
    const { clocks, pass } = machine(100.5 * DAY);
    const { moment } = new RetentionClock(CALENDAR, clocks);
    pass(3 * DAY);
    const after = new RetentionClock(CALENDAR, clocks);
    after.resume(moment!);
    expect(after.at(0)).toMatchObject({ day: 103, share: 0.5 });
  });

  it('counts what passes while the camera is off, also after the clock was set back under it', () => {
    const { clocks, pass, set } = machine(100.9 * DAY);
    const before = new RetentionClock(CALENDAR, clocks);
    before.at(0);
    set(-50 * DAY);
    pass(0.5 * DAY);
    const { moment } = before;
    pass(2 * DAY);
    const after = new RetentionClock(CALENDAR, clocks);
    after.resume(moment!);
    expect(after.at(0).day).toBe(103);
    expect(after.at(0).share).toBeCloseTo(0.4);
  });

  it('counts a sleep, also after the clock was set back before it', () => {
    const { clocks, pass, set, sleep } = machine(100.5 * DAY);
    const clock = new RetentionClock(CALENDAR, clocks);
    clock.at(0);
    set(-10 * DAY);
    pass(60);
    clock.at(0);
    sleep(2 * DAY);
    expect(clock.at(0).day).toBe(102);
  });

  it('does not run ahead by the grain of its clocks', () => {
    const { now, clocks } = machine(100.5 * DAY);
    const clock = new RetentionClock(CALENDAR, clocks);
    for (let i = 0; i < 30 * 3600; i++) {
      now.steady = i / 30 + (i % 2) * 0.002;
      now.wall = now.machine = 100.5 * DAY + Math.floor(1000 * (i / 30)) / 1000;
      clock.at(0);
    }
    expect(clock.at(0).share * DAY - 0.5 * DAY).toBeLessThan(3600 + 300);
  });

  it('cannot be told where the clock was set back while the camera was off: the vault stays closed', () => {
    const { clocks, set } = machine(100.5 * DAY);
    const { moment } = new RetentionClock(CALENDAR, clocks);
    set(-DAY);
    expect(() => new RetentionClock(CALENDAR, clocks).resume(moment!)).toThrow(
      expect.objectContaining({ code: 'vault-clock' }),
    );
  });

  it.each([
    { says: 'a clock that was set right by a minute', back: 60, zone: 0 },
    { says: 'a journey west', back: 0, zone: 9 * 3600 },
  ])('is no matter of $says', ({ back, zone }) => {
    const { now, clocks, set } = machine(100.5 * DAY);
    const { moment } = new RetentionClock(CALENDAR, clocks);
    set(-back);
    now.wall -= zone;
    const after = new RetentionClock(CALENDAR, clocks);
    after.resume(moment!);
    // Never earlier than it was.
    expect(after.at(0)).toMatchObject({ day: 100, share: 0.5 });
  });

  it('is nothing in a time-lapse', () => {
    const lapse = new RetentionClock({ kind: 'lapse', dayS: 60 });
    expect(lapse.moment).toBeUndefined();
    lapse.resume({ vaultS: 1e9, machineS: 1e12 });
    expect(lapse.at(0).day).toBe(0);
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
