import { beforeEach, expect, it } from 'vitest';
import { Pulse } from '../../../../src/camera/pulse.ts';

let now = 0;
let pulse: Pulse;
beforeEach(() => {
  now = 0;
  pulse = new Pulse(() => now);
  pulse.asked(false);
});

/** The frame answers every 400 ms for so long, with no word of the camera. */
function frameAnswersFor(ms: number): void {
  for (const until = now + ms; now < until; now += 400) pulse.answered(false);
}

it('is silent after 2.2 s without an answer, and dead after 15 s', () => {
  now = 2200;
  expect(pulse.judge()).toBe('well');
  now = 2201;
  expect(pulse.judge()).toBe('silent');
  now = 15_001;
  expect(pulse.judge()).toBe('dead');
});

it('asks nothing of a camera that is not at work', () => {
  frameAnswersFor(600_000);
  expect(pulse.judge()).toBe('well');
});

it('gives a running camera up after 30 s of its own silence, and says so before', () => {
  pulse.expect('running');
  frameAnswersFor(3000);
  expect(pulse.judge()).toBe('silent');
  frameAnswersFor(28_000);
  expect(pulse.judge()).toBe('dead');
});

it('gives a camera that hangs while it makes a session up after 45 s, and calls it silent at no time', () => {
  pulse.expect('loading');
  for (let i = 0; i < 11; i++) {
    frameAnswersFor(4000);
    expect(pulse.judge()).toBe('well');
  }
  frameAnswersFor(4000);
  expect(pulse.judge()).toBe('dead');
});

it('counts from the moment the camera says that it runs', () => {
  pulse.expect('loading');
  frameAnswersFor(40_000);
  pulse.expect('running');
  frameAnswersFor(2000);
  expect(pulse.judge()).toBe('well');
});

it('counts from the question on a page in the background', () => {
  now = 60_000;
  pulse.asked(true);
  expect(pulse.judge()).toBe('well');
});
