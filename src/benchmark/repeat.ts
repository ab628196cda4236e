/** Repeated measurements: whether the medians agree and, if not, whether the machine or the benchmark is the cause. */
import { idleness } from './idle.ts';
import { rowsOf } from './results.ts';
import { deviceKey, type Report } from './report.ts';

/** Maximum difference of medians on an idle machine, as a share. */
export const WITHIN = 0.1;

/** The cell's median in each run, milliseconds; undefined where there was none. */
export interface Repeated {
  readonly key: string;
  readonly medians: readonly (number | undefined)[];
  /** The slowest over the fastest, at least 1; undefined where one of them is missing. */
  readonly ratio: number | undefined;
  readonly within: boolean;
}

/**
 * `agrees`: all medians within a tenth. `differs`: not so, on an idle machine. `busy`: not so, but other programs used
 * the machine, so the benchmark is not judged. `unknown`: not so, and there was no idle check, or there is nothing to
 * compare.
 */
export type RepeatVerdict = 'agrees' | 'differs' | 'busy' | 'unknown';

export interface Repetition {
  readonly cells: readonly Repeated[];
  readonly verdict: RepeatVerdict;
  /** Absent without an idle check. */
  readonly idle?: boolean;
  readonly slowed?: number;
}

/** A second measurement repeats the first only on the same device. */
export const sameDevice = (a: Report, b: Report): boolean => deviceKey(a) === deviceKey(b);

export function compareMedians(key: string, medians: readonly (number | undefined)[]): Repeated {
  const known = medians.filter((ms) => ms !== undefined && ms > 0) as number[];
  const whole = known.length === medians.length && known.length > 1;
  const ratio = whole ? Math.max(...known) / Math.min(...known) : undefined;
  return { key, medians, ratio, within: ratio !== undefined && ratio <= 1 + WITHIN };
}

/** @param idle the summary of all checks of all runs */
export function judgeRepetition(cells: readonly Repeated[], idle: ReturnType<typeof idleness>): Repetition {
  const agrees = cells.length > 0 && cells.every(({ within }) => within);
  const comparable = cells.some(({ ratio }) => ratio !== undefined);
  let verdict: RepeatVerdict = agrees ? 'agrees' : 'unknown';
  if (!agrees && comparable && idle) verdict = idle.idle ? 'differs' : 'busy';
  return { cells, verdict, ...(idle && { idle: idle.idle, slowed: idle.slowed }) };
}

/**
 * @param reports of one device and one plan, one after the other
 * @returns cells measured in any run, in order of appearance; a cell that was never measured agrees with none
 */
export function repetition(reports: readonly Report[]): Repetition {
  const medians = reports.map((report) => new Map(rowsOf(report).map((row) => [row.key, row.frameMs?.p50])));
  const keys = [...new Set(medians.flatMap((each) => [...each.keys()]))].filter((key) =>
    medians.some((each) => each.get(key) !== undefined),
  );
  return judgeRepetition(
    keys.map((key) =>
      compareMedians(
        key,
        medians.map((each) => each.get(key)),
      ),
    ),
    idleness(reports.flatMap(({ idle }) => idle)),
  );
}
