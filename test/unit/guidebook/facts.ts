/** Facts and runs for the tests of the guidebook. */
import type { CaseId } from '../../../contract/index.ts';
import type { Facts } from '../../../src/guidebook/checks.ts';
import { EXAMPLE_FILE } from '../../../src/guidebook/example-file.ts';
import { emptyFile, type OperatorFile } from '../../../src/guidebook/operator-file.ts';
import type { RunSummary } from '../../../src/guidebook/run-log.svelte.ts';

/** A run in which everything went as it should. */
export const runOf = (id: CaseId, part: Partial<RunSummary> = {}): RunSummary => ({
  case: id,
  at: Date.UTC(2026, 10, 29),
  source: 'sample',
  wiped: true,
  frames: { acquired: 100, destroyed: 100, alive: 0, waiting: 0, peak: 1 },
  lifeMs: { p50: 20, p95: 40, max: 60 },
  crops: { made: 0, destroyed: 0 },
  vectors: { made: 0, destroyed: 0, held: 0 },
  records: 12,
  pictures: 0,
  bytes: 900,
  refused: 0,
  wipes: 1,
  models: [{ role: 'objects', model: 'centernet', backend: 'wasm' }],
  settings: {},
  ...part,
});

export const factsFor = (id: CaseId, part: Partial<Facts> = {}): Facts => ({
  id,
  file: EXAMPLE_FILE,
  run: undefined,
  policy: true,
  opinions: 0,
  requests: 0,
  ...part,
});

/** A copy of the example in which some things are otherwise. */
export function exampleWith(change: (file: OperatorFile) => void): OperatorFile {
  const file = structuredClone(EXAMPLE_FILE) as OperatorFile;
  change(file);
  return file;
}

export { emptyFile, EXAMPLE_FILE };
