/**
 * What case 2 keeps: sums over groups of people. Each record is about k people or more who are new to it; adding them up
 * gives totals, and there is no single person in them.
 */
import type { FloorPoint, OutRecord, OutRecordOf } from '../../../contract/index.ts';
import { CaseRecords } from '../shared/records.svelte.ts';
import { fade, type Cell, type HeatRelease } from './heat.ts';

export type Plan = OutRecordOf<'plan'>;
export type Presence = OutRecordOf<'presence'>;

/** A route from one zone to another, of all who took it. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly route: number;
  readonly people: number;
  /** Their mean line, metres. */
  readonly points: readonly FloorPoint[];
}

/** Visits that were released together. */
export interface VisitGroup {
  readonly people: number;
  readonly visits: number;
  readonly meanS: number;
}

export interface ZoneVisits {
  readonly visits: number;
  /** Of all visits, seconds. */
  readonly meanS: number;
  /** Means of the groups: the middle one, weighted by visits, the shortest and the longest, seconds. */
  readonly medianS: number;
  readonly minS: number;
  readonly maxS: number;
}

/** Heat releases remembered; older ones have faded away. */
const MAX_RELEASES = 2000;

export class TrajectoriesRecords extends CaseRecords {
  plan = $state.raw<Plan | undefined>();
  presence = $state.raw<Presence | undefined>();
  flows = $state.raw<readonly Flow[]>([]);
  trips = $state.raw<Readonly<Record<string, number>>>({});
  heat = $state.raw<readonly HeatRelease[]>([]);
  #groups = $state.raw<Readonly<Record<string, readonly VisitGroup[]>>>({});

  override get empty(): boolean {
    return this.heat.length === 0 && this.flows.length === 0 && Object.keys(this.#groups).length === 0;
  }

  /** Visits of a zone; undefined as long as fewer than k people have visited it. */
  visitsOf(zone: string): ZoneVisits | undefined {
    const groups = this.#groups[zone];
    return groups && summarise(groups);
  }

  groupsOf(zone: string): readonly VisitGroup[] {
    return this.#groups[zone] ?? [];
  }

  /** Trips from one zone to another; 0 as long as fewer than k people have made one. */
  tripsOf(from: string, to: string): number {
    return this.trips[pairOf(from, to)] ?? 0;
  }

  /** How many are in a zone now, at least; 0 for fewer than k. */
  presentIn(zone: string): number {
    return this.presence?.zones.find((each) => each.zone === zone)?.atLeast ?? 0;
  }

  /**
   * The heat map at a moment: time spent in each cell, of which half fades in every half-life.
   * @param halfLifeS Infinity: nothing fades
   */
  heatAt(timeS: number, halfLifeS: number): Cell[] {
    return fade(this.heat, timeS, halfLifeS);
  }

  protected override take(record: OutRecord): void {
    switch (record.type) {
      case 'plan':
        this.#draw(record);
        break;
      case 'presence':
        this.presence = record;
        this.advance(record.atS);
        break;
      case 'heat': {
        const release = { timeS: this.advance(record.atS), cells: record.cells };
        this.heat = [...this.heat, release].slice(-MAX_RELEASES);
        break;
      }
      case 'flow':
        this.advance(record.atS);
        this.flows = joined(this.flows, record);
        break;
      case 'od': {
        this.advance(record.atS);
        const pair = pairOf(record.from, record.to);
        this.trips = { ...this.trips, [pair]: (this.trips[pair] ?? 0) + record.trips };
        break;
      }
      case 'dwell': {
        this.advance(record.atS);
        const { zone, people, visits, meanS } = record;
        this.#groups = { ...this.#groups, [zone]: [...this.groupsOf(zone), { people, visits, meanS }] };
        break;
      }
    }
  }

  protected override forget(): void {
    this.flows = [];
    this.trips = {};
    this.heat = [];
    this.#groups = {};
  }

  /** Another drawing has another floor: what was kept of the old one cannot be laid on it. */
  #draw(plan: Plan): void {
    if (this.plan && JSON.stringify(this.plan) !== JSON.stringify(plan)) this.forget();
    this.plan = plan;
  }
}

const pairOf = (from: string, to: string) => `${from} ${to}`;

/** Adds people to a route; its line becomes the mean of all of them. */
function joined(flows: readonly Flow[], { from, to, route, people, points }: OutRecordOf<'flow'>): Flow[] {
  const same = (flow: Flow) => flow.from === from && flow.to === to && flow.route === route;
  const before = flows.find(same);
  if (!before) return [...flows, { from, to, route, people, points }];
  const share = people / (before.people + people);
  const mean = before.points.map(([x, y], i): FloorPoint => {
    const [nx, ny] = points[i] ?? [x, y];
    return [x + (nx - x) * share, y + (ny - y) * share];
  });
  return flows.map((flow) => (same(flow) ? { ...flow, people: flow.people + people, points: mean } : flow));
}

/** Totals of groups of visits. The range is that of the groups' means: a single visit is not known to anybody. */
export function summarise(groups: readonly VisitGroup[]): ZoneVisits {
  const visits = groups.reduce((sum, group) => sum + group.visits, 0);
  const meanS = groups.reduce((sum, group) => sum + group.visits * group.meanS, 0) / visits;
  const sorted = groups.toSorted((a, b) => a.meanS - b.meanS);
  let counted = 0;
  const middle = sorted.find((group) => (counted += group.visits) * 2 >= visits)!;
  return {
    visits,
    meanS,
    medianS: middle.meanS,
    minS: sorted[0]!.meanS,
    maxS: sorted.at(-1)!.meanS,
  };
}
