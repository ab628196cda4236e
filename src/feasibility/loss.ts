/** What a chip costs in accuracy, as a plan of the benchmark page: the same clip by the same model, with and without it. */
import type { Cell, Plan } from '../benchmark/report.ts';
import type { CaseId } from '../../contract/index.ts';
import type { Throttle } from './throttle.ts';

/**
 * Whole clips, since only they have a truth; one round, since exact mode gives the same result each time.
 * @param open whether the model takes other sizes than its own
 */
export function lossPlan(
  caseId: CaseId,
  model: string,
  chip: string,
  { fps, inputSize }: Throttle,
  open: boolean,
): Plan {
  const cell: Cell = { case: caseId, model, backend: 'wasm', threads: 0 };
  const slowed: Cell = {
    ...cell,
    ...(open && { longSide: Math.max(inputSize.width, inputSize.height) }),
    slowed: { chip, maxFps: Math.round(fps * 100) / 100 },
  };
  return { name: 'own', frames: 0, rounds: 1, cells: [cell, slowed] };
}
