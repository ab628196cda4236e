/**
 * What every case keeps of its records: the last ones as they left, and how much has come. In this page's memory and
 * nowhere else (guidebook duty 10); a case adds what it makes of them.
 */
import type { OutRecord, SourceKind } from '../../../contract/index.ts';

/** One stretch of looking, from a start of the camera to its stop. */
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

/** Slips shown at most; what a case makes of its records is kept apart. */
const MAX_SLIPS = 60;

export abstract class CaseRecords {
  slips = $state.raw<readonly Slip[]>([]);
  runs = $state.raw<readonly Run[]>([]);
  records = $state(0);
  bytes = $state(0);
  /** The latest moment heard of on the common time axis, in seconds. */
  latestS = $state(0);
  /** Whether what is kept goes back to the beginning of its first run. */
  whole = $state(true);

  /** Whether anything is kept that would be lost by a reset. */
  abstract readonly empty: boolean;

  /** Begins a stretch of looking; what was kept before stays. */
  beginRun(source: SourceKind, startedAt: number): void {
    if (this.empty) {
      this.runs = [];
      this.latestS = 0;
      this.whole = true;
    }
    this.runs = [...this.runs, { source, startedAt, offsetS: this.latestS }];
  }

  accept(record: OutRecord, bytes: number): void {
    this.records++;
    this.bytes += bytes;
    this.slips = [{ number: this.records, record, bytes }, ...this.slips].slice(0, MAX_SLIPS);
    this.take(record);
  }

  /** Everything that is kept is forgotten. */
  reset(): void {
    const { runs } = this;
    this.slips = [];
    this.records = 0;
    this.bytes = 0;
    this.forget();
    // The run now under way goes on; it has still begun when it did.
    this.runs = runs.slice(-1);
    this.whole = false;
  }

  /** Makes of a record what the case keeps. */
  protected abstract take(record: OutRecord): void;
  protected abstract forget(): void;

  /** @returns a record's moment on the common time axis, in seconds */
  protected advance(atS: number): number {
    const timeS = (this.runs.at(-1)?.offsetS ?? 0) + atS;
    this.latestS = Math.max(this.latestS, timeS);
    return timeS;
  }
}
