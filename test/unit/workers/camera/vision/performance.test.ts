import { describe, expect, it } from 'vitest';
import { trackingMs } from '../../../../bench/parts.ts';

describe('time a frame', () => {
  // By the clock it is measured by `npm run bench -- --parts`.
  it('grows by no more than n^1.5 with the number of objects', () => {
    trackingMs(300);
    const [few, many] = [trackingMs(300), trackingMs(1000)];
    const exponent = Math.log(many.tracker / few.tracker) / Math.log(1000 / 300);
    expect(exponent).toBeLessThan(1.5);
  });
});
