/**
 * The properties of `test/unit/fuzz` at length: `npm run fuzz -- --runs 10000 --seed 7`. Without a seed a new one is taken; it is
 * printed, so that what fails can be tried again.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string' } },
});
const runs = Number(values.runs);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
if (!(Number.isInteger(runs) && runs > 0 && Number.isInteger(seed)))
  throw new Error('--runs must be a whole number above 0, and --seed a whole number');
console.log(`${runs} tries of each property, seed ${seed}`);
const { status } = spawnSync('npx', ['vitest', 'run', 'test/unit/fuzz'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, INCAM_FUZZ_RUNS: String(runs), INCAM_FUZZ_SEED: String(seed) },
});
process.exitCode = status ?? 1;
