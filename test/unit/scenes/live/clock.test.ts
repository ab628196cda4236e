import { describe, expect, it } from 'vitest';
import { LONGEST_STEP_S, Pace, SceneClock } from '../../../../scenes/live/clock.ts';

describe('the scene’s clock', () => {
  it('begins at 0 and follows the wall clock', () => {
    const clock = new SceneClock();
    expect([5000, 5066, 5133].map((ms) => clock.advance(ms))).toEqual([0, 0.066, expect.closeTo(0.133, 9)]);
  });

  it('plays in slow motion on a slow machine, and a pause costs one step', () => {
    const clock = new SceneClock();
    clock.advance(0);
    expect(clock.advance(3000)).toBe(LONGEST_STEP_S);
    expect(clock.advance(3100)).toBeCloseTo(LONGEST_STEP_S + 0.1, 9);
  });

  it('does not run backwards when the wall clock does', () => {
    const clock = new SceneClock();
    clock.advance(1000);
    expect(clock.advance(500)).toBe(0);
  });
});

/** Plays a machine that takes `drawMs` for a picture; returns when pictures were begun. */
function play(fps: number, drawMs: number, untilMs: number): number[] {
  const pace = new Pace();
  const begun: number[] = [];
  for (let now = 0; now < untilMs;) {
    const wait = pace.wait(now, fps);
    if (wait > 0) now += wait;
    else {
      begun.push(now);
      now += drawMs;
    }
  }
  return begun;
}

describe('the pace', () => {
  it('is even while the machine keeps up', () => {
    const begun = play(10, 30, 1001);
    expect(begun).toHaveLength(11);
    begun.forEach((ms, i) => expect(ms).toBeCloseTo(i * 100, 6));
  });

  it('does not make up for what a slow machine has lost', () => {
    const begun = play(10, 250, 1500);
    for (let i = 1; i < begun.length; i++) expect(begun[i]! - begun[i - 1]!).toBeGreaterThanOrEqual(250);
  });

  it('takes a faster rate at once', () => {
    const pace = new Pace();
    pace.wait(0, 1);
    expect(pace.wait(10, 1)).toBe(990);
    expect(pace.wait(20, 20)).toBeLessThanOrEqual(50);
  });
});
