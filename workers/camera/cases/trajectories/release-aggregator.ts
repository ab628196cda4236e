/**
 * Contributions of trajectories that may not leave yet: held back per cell, route, pair of zones and zone until k
 * different people have contributed, then reported together at the next release (`vision/k-anonymity.ts`).
 */
import { CELL_M, type OutRecord, type OutRecordOf } from '../../../../contract/index.ts';
import type { Vec } from '../../vision/geometry/boxes.ts';
import type { TripListener } from './vision/trips.ts';
import { ThresholdAggregate } from './vision/k-anonymity.ts';
import { resample, Routes, type Path } from './vision/routes.ts';
import type { Stay } from './vision/dwell.ts';

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

const add = (a: number, b: number) => a + b;

export class ReleaseAggregator implements TripListener {
  readonly #cells = new ThresholdAggregate<number>(add);
  readonly #trips = new ThresholdAggregate<number>(add);
  readonly #stays = new ThresholdAggregate<{ visits: number; seconds: number }>((a, b) => ({
    visits: a.visits + b.visits,
    seconds: a.seconds + b.seconds,
  }));
  readonly #ways = new ThresholdAggregate<Ways>((a, b) => ({
    ways: a.ways + b.ways,
    sum: a.sum.map(([x, y], i): Vec => [x + b.sum[i]![0], y + b.sum[i]![1]]),
  }));
  readonly #routes = new Routes();
  readonly #metric: boolean;

  /** @param metric whether positions are in metres; otherwise there is no heat map and no route */
  constructor(metric: boolean) {
    this.#metric = metric;
  }

  spent(key: number, [x, y]: Vec, seconds: number, timeS: number): void {
    if (!this.#metric || Math.abs(x) > FARTHEST_M || Math.abs(y) > FARTHEST_M) return;
    this.#cells.add(`${Math.floor(x / CELL_M)} ${Math.floor(y / CELL_M)}`, key, seconds, timeS);
  }

  visited(key: number, { zone, fromS, toS }: Stay): void {
    this.#stays.add(zone, key, { visits: 1, seconds: toS - fromS }, toS);
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
    for (const pool of this.#pools) for (const [before, now] of keys) pool.rename(before, now);
  }

  /** Releases all figures with k different contributors; discards contributions that are too old. */
  release(k: number, atS: number): OutRecord[] {
    this.#routes.forgetBefore(atS - HOLD_S);
    for (const pool of this.#pools) pool.forgetBefore(atS - HOLD_S);
    return [...this.#heat(k, atS), ...this.#flows(k, atS), ...this.#pairs(k, atS), ...this.#dwells(k, atS)];
  }

  clear(): void {
    this.#routes.clear();
    for (const pool of this.#pools) pool.clear();
  }

  get #pools(): readonly ThresholdAggregate<never>[] {
    return [this.#cells, this.#trips, this.#stays, this.#ways] as unknown as ThresholdAggregate<never>[];
  }

  #heat(k: number, atS: number): OutRecord[] {
    const cells = this.#cells.release(k).map(({ key, people, value }): [number, number, number, number] => {
      const [column, row] = key.split(' ').map(Number) as [number, number];
      return [column, row, people, tenths(value)];
    });
    const records: OutRecord[] = [];
    for (let i = 0; i < cells.length; i += CELLS) {
      records.push({ type: 'heat', case: 'trajectories', atS, cells: cells.slice(i, i + CELLS) });
    }
    return records;
  }

  #flows(k: number, atS: number): OutRecord[] {
    return this.#ways.release(k).map(({ key, people, value }) => {
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

  #pairs(k: number, atS: number): OutRecord[] {
    return this.#trips.release(k).map(({ key, people, value: trips }) => {
      const [from, to] = key.split(' ') as [string, string];
      return { type: 'od', case: 'trajectories', atS, from, to, people, trips };
    });
  }

  #dwells(k: number, atS: number): OutRecord[] {
    return this.#stays.release(k).map(({ key: zone, people, value: { visits, seconds } }) => ({
      type: 'dwell',
      case: 'trajectories',
      atS,
      zone,
      people,
      visits,
      meanS: tenths(seconds / visits),
    }));
  }
}

const tenths = (value: number) => Math.round(value * 10) / 10 + 0;
