import { describe, expect, it } from 'vitest';
import { templateOf } from '../../../../../../../workers/camera/cases/repeat-visits/vault/template.ts';
import { comparingMs } from '../../../../../../bench/parts.ts';

describe('a template', () => {
  it('is the direction of a descriptor, whatever its length', () => {
    const template = templateOf(Float32Array.of(3, 4));
    expect([...template]).toEqual([expect.closeTo(0.6), expect.closeTo(0.8)]);
    expect([...templateOf(Float32Array.of(30, 40))]).toEqual([...template]);
  });

  it('leaves the descriptor as it was', () => {
    const descriptor = Float32Array.of(3, 4);
    templateOf(descriptor);
    expect([...descriptor]).toEqual([3, 4]);
  });

  it.each([
    [0, 0],
    [NaN, 1],
    [Infinity, 1],
  ])('refuses %s, %s: no direction', (...values) => {
    expect(() => templateOf(Float32Array.from(values))).toThrowError(RangeError);
  });
});

describe('the time of a comparison', () => {
  // By the clock it is measured by `npm run bench -- --parts`.
  it('grows with the number of vectors and no faster', () => {
    const [few, many] = [comparingMs(1000), comparingMs(10_000)];
    // Ten times as many in at most thirty times as long: the machine may be busy.
    expect(many / few).toBeLessThan(30);
  });
});
