/**
 * The camera's accuracy from its own records and the scene's truth. Both report crossings and people present in the
 * scene's own time, so no box need leave the camera. Pure.
 */
import type { OutRecordOf } from '../../contract/index.ts';
import type { LiveCrossing } from '../../scenes/live/contract.ts';

/** Maximum delay of a count, seconds: the camera holds it back until its kind is certain. */
export const SETTLED_S = 7;
/** Maximum difference in time between a crossing and its count, seconds. */
const TOGETHER_S = 1;

export type Direction = 'forward' | 'backward';
type CountRecord = Pick<OutRecordOf<'count'>, 'line' | 'kind' | 'direction' | 'atS'>;

/** Totals of all settled events. */
export interface CrossingScore {
  /** True crossings, and those of them that were counted. */
  readonly truth: number;
  readonly found: number;
  /** Of the found ones, with the right kind. */
  readonly rightKind: number;
  /** Counts that belong to no crossing. */
  readonly extra: number;
  /** All crossings and all counts by direction, as a sum over lines. */
  readonly directions: Readonly<Record<Direction, { readonly truth: number; readonly counted: number }>>;
}

export const recallOf = ({ truth, found }: CrossingScore): number | undefined =>
  truth > 0 ? found / truth : undefined;
export const precisionOf = ({ found, extra }: CrossingScore): number | undefined =>
  found + extra > 0 ? found / (found + extra) : undefined;
/** Wrong counts of a direction as a share of the true ones; negative: too few. */
export const errorOf = ({ directions }: CrossingScore, direction: Direction): number | undefined => {
  const { truth, counted } = directions[direction];
  return truth > 0 ? (counted - truth) / truth : undefined;
};

const NOTHING: CrossingScore = {
  truth: 0,
  found: 0,
  rightKind: 0,
  extra: 0,
  directions: { forward: { truth: 0, counted: 0 }, backward: { truth: 0, counted: 0 } },
};

export class CrossingAccuracy {
  #crossings: LiveCrossing[] = [];
  #counts: CountRecord[] = [];
  #score = NOTHING;

  get score(): CrossingScore {
    return this.#score;
  }

  crossed(crossings: readonly LiveCrossing[]): void {
    this.#crossings.push(...crossings);
  }

  counted(record: CountRecord): void {
    this.#counts.push(record);
  }

  /** Settles what is old enough: each crossing with the count nearest to it in time, the right kind first. */
  settle(nowS: number): void {
    const due = this.#crossings.filter(({ atS }) => atS <= nowS - SETTLED_S);
    if (due.length > 0) this.#crossings = this.#crossings.filter(({ atS }) => atS > nowS - SETTLED_S);
    for (const crossing of due.sort((a, b) => a.atS - b.atS)) this.#match(crossing);
    // A later crossing can no longer claim these.
    const late = this.#counts.filter(({ atS }) => atS < nowS - SETTLED_S - TOGETHER_S);
    if (late.length === 0) return;
    this.#counts = this.#counts.filter((count) => !late.includes(count));
    for (const count of late) this.#add({ extra: 1 }, count.direction, { counted: 1 });
  }

  forget(): void {
    this.#crossings = [];
    this.#counts = [];
    this.#score = NOTHING;
  }

  #match(crossing: LiveCrossing): void {
    const distance = (count: CountRecord): number => Math.abs(count.atS - crossing.atS);
    const [best] = this.#counts
      .filter(({ line, direction }) => line === crossing.line && direction === crossing.direction)
      .filter((count) => distance(count) <= TOGETHER_S)
      .sort(
        (a, b) =>
          Number(b.kind === crossing.kind) - Number(a.kind === crossing.kind) || distance(a) - distance(b),
      );
    if (!best) return this.#add({ truth: 1 }, crossing.direction, { truth: 1 });
    this.#counts = this.#counts.filter((count) => count !== best);
    const rightKind = best.kind === crossing.kind ? 1 : 0;
    this.#add({ truth: 1, found: 1, rightKind }, crossing.direction, { truth: 1, counted: 1 });
  }

  #add(
    part: Partial<Omit<CrossingScore, 'directions'>>,
    direction: Direction,
    { truth = 0, counted = 0 }: { truth?: number; counted?: number },
  ): void {
    const { directions, ...sums } = this.#score;
    const before = directions[direction];
    this.#score = {
      truth: sums.truth + (part.truth ?? 0),
      found: sums.found + (part.found ?? 0),
      rightKind: sums.rightKind + (part.rightKind ?? 0),
      extra: sums.extra + (part.extra ?? 0),
      directions: {
        ...directions,
        [direction]: { truth: before.truth + truth, counted: before.counted + counted },
      },
    };
  }
}

/** Reported against true numbers of people (or vehicles) present. */
export interface PresenceScore {
  readonly told: number;
  /** Mean of the absolute error, and of the truth. */
  readonly meanError: number;
  readonly meanTruth: number;
}

/** Retention of truth, seconds: records concern a past moment. */
const REMEMBERED_S = 10;
/** A record's time is in tenths. */
const SAME_MOMENT_S = 0.35;

export class PresenceAccuracy<T> {
  #moments: { readonly atS: number; readonly truth: T }[] = [];
  #told = 0;
  #error = 0;
  #truth = 0;

  get score(): PresenceScore {
    const told = Math.max(1, this.#told);
    return { told: this.#told, meanError: this.#error / told, meanTruth: this.#truth / told };
  }

  was(atS: number, truth: T): void {
    this.#moments = [...this.#moments.filter((moment) => moment.atS > atS - REMEMBERED_S), { atS, truth }];
  }

  /**
   * Compares the camera's `n` for a moment; a moment without known truth is ignored.
   *
   * @param count the number in the truth to compare with
   */
  told(atS: number, n: number, count: (truth: T) => number): void {
    const near = this.#moments
      .map(({ atS: at, truth }) => ({ away: Math.abs(at - atS), truth }))
      .filter(({ away }) => away <= SAME_MOMENT_S)
      .sort((a, b) => a.away - b.away)[0];
    if (!near) return;
    const truth = count(near.truth);
    this.#told++;
    this.#error += Math.abs(n - truth);
    this.#truth += truth;
  }

  forget(): void {
    this.#moments = [];
    this.#told = this.#error = this.#truth = 0;
  }
}
