/**
 * What is kept: the records that passed the gate, in this page's memory and nowhere else. They are gone when they are
 * reset or the page is closed (guidebook duty 10: only measured numbers are stored).
 */
import {
  KINDS,
  type Kind,
  type OutRecord,
  type OutRecordOf,
  type SourceKind,
} from '../../../workers/contract.ts';

export type CountRecord = OutRecordOf<'count'>;
export type ZoneRecord = OutRecordOf<'zone'>;
export type Direction = CountRecord['direction'];
export const DIRECTIONS = ['forward', 'backward'] as const satisfies readonly Direction[];

/** One stretch of counting, from a start of the camera to its stop. */
export interface Run {
  readonly source: SourceKind;
  /** Wall clock of the start, milliseconds since 1970. */
  readonly startedAt: number;
  /** Where the run begins on the common time axis, in seconds: runs are laid end to end. */
  readonly offsetS: number;
}

export interface Crossing {
  readonly record: CountRecord;
  readonly run: Run;
  /** On the common time axis, in seconds. */
  readonly timeS: number;
}

/** A record as it left, with its size on the wire. */
export interface Slip {
  readonly number: number;
  readonly record: OutRecord;
  readonly bytes: number;
}

export type KindCounts = Readonly<Record<Kind, number>>;
export type LineCounts = Readonly<Record<Direction, KindCounts>>;

const NONE: KindCounts = Object.freeze(
  Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>,
);
const NO_COUNTS: LineCounts = { forward: NONE, backward: NONE };

/** Slips shown at most; the crossings themselves are all kept. */
const MOST_SLIPS = 60;

export class KeptRecords {
  crossings = $state.raw<readonly Crossing[]>([]);
  slips = $state.raw<readonly Slip[]>([]);
  zones = $state.raw<Readonly<Record<string, ZoneRecord>>>({});
  runs = $state.raw<readonly Run[]>([]);
  records = $state(0);
  bytes = $state(0);
  /** The latest moment heard of on the common time axis, in seconds. */
  latestS = $state(0);
  /** Whether what is kept goes back to the beginning of its first run. */
  whole = $state(true);
  #counts = $state.raw<Readonly<Record<string, LineCounts>>>({});

  /** Begins a stretch of counting; what was kept before stays. */
  beginRun(source: SourceKind, startedAt: number): void {
    if (this.crossings.length === 0) this.#forgetRuns();
    this.runs = [...this.runs, { source, startedAt, offsetS: this.latestS }];
  }

  accept(record: OutRecord, bytes: number): void {
    this.records++;
    this.bytes += bytes;
    this.slips = [{ number: this.records, record, bytes }, ...this.slips].slice(0, MOST_SLIPS);
    if (record.type === 'count') this.#count(record);
    if (record.type === 'zone') {
      this.zones = { ...this.zones, [record.zone]: record };
      this.#advance(record.atS);
    }
  }

  /** Counts of a line; zeros for one that nobody has crossed. */
  of(line: string): LineCounts {
    return this.#counts[line] ?? NO_COUNTS;
  }

  /** Everything that is kept is forgotten. */
  reset(): void {
    const { runs } = this;
    this.crossings = [];
    this.slips = [];
    this.zones = {};
    this.#counts = {};
    this.records = 0;
    this.bytes = 0;
    // The run now under way goes on; it has still begun when it did.
    this.runs = runs.slice(-1);
    this.whole = false;
  }

  #forgetRuns(): void {
    this.runs = [];
    this.latestS = 0;
    this.whole = true;
  }

  #count(record: CountRecord): void {
    const run = this.runs.at(-1);
    if (!run) throw new Error('a record arrived before any run began');
    const timeS = this.#advance(record.atS);
    this.crossings = [...this.crossings, { record, run, timeS }];
    const line = this.of(record.line);
    const direction = line[record.direction];
    const counted = { ...direction, [record.kind]: direction[record.kind] + 1 };
    this.#counts = { ...this.#counts, [record.line]: { ...line, [record.direction]: counted } };
  }

  #advance(atS: number): number {
    const timeS = (this.runs.at(-1)?.offsetS ?? 0) + atS;
    this.latestS = Math.max(this.latestS, timeS);
    return timeS;
  }
}

/** Of measured values: how many, the middle one, and the extremes. */
export interface Summary {
  readonly n: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @returns undefined for no values at all */
export function summarise(values: readonly number[]): Summary | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((p, q) => p - q);
  const upper = sorted[Math.floor(sorted.length / 2)]!;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]!;
  return { n: sorted.length, median: (lower + upper) / 2, least: sorted[0]!, most: sorted.at(-1)! };
}
