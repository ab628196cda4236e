/**
 * Contributions of trajectories that may not leave yet: held back per cell, route, pair of zones and zone until k
 * different people have contributed, then reported together at the next release (`vision/k-anonymity.ts`).
 *
 * What one person adds to a figure is bounded (`MAX_SHARE`), so that no figure is mostly one person's, and so that noise
 * has a known size.
 */
import {
  CELL_M,
  MAX_SHARE,
  type Noise,
  type OutRecord,
  type OutRecordOf,
} from '../../../../contract/index.ts';
import { drawSecurely } from '../../disclosure/noise.ts';
import type { Vec } from '../../vision/geometry/boxes.ts';
import type { TripListener } from './vision/trips.ts';
import { ThresholdAggregate } from './vision/k-anonymity.ts';
import { resample, Routes, type Path } from './vision/routes.ts';
import type { Stay } from './vision/dwell.ts';
import { NoisyValues, type Value } from './noisy-values.ts';

/** Maximum hold of an unreleased contribution, seconds: no data of single people stay longer. */
const HOLD_S = 900;

/** Maximum number of cells in one record. */
const CELLS = 256;
/** Maximum coordinate on a floor, metres. */
const FARTHEST_M = 1000;

interface Ways {
  readonly ways: number;
  /** Sum of the paths, point by point. */
  readonly sum: Path;
}

interface Stays {
  readonly visits: number;
  readonly seconds: number;
}

const add = (a: number, b: number) => a + b;
const plus = (a: Stays, b: Stays): Stays => ({ visits: a.visits + b.visits, seconds: a.seconds + b.seconds });
const joined = (a: Ways, b: Ways): Ways => ({
  ways: a.ways + b.ways,
  sum: a.sum.map(([x, y], i): Vec => [x + b.sum[i]![0], y + b.sum[i]![1]]),
});

/** What a release is made with. */
export interface ReleaseTerms {
  readonly k: number;
  readonly noise?: Noise | undefined;
}

export class ReleaseAggregator implements TripListener {
  readonly #cells = new ThresholdAggregate<number>((a, b) => Math.min(a + b, MAX_SHARE.cellS), add);
  readonly #trips = new ThresholdAggregate<number>((a, b) => Math.min(a + b, MAX_SHARE.trips), add);
  readonly #stays = new ThresholdAggregate<Stays>(
    (a, b) => (a.visits < MAX_SHARE.visits ? plus(a, b) : a),
    plus,
  );
  readonly #ways = new ThresholdAggregate<Ways>(
    (a, b) => (a.ways < MAX_SHARE.trips ? joined(a, b) : a),
    joined,
  );
  readonly #routes = new Routes();
  /** Cells that each person has contributed to and that are held back. */
  readonly #cellsOf = new Map<number, number>();
  readonly #noisy: NoisyValues;
  readonly #metric: boolean;

  /**
   * @param metric whether positions are in metres; otherwise there is no heat map and no route
   * @param noisy outlives a change of the drawing, so that its budget does
   */
  constructor(metric: boolean, noisy: NoisyValues = new NoisyValues(drawSecurely)) {
    this.#metric = metric;
    this.#noisy = noisy;
  }

  spent(key: number, [x, y]: Vec, seconds: number, timeS: number): void {
    if (!this.#metric || Math.abs(x) > FARTHEST_M || Math.abs(y) > FARTHEST_M) return;
    const cell = `${Math.floor(x / CELL_M)} ${Math.floor(y / CELL_M)}`;
    if (!this.#cells.has(cell, key)) {
      const cells = this.#cellsOf.get(key) ?? 0;
      if (cells >= MAX_SHARE.cells) return;
      this.#cellsOf.set(key, cells + 1);
    }
    this.#cells.add(cell, key, seconds, timeS);
  }

  visited(key: number, { zone, fromS, toS }: Stay): void {
    this.#stays.add(zone, key, { visits: 1, seconds: Math.min(toS - fromS, MAX_SHARE.stayS) }, toS);
  }

  went(key: number, from: string, to: string, way: readonly Vec[], timeS: number): void {
    const pair = `${from} ${to}`;
    this.#trips.add(pair, key, 1, timeS);
    const line = this.#metric ? resample(way) : undefined;
    if (!line) return;
    const route = this.#routes.assign(pair, line, timeS);
    this.#ways.add(`${pair} ${route}`, key, { ways: 1, sum: line }, timeS);
  }

  /** Replaces the keys of people. */
  rename(keys: ReadonlyMap<number, number>): void {
    const cells = [...this.#cellsOf];
    this.#cellsOf.clear();
    for (const [key, n] of cells) this.#cellsOf.set(keys.get(key) ?? key, n);
    for (const pool of this.#pools) for (const [before, now] of keys) pool.rename(before, now);
  }

  /** Releases all figures with k different contributors; discards contributions that are too old. */
  release(terms: ReleaseTerms, atS: number): OutRecord[] {
    this.#routes.forgetBefore(atS - HOLD_S);
    for (const pool of this.#pools) pool.forgetBefore(atS - HOLD_S);
    this.#cellsOf.clear();
    return [
      ...this.#heat(terms, atS),
      ...this.#flows(terms, atS),
      ...this.#pairs(terms, atS),
      ...this.#dwells(terms, atS),
    ];
  }

  /** What is held back, for synthetic sources: how many more people each zone, and the fullest cell, waits for. */
  held(k: number): Pick<OutRecordOf<'held'>, 'zones' | 'cell'> {
    const zones = [...this.#stays.held()].map(([zone, people]) => ({ zone, more: Math.max(1, k - people) }));
    const most = Math.max(0, ...this.#cells.held().values());
    return {
      zones: zones.toSorted((a, b) => (a.zone < b.zone ? -1 : 1)),
      ...(most > 0 && { cell: Math.max(1, k - most) }),
    };
  }

  clear(): void {
    this.#routes.clear();
    this.#cellsOf.clear();
    for (const pool of this.#pools) pool.clear();
  }

  get #pools(): readonly ThresholdAggregate<never>[] {
    return [this.#cells, this.#trips, this.#stays, this.#ways] as unknown as ThresholdAggregate<never>[];
  }

  /**
   * The values of a figure as they are, or with noise. The number of people is never told as fewer than k: that there are
   * k is known of every release.
   * @param values the number of people first; the others are at least 0
   * @returns undefined where the figure's budget of the day is spent
   */
  #told(
    figure: string,
    values: readonly Value[],
    { k, noise }: ReleaseTerms,
    atS: number,
  ): number[] | undefined {
    if (!noise) return values.map(({ value }) => value);
    const whole = values.map(({ value, share }) => ({ value: Math.round(value), share }));
    return this.#noisy
      .release(figure, whole, atS, noise)
      ?.map((value, i) => Math.max(i === 0 ? k : 0, value));
  }

  #heat(terms: ReleaseTerms, atS: number): OutRecord[] {
    const cells = this.#cells.release(terms.k).flatMap(({ key, people, value }): Cell[] => {
      const [column, row] = key.split(' ').map(Number) as [number, number];
      const figure = [one(people), { value, share: MAX_SHARE.cellS }];
      const told = this.#told(`heat ${key}`, figure, terms, atS);
      return told ? [[column, row, told[0]!, tenths(told[1]!)]] : [];
    });
    const records: OutRecord[] = [];
    for (let i = 0; i < cells.length; i += CELLS) {
      records.push({ type: 'heat', case: 'trajectories', atS, cells: cells.slice(i, i + CELLS) });
    }
    return records;
  }

  /** With noise there are none: a line of twelve points would be noise alone. */
  #flows({ k, noise }: ReleaseTerms, atS: number): OutRecord[] {
    const released = this.#ways.release(k);
    return noise
      ? []
      : released.map(({ key, people, value }) => {
          const [from, to, route] = key.split(' ') as [string, string, string];
          const points = value.sum.map(([x, y]): [number, number] => [
            tenths(x / value.ways),
            tenths(y / value.ways),
          ]);
          const record: OutRecordOf<'flow'> = {
            type: 'flow',
            case: 'trajectories',
            atS,
            from,
            to,
            route: Number(route),
            people,
            points,
          };
          return record;
        });
  }

  #pairs(terms: ReleaseTerms, atS: number): OutRecord[] {
    return this.#trips.release(terms.k).flatMap(({ key, people, value }): OutRecord[] => {
      const [from, to] = key.split(' ') as [string, string];
      const told = this.#told(`od ${key}`, [one(people), { value, share: MAX_SHARE.trips }], terms, atS);
      if (!told) return [];
      return [
        { type: 'od', case: 'trajectories', atS, from, to, people: told[0]!, trips: Math.max(1, told[1]!) },
      ];
    });
  }

  #dwells(terms: ReleaseTerms, atS: number): OutRecord[] {
    return this.#stays.release(terms.k).flatMap(({ key: zone, people, value }): OutRecord[] => {
      const figure = [
        one(people),
        { value: value.visits, share: MAX_SHARE.visits },
        { value: value.seconds, share: MAX_SHARE.visits * MAX_SHARE.stayS },
      ];
      const told = this.#told(`dwell ${zone}`, figure, terms, atS);
      if (!told) return [];
      const visits = Math.max(1, told[1]!);
      const meanS = tenths(told[2]! / visits);
      return [{ type: 'dwell', case: 'trajectories', atS, zone, people: told[0]!, visits, meanS }];
    });
  }
}

type Cell = [number, number, number, number];

const one = (people: number): Value => ({ value: people, share: 1 });
const tenths = (value: number) => Math.round(value * 10) / 10 + 0;
