/**
 * Whether the machine has anything else to do. A page cannot ask for the load; but a piece of work that is always the
 * same takes always as long on a machine that is idle, and unsteadily long on one that is not.
 */
import type { IdleCheck } from './report.ts';
import { median, quantile } from './statistics.ts';

/** Repetitions of the piece of work; it takes a few milliseconds each. */
const REPEATS = 60;
const STEPS = 4_000_000;
/** Where the result goes, so that the work cannot be optimised away. */
export let checksum = 0;
/** On an idle laptop the middle eight of ten lie within some 5 to 10 % of the median. */
export const STEADY = 0.2;

/** Pseudo-random integers: nothing a compiler could leave out, and no memory that a cache could lose. */
function work(): number {
  let state = 1;
  for (let i = 0; i < STEPS; i++) state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state;
}

/** @param now milliseconds; @param pause lets the page breathe between repetitions */
export async function checkIdle(
  now: () => number = () => performance.now(),
  pause: () => Promise<void> = () => new Promise((done) => setTimeout(done)),
): Promise<IdleCheck> {
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const start = now();
    checksum = work();
    times.push(now() - start);
    if (i % 3 === 0) await pause();
  }
  return { at: new Date().toISOString(), ...unsteadiness(times) };
}

/** @returns rounded to what a clock of a tenth of a millisecond can tell */
export function unsteadiness(times: readonly number[]): Pick<IdleCheck, 'p50' | 'unsteady'> {
  const p50 = median(times);
  const spread = quantile(times, 0.9) - quantile(times, 0.1);
  return {
    p50: Math.round(p50 * 100) / 100,
    unsteady: p50 > 0 ? Math.round((spread / p50) * 1000) / 1000 : 0,
  };
}

/**
 * What several checks say together: unsteady in one of them, or at a different speed from one to another (a slower clock,
 * a hot processor, somebody else's work).
 */
export function wasIdle(checks: readonly IdleCheck[]): boolean | undefined {
  if (checks.length === 0) return undefined;
  const middles = checks.map(({ p50 }) => p50);
  const drift = Math.max(...middles) / Math.min(...middles) - 1;
  return checks.every(({ unsteady }) => unsteady <= STEADY) && !(drift > STEADY);
}
