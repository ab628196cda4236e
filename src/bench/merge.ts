/** Puts reports together, as of one device measured in several goes. */
import { cellKey, type Cell, type Report, type Run } from './report.ts';

/**
 * Runs of the same cell are joined, their rounds numbered on; cells of only one report stay. Which device they are from
 * must be the same, since a cell of two devices would have a median of neither.
 * @param id of the merged report
 * @throws {RangeError} for no reports, or reports of different devices
 */
export function mergeReports(reports: readonly Report[], id: string): Report {
  const [first, ...others] = reports;
  if (!first) throw new RangeError('there is nothing to merge');
  const fingerprint = JSON.stringify(first.device);
  if (others.some(({ device }) => JSON.stringify(device) !== fingerprint))
    throw new RangeError('reports of different devices stay apart');
  const cells = new Map<string, Cell>();
  const runs = new Map<string, Run[]>();
  for (const report of reports) {
    report.plan.cells.forEach((cell, i) => {
      const key = cellKey(cell);
      cells.set(key, cell);
      const list = runs.get(key) ?? [];
      for (const run of report.runs[i] ?? []) list.push({ ...run, round: list.length });
      runs.set(key, list);
    });
  }
  const rounds = Math.max(1, ...[...runs.values()].map((list) => list.length));
  return {
    ...first,
    id,
    startedAt: reports.map(({ startedAt }) => startedAt).sort()[0]!,
    idle: reports.flatMap(({ idle }) => idle),
    plan: { ...first.plan, name: 'own', rounds, cells: [...cells.values()] },
    runs: [...cells.keys()].map((key) => runs.get(key)!),
  };
}
