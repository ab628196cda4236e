/**
 * The records of trajectories: sums over groups of people. Each record covers k or more people who are new to it; their
 * sums are totals without single people.
 */
import type { FloorPoint, OutRecord, OutRecordOf } from '../../../contract/index.ts';
import { CaseRecords } from '../shared/records.svelte.ts';
import { fade, type Cell, type HeatRelease } from './heat.ts';

export type Plan = OutRecordOf<'plan'>;
export type Presence = OutRecordOf<'presence'>;
export type Held = OutRecordOf<'held'>;

/** A route from one zone to another, of all who took it. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly route: number;
  readonly people: number;
  /** Their mean line, metres. */
  readonly points: readonly FloorPoint[];
}

/** Visits of one release. */
export interface VisitGroup {
  readonly people: number;
  readonly visits: number;
  readonly meanS: number;
}

export interface ZoneVisits {
  readonly visits: number;
  /** Total of all visits, seconds. */
  readonly meanS: number;
  /** Means of the groups: the middle one, weighted by visits, the shortest and the longest, seconds. */
  readonly medianS: number;
  readonly minS: number;
  readonly maxS: number;
}

/** Maximum number of heat releases; older ones have decayed. */
const MAX_RELEASES = 2000;
/** Maximum number of groups of visits kept of a zone, and of routes in all. */
const MAX_GROUPS = 1000;
const MAX_FLOWS = 500;

export class TrajectoriesRecords extends CaseRecords {
  plan = $state.raw<Plan | undefined>();
  presence = $state.raw<Presence | undefined>();
  /** What the camera says that it holds back; of real people it never says so. */
  held = $state.raw<Held | undefined>();
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

  /** Minimum number of people in a zone now; 0 for fewer than k. */
  presentIn(zone: string): number {
    return this.presence?.zones.find((each) => each.zone === zone)?.atLeast ?? 0;
  }

  /** How many more people a zone's visits wait for; undefined where that is not told. */
  missingIn(zone: string): number | undefined {
    return this.held?.zones.find((each) => each.zone === zone)?.more;
  }

  /**
   * The heat map at a moment: time spent in each cell, halved in every half-life.
   * @param halfLifeS Infinity: no decay
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
      case 'held':
        this.held = record;
        this.advance(record.atS);
        break;
      case 'heat': {
        const release = { timeS: this.advance(record.atS), cells: record.cells };
        this.heat = [...this.heat, release].slice(-MAX_RELEASES);
        break;
      }
      case 'flow':
        this.advance(record.atS);
        this.flows = joined(this.flows, record).slice(-MAX_FLOWS);
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
        const groups = this.bounded(this.groupsOf(zone), { people, visits, meanS }, MAX_GROUPS);
        this.#groups = { ...this.#groups, [zone]: groups };
        break;
      }
    }
  }

  protected override forget(): void {
    this.flows = [];
    this.trips = {};
    this.heat = [];
    this.held = undefined;
    this.#groups = {};
  }

  /** Another drawing has another floor: records of the old one do not fit it. */
  #draw(plan: Plan): void {
    if (this.plan && JSON.stringify(this.plan) !== JSON.stringify(plan)) this.forget();
    this.plan = plan;
  }
}

const pairOf = (from: string, to: string) => `${from} ${to}`;

/** Adds people to a route; its path becomes the mean of all. */
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

/** Totals of groups of visits. The range is that of the groups' means: single visits are not known. */
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
