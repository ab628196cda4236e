/** What the runs of a report come to: a row for each cell, for the table, the charts and the CSV. */
import { STAGES, type Stage } from '../../contract/index.ts';
import { cellKey, type Cell, type Report, type Run } from './report.ts';
import { median, summarise, type Summary } from '../../lib/stats.ts';

export interface Row {
  readonly key: string;
  readonly cell: Cell;
  readonly runs: readonly Run[];
  /** Of all frames of all rounds together, milliseconds; absent before there is any. */
  readonly frameMs: Summary | undefined;
  /** Of the rounds' medians: how well the rounds agree. */
  readonly rounds: Summary | undefined;
  readonly fps: number | undefined;
  /** Medians over the rounds, milliseconds. */
  readonly stagesMs: Partial<Record<Stage, number>>;
  readonly downloadMs: number | undefined;
  /** Everything from the bytes to the first picture that counts, but for the warm-up. */
  readonly initialiseMs: number | undefined;
  readonly warmUpMs: number | undefined;
  readonly overheadShare: number | undefined;
  readonly memoryBytes: number | undefined;
  readonly countError: number | undefined;
  /** What it really ran on, of the last round. */
  readonly engine: Run['engines'][number] | undefined;
  /** Faults of rounds that gave nothing. */
  readonly faults: readonly string[];
}

/** @returns undefined when no run has the value */
function middle(runs: readonly Run[], of: (run: Run) => number | undefined): number | undefined {
  const values = runs.map(of).filter((value) => value !== undefined);
  return values.length > 0 ? median(values) : undefined;
}

/** One row for each cell of the plan, in its order. */
export function rowsOf({ plan, runs: all }: Report): Row[] {
  return plan.cells.map((cell, i) => {
    const runs = all[i] ?? [];
    const good = runs.filter(({ frameMs }) => frameMs.length > 0);
    const phases = (...names: (keyof Run['phasesMs'])[]) =>
      middle(good, ({ phasesMs }) => names.reduce((sum, name) => sum + (phasesMs[name] ?? 0), 0));
    return {
      key: cellKey(cell),
      cell,
      runs,
      frameMs: summarise(good.flatMap(({ frameMs }) => frameMs)),
      rounds: summarise(good.map(({ frameMs }) => median(frameMs))),
      fps: middle(good, ({ fps }) => fps),
      stagesMs: Object.fromEntries(
        STAGES.flatMap((stage) => {
          const ms = middle(good, ({ stagesMs }) => stagesMs[stage]);
          return ms === undefined ? [] : [[stage, ms]];
        }),
      ),
      downloadMs: phases('download'),
      initialiseMs: phases('verify', 'initialise', 'measure'),
      warmUpMs: phases('warm-up'),
      overheadShare: middle(good, ({ overheadShare }) => overheadShare),
      memoryBytes: middle(good, ({ memoryBytes }) => memoryBytes),
      countError: middle(good, (run) => run.countError),
      engine: good.at(-1)?.engines[0],
      faults: [...new Set(runs.flatMap(({ fault }) => fault ?? []))],
    };
  });
}

/**
 * How much faster another report's cells were, by key.
 * @returns its median over this one's: 2 means that this one takes half the time
 */
export function against(rows: readonly Row[], other: Report): Map<string, number> {
  const theirs = new Map(rowsOf(other).map((row) => [row.key, row.frameMs?.p50]));
  return new Map(
    rows.flatMap(({ key, frameMs }) => {
      const their = theirs.get(key);
      return frameMs && their !== undefined && frameMs.p50 > 0 ? [[key, their / frameMs.p50]] : [];
    }),
  );
}

/** Quoted where it must be (RFC 4180), and never a formula for a spreadsheet. */
const field = (value: string | number | undefined): string => {
  if (typeof value === 'number') return `${Math.round(value * 1e4) / 1e4}`;
  const text = /^[=+\-@]/.test(value ?? '') ? `'${value}` : (value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A line for each cell; names of columns as in the JSON, so the same in every language. */
export function toCsv(report: Report): string {
  const head = [
    ...['case', 'model', 'backend', 'threads', 'input', 'chip', 'maxFps', 'rounds', 'frames', 'fps'],
    ...['p50Ms', 'p90Ms', 'p99Ms', 'iqrMs', 'madMs', 'roundsIqrMs'],
    ...['downloadMs', 'initialiseMs', 'warmUpMs', 'overheadShare', 'memoryBytes', 'countError', 'faults'],
    ...STAGES.map((stage) => `${stage}Ms`),
  ];
  const lines = rowsOf(report).map((row) => [
    ...[row.cell.case, row.cell.model, row.engine?.backend ?? row.cell.backend],
    ...[row.engine?.threads ?? row.cell.threads, row.engine && `${row.engine.width}x${row.engine.height}`],
    ...[row.cell.slowed?.chip, row.cell.slowed?.maxFps],
    ...[row.runs.length, row.frameMs?.count ?? 0, row.fps],
    ...[row.frameMs?.p50, row.frameMs?.p90, row.frameMs?.p99, row.frameMs?.iqr, row.frameMs?.mad],
    ...[row.rounds?.iqr, row.downloadMs, row.initialiseMs, row.warmUpMs, row.overheadShare],
    ...[row.memoryBytes, row.countError, row.faults.join(' ')],
    ...STAGES.map((stage) => row.stagesMs[stage]),
  ]);
  return [head, ...lines].map((line) => line.map(field).join(',')).join('\r\n') + '\r\n';
}
