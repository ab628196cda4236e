/** Arrival times of people and vehicles. */
import type { Rng } from '../rng.ts';

export interface ArrivalRate {
  /** Mean arrivals per minute. */
  perMinute: number;
  /** Minimum gap between two arrivals, seconds. */
  minGapS: number;
  /** A surge multiplies the rate between two times, as when a train has arrived. */
  surges?: readonly { fromS: number; toS: number; factor: number }[];
  /** Fixed times, in ascending order, in place of random ones. */
  atS?: readonly number[];
}

/**
 * A Poisson process with a least gap, its rate changed by surges (thinning, Lewis & Shedler 1979).
 *
 * Fixed times of the rate are used as they are.
 *
 * @returns ascending times in seconds, `fromS` <= time < `toS`
 */
export function arrivalTimes(rng: Rng, rate: ArrivalRate, fromS: number, toS: number): number[] {
  if (rate.atS) return rate.atS.filter((t) => t >= fromS && t < toS);
  const surges = rate.surges ?? [];
  const highest = Math.max(1, ...surges.map((surge) => surge.factor)) * (rate.perMinute / 60);
  const times: number[] = [];
  if (highest <= 0) return times;
  let last = -Infinity;
  for (let t = fromS - Math.log(1 - rng()) / highest; t < toS; t -= Math.log(1 - rng()) / highest) {
    const surge = surges.find(({ fromS: from, toS: to }) => t >= from && t < to);
    const accepted = rng() < ((surge?.factor ?? 1) * rate.perMinute) / 60 / highest;
    if (!accepted || t - last < rate.minGapS) continue;
    times.push(t);
    last = t;
  }
  return times;
}
