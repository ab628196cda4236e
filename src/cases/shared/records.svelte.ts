/**
 * The records of a case: the latest ones as they left, and their totals. They exist only in this page's memory
 * (guidebook duty 10); a case adds its own aggregates.
 */
import type { OutRecord, SourceKind } from '../../../contract/index.ts';

/** One run of the camera, from a start to its stop. */
export interface Run {
  readonly source: SourceKind;
  /** Wall clock of the start, milliseconds since 1970. */
  readonly startedAt: number;
  /** Where the run begins on the common time axis, in seconds: runs are laid end to end. */
  readonly offsetS: number;
}

/** A record as it left, with its size on the wire. */
export interface Slip {
  readonly number: number;
  readonly record: OutRecord;
  readonly bytes: number;
}

/** Maximum number of records shown; a case's aggregates are kept separately. */
const MAX_SLIPS = 60;
/** Maximum number of single records kept in a list; the oldest are deleted first. */
export const MAX_KEPT = 10_000;
/** Maximum number of runs remembered. */
const MAX_RUNS = 500;

export abstract class CaseRecords {
  slips = $state.raw<readonly Slip[]>([]);
  runs = $state.raw<readonly Run[]>([]);
  records = $state(0);
  bytes = $state(0);
  /** The latest moment on the common time axis, in seconds. */
  latestS = $state(0);
  /** Whether the kept records reach back to the beginning of the first run. */
  whole = $state(true);

  /** Whether a reset would lose records. */
  abstract readonly empty: boolean;

  /** Begins a run; earlier records stay. */
  beginRun(source: SourceKind, startedAt: number): void {
    if (this.empty) {
      this.runs = [];
      this.latestS = 0;
      this.whole = true;
    }
    this.runs = [...this.runs, { source, startedAt, offsetS: this.latestS }].slice(-MAX_RUNS);
  }

  accept(record: OutRecord, bytes: number): void {
    this.records++;
    this.bytes += bytes;
    this.slips = [{ number: this.records, record, bytes }, ...this.slips].slice(0, MAX_SLIPS);
    this.take(record);
  }

  /** Discards all records. */
  reset(): void {
    const { runs } = this;
    this.slips = [];
    this.records = 0;
    this.bytes = 0;
    this.forget();
    // The current run continues with its original start.
    this.runs = runs.slice(-1);
    this.whole = false;
  }

  /** Adds a record to the case's aggregates. */
  protected abstract take(record: OutRecord): void;
  protected abstract forget(): void;

  /** Adds to a list of bounded length. @returns the list with the new item, without the oldest where it is full */
  protected bounded<T>(list: readonly T[], item: T, max = MAX_KEPT): readonly T[] {
    if (list.length < max) return [...list, item];
    this.whole = false;
    return [...list.slice(list.length - max + 1), item];
  }

  /** @returns a record's moment on the common time axis, in seconds */
  protected advance(atS: number): number {
    const timeS = (this.runs.at(-1)?.offsetS ?? 0) + atS;
    this.latestS = Math.max(this.latestS, timeS);
    return timeS;
  }
}
