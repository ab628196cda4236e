/** What case 4 keeps: crossings, counts by line, kind and direction, and what is in the zones. */
import { KINDS, type Kind, type OutRecord, type OutRecordOf } from '../../../contract/index.ts';
import { median, nearestRank } from '../../../lib/stats.ts';
import { CaseRecords, type Run } from '../shared/records.svelte.ts';

export type CountRecord = OutRecordOf<'count'>;
export type ZoneRecord = OutRecordOf<'zone'>;
export type Direction = CountRecord['direction'];
export const DIRECTIONS = ['forward', 'backward'] as const satisfies readonly Direction[];

export interface Crossing {
  readonly record: CountRecord;
  readonly run: Run;
  /** On the common time axis, in seconds. */
  readonly timeS: number;
}

export type KindCounts = Readonly<Record<Kind, number>>;
export type LineCounts = Readonly<Record<Direction, KindCounts>>;

const NONE: KindCounts = Object.freeze(
  Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>,
);
/** Maximum number of zones whose state is kept: twice what can be drawn. */
const MAX_ZONES = 32;

const NO_COUNTS: LineCounts = { forward: NONE, backward: NONE };

export class CountingRecords extends CaseRecords {
  crossings = $state.raw<readonly Crossing[]>([]);
  /** Whether the camera has said that it sees too few pictures a second to count what moves here. */
  tooFew = $state(false);
  zones = $state.raw<Readonly<Record<string, ZoneRecord>>>({});
  #counts = $state.raw<Readonly<Record<string, LineCounts>>>({});

  override get empty(): boolean {
    return this.crossings.length === 0;
  }

  protected override take(record: OutRecord): void {
    if (record.type === 'count') this.#count(record);
    if (record.type === 'fault' && record.code === 'too-few-pictures') this.tooFew = true;
    if (record.type === 'zone') {
      const zones = { ...this.zones, [record.zone]: record };
      // Names of zones that are no longer drawn go first.
      this.zones = Object.fromEntries(Object.entries(zones).slice(-MAX_ZONES));
      this.advance(record.atS);
    }
  }

  protected override forget(): void {
    this.crossings = [];
    this.tooFew = false;
    this.zones = {};
    this.#counts = {};
  }

  /** How many crossings were counted while there were too few pictures a second. */
  get sparse(): number {
    return this.crossings.filter(({ record }) => record.quality === 'sparse').length;
  }

  /** Counts of a line; zeros for one that was not crossed. */
  of(line: string): LineCounts {
    return this.#counts[line] ?? NO_COUNTS;
  }

  #count(record: CountRecord): void {
    const run = this.runs.at(-1);
    if (!run) throw new Error('a record arrived before any run began');
    const timeS = this.advance(record.atS);
    this.crossings = this.bounded(this.crossings, { record, run, timeS });
    const line = this.of(record.line);
    const direction = line[record.direction];
    const counted = { ...direction, [record.kind]: direction[record.kind] + 1 };
    this.#counts = { ...this.#counts, [record.line]: { ...line, [record.direction]: counted } };
  }
}

/** Of measured values: how many, the middle one, and the extremes. */
export interface Summary {
  readonly n: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @returns undefined for no values at all */
export function summarise(values: readonly number[]): Summary | undefined {
  if (values.length === 0) return undefined;
  return {
    n: values.length,
    median: median(values),
    min: nearestRank(values, 0),
    max: nearestRank(values, 1),
  };
}
