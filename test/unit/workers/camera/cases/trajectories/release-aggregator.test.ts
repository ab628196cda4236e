import { describe, expect, it } from 'vitest';
import { ReleaseAggregator } from '../../../../../../workers/camera/cases/trajectories/release-aggregator.ts';
import type { Vec } from '../../../../../../workers/camera/vision/geometry/boxes.ts';

/** A way of some metres, the same for everybody. */
const WAY = Array.from({ length: 10 }, (_, i): Vec => [1 + i, 2]);

/** One person's part in each of the four sums, at a moment. */
function contribute(to: ReleaseAggregator, key: number, timeS: number): void {
  to.spent(key, [3.1, 4.1], 5, timeS);
  to.visited(key, { zone: 'shelf', fromS: timeS - 5, toS: timeS, whole: true });
  to.went(key, 'door', 'shelf', WAY, timeS);
}

describe('sums that nobody released', () => {
  const typesAfter = (heldS: number) => {
    const sums = new ReleaseAggregator(true);
    contribute(sums, 1, 100);
    // The page releases every few seconds; k is not reached, so that all of it waits.
    expect(sums.release({ k: 2 }, 100 + heldS)).toEqual([]);
    contribute(sums, 2, 100 + heldS);
    return sums.release({ k: 2 }, 100 + heldS).map(({ type }) => type);
  };

  it('of a single person wait for a second one within 15 minutes', () => {
    expect(typesAfter(14 * 60)).toEqual(['heat', 'flow', 'od', 'dwell']);
  });

  it('are forgotten after 15 minutes: nothing of single people stays for longer', () => {
    expect(typesAfter(15 * 60 + 1)).toEqual([]);
  });
});
