/** Merges reports: of one device in several runs, or of many devices. */
import { cellKey, deviceKey, type Cell, type Report, type Run } from './report.ts';

/**
 * One report for each device, in order of appearance. Reports of different devices stay apart, because a cell of two
 * devices would have no meaningful median.
 * @param newId ids of merged reports; a report that stays alone keeps its own
 */
export function mergeReports(reports: readonly Report[], newId: () => string): Report[] {
  const byDevice = new Map<string, Report[]>();
  for (const report of reports) {
    const key = deviceKey(report);
    byDevice.set(key, [...(byDevice.get(key) ?? []), report]);
  }
  return [...byDevice.values()].map((same) => (same.length === 1 ? same[0]! : joined(same, newId())));
}

/** Runs of the same cell are joined, their rounds numbered on; cells that only one report has stay. */
function joined(reports: readonly Report[], id: string): Report {
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
  const first = reports[0]!;
  return {
    ...first,
    id,
    startedAt: reports.map(({ startedAt }) => startedAt).sort()[0]!,
    idle: reports.flatMap(({ idle }) => idle),
    plan: {
      ...first.plan,
      name: 'own',
      rounds: Math.max(1, ...[...runs.values()].map((list) => list.length)),
      cells: [...cells.values()],
    },
    runs: [...cells.keys()].map((key) => runs.get(key)!),
  };
}
