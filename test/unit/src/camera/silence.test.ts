import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Silence } from '../../../../src/camera/silence.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says within 3 s that a running camera says nothing, and takes it back at the first word', () => {
  const silence = new Silence();
  silence.watch(() => {});
  silence.expect(true);
  vi.advanceTimersByTime(2000);
  expect(silence.silent).toBe(false);
  vi.advanceTimersByTime(1000);
  expect(silence.silent).toBe(true);
  silence.heard();
  expect(silence.silent).toBe(false);
  silence.end();
});

it('expects nothing of a camera that loads, stands or is off', () => {
  const silence = new Silence();
  silence.watch(() => {});
  vi.advanceTimersByTime(60_000);
  expect(silence.silent).toBe(false);
  silence.expect(true);
  silence.end();
  vi.advanceTimersByTime(60_000);
  expect(silence.silent).toBe(false);
});

it('gives a camera up that stays silent, once', () => {
  const silence = new Silence();
  const lost = vi.fn();
  silence.watch(lost);
  silence.expect(true);
  vi.advanceTimersByTime(29_000);
  expect(lost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(lost).toHaveBeenCalledTimes(1);
});
