/**
 * How long and from which seed properties are tried. A short run belongs to every test run; a long one is
 * `npm run fuzz` (`test/fuzz.ts`). What fails prints its seed: it is kept by a case of its own beside the property.
 */
import type fc from 'fast-check';

/** Tries of each property. */
export const RUNS = Number(process.env['INCAM_FUZZ_RUNS'] ?? 500);
export const SEED = Number(process.env['INCAM_FUZZ_SEED'] ?? 20261130);
/** Vitest's own limit for one test, in milliseconds. */
export const TIMEOUT_MS = 60_000 + RUNS * 60;

export const tries = (): Pick<fc.Parameters, 'numRuns' | 'seed' | 'endOnFailure'> => ({
  numRuns: RUNS,
  seed: SEED,
  endOnFailure: false,
});
