/**
 * Case 2 against exact truth: where lines run, how long visits last, whose box is whose.
 *
 * Lines never leave the camera, so the camera's detections are taken through its opening (`test/lab`) and given to the
 * same pipeline again here, with a listener: it is deterministic. Keys:
 *   floorErrorM.{median,p90} (metrics/floor.ts), floorPoints, strayLines, dwellErrorShare, visits.{truth,told,matched},
 *   trips.{truth,told}, present (of people truly in front of the camera, the share who have a line near them),
 *   hota, mota, idf1, idSwitches (boxes of people at most 60 % hidden), recordTypes (records of the real run)
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import type { OutRecord, TrajectoriesConfig, ZoneRole } from '../../../contract/index.ts';
import { TrajectoriesPipeline } from '../../../workers/camera/cases/trajectories/pipeline.ts';
import { Tracker } from '../../../workers/camera/vision/tracking/tracker.ts';
import { ClipSchema, TruthSchema, type Clip, type Truth as ClipTruth } from '../../../scenes/truth/schema.ts';
import type { Observation } from '../../lab/observation.ts';
import { controlledSums, type ControlledSums } from '../disclosure/held-back.ts';
import {
  dwellError,
  floorError,
  ownerOf,
  type FloorPosition,
  type TimedPoint,
  type Truth,
  type Visit,
} from '../metrics/floor.ts';
import { overlap, type IdentifiedBox } from '../metrics/frames.ts';
import { evaluateTracking } from '../metrics/tracking.ts';
import { markdownTable } from '../report.ts';
import type { EvalContext } from '../set.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../public/samples');

export interface TrajectoriesResult {
  frames: number;
  floorErrorM: { median: number; p90: number };
  floorPoints: number;
  strayLines: number;
  dwellErrorShare: number;
  visits: { truth: number; told: number; matched: number };
  trips: { truth: number; told: number };
  /** Share of the moments with a visible person at which a trajectory is within a metre. */
  present: number;
  hota: number;
  mota: number;
  idf1: number;
  idSwitches: number;
  /** Of the real run, by type. */
  recordTypes: Record<string, number>;
  /** The same detections, summed without disclosure control and with it. */
  control: ControlledSums;
}

/** The least stay that is a visit, as the page states it, seconds. */
const MIN_STAY_S: Readonly<Record<ZoneRole, number>> = { entrance: 0, shelf: 2, till: 2, other: 1 };
/** Who is back within this has not left, seconds. */
const BACK_S = 2;
/** Maximum hidden share of a person whose box is expected. */
const MAX_HIDDEN = 0.6;

export interface Listening {
  /** Lines by visitor. */
  readonly lines: ReadonlyMap<number, readonly TimedPoint[]>;
  readonly stays: readonly { key: number; zone: string; fromS: number; toS: number }[];
  readonly trips: number;
}

/** Runs the pipeline on detections and hears what it settles. */
export function listenTo(
  config: TrajectoriesConfig,
  observations: readonly Observation[],
  size: { width: number; height: number },
): Listening {
  const lines = new Map<number, TimedPoint[]>();
  const stays: { key: number; zone: string; fromS: number; toS: number }[] = [];
  let [trips, drawn] = [0, 0];
  const pipeline = new TrajectoriesPipeline(config, {
    draw: () => ++drawn,
    listen: ({ key, points }) => lines.set(key, [...(lines.get(key) ?? []), ...points]),
    account: {
      spent: () => {},
      visited: (key, { zone, fromS, toS }) => stays.push({ key, zone, fromS, toS }),
      went: () => trips++,
    },
  });
  for (const { frame, timeS, detections } of observations) {
    const seen = { index: frame, timeS, ...size, objects: detections, faces: [] };
    pipeline.track(seen);
    pipeline.extract(seen);
  }
  pipeline.finish();
  return { lines, stays, trips };
}

/** Floor coordinates of the calibration, from those of the clip's world. */
function toFloor({ calibrationFloorM }: Clip): (world: FloorPosition) => FloorPosition {
  const [origin, right, , far] = calibrationFloorM!;
  const axis = (to: FloorPosition) => {
    const [x, z] = [to[0] - origin[0], to[1] - origin[1]];
    const length = Math.hypot(x, z);
    return [x / length, z / length] as const;
  };
  const [u, w] = [axis(right), axis(far)];
  return ([x, z]) => {
    const [dx, dz] = [x - origin[0], z - origin[1]];
    return [dx * u[0] + dz * u[1], dx * w[0] + dz * w[1]];
  };
}

/** Stays by the rule of the page: long enough for the role, and not interrupted by being away for a moment. */
export function truthVisits({ stays, zones }: Pick<ClipTruth, 'stays' | 'zones'>): Visit[] {
  const visits: (Visit & { toS: number; whole: boolean })[] = [];
  for (const { id: person, zone, fromS, toS, whole } of stays.toSorted((a, b) => a.fromS - b.fromS)) {
    const before = visits.findLast((visit) => visit.person === person && visit.zone === zone);
    if (before && fromS - before.toS < BACK_S) Object.assign(before, { toS, whole: before.whole && whole });
    else visits.push({ person, zone, fromS, toS, whole });
  }
  const min = new Map(zones.map(({ id, role }) => [id, MIN_STAY_S[role ?? 'other']]));
  return visits.filter(({ zone, fromS, toS, whole }) => whole && toS - fromS >= (min.get(zone) ?? 0));
}

/** Trips between different zones, of people's visits in order; stays cut off by the clip's ends count as well. */
export function truthTrips({ stays, zones }: Pick<ClipTruth, 'stays' | 'zones'>): number {
  const all = truthVisits({ stays: stays.map((stay) => ({ ...stay, whole: true })), zones });
  return byPerson(all).reduce(
    (sum, own) => sum + own.slice(1).filter(({ zone }, i) => zone !== own[i]!.zone).length,
    0,
  );
}

function byPerson(visits: readonly Visit[]): Visit[][] {
  const people = new Map<string, Visit[]>();
  for (const visit of visits) people.set(visit.person, [...(people.get(visit.person) ?? []), visit]);
  return [...people.values()];
}

function judge(
  clip: Clip,
  truth: ClipTruth,
  config: TrajectoriesConfig,
  observations: readonly Observation[],
): Omit<TrajectoriesResult, 'recordTypes' | 'control'> {
  const floor = toFloor(clip);
  const pedestrians = new Set(truth.objects.filter(({ kind }) => kind === 'pedestrian').map(({ id }) => id));
  const where: Truth = (timeS) => {
    const frame = truth.frames[Math.round(timeS * truth.fps)];
    const people = frame?.objects.filter(({ id }) => pedestrians.has(id));
    return people && new Map(people.map(({ id, floor: at }) => [id, floor(at)]));
  };
  const { lines, stays, trips } = listenTo(config, observations, clip);
  const { median, p90, points, strayLines } = floorError(lines.values(), where);
  const told = stays.flatMap(({ key, ...stay }): Visit[] => {
    const person = ownerOf(lines.get(key) ?? [], where);
    return person === undefined ? [] : [{ person, ...stay }];
  });
  const { share, ...visits } = dwellError(truthVisits(truth), told);
  const { hota, mota, idf1, idSwitches } = trackingOf(truth, pedestrians, observations, clip);
  return {
    frames: observations.length,
    floorErrorM: { median: round(median), p90: round(p90) },
    floorPoints: points,
    strayLines,
    dwellErrorShare: round(share),
    visits: { ...visits, told: stays.length },
    trips: { truth: truthTrips(truth), told: trips },
    present: round(presence(truth, pedestrians, lines, where)),
    hota: round(hota),
    mota: round(mota),
    idf1: round(idf1),
    idSwitches,
  };
}

/** Share of all moments with a person hidden at most so far at which a trajectory is within a metre. */
function presence(
  truth: ClipTruth,
  pedestrians: ReadonlySet<string>,
  lines: Listening['lines'],
  where: Truth,
): number {
  const byFrame = new Map<number, FloorPosition[]>();
  for (const { timeS, at } of [...lines.values()].flat()) {
    const frame = Math.round(timeS * truth.fps);
    byFrame.set(frame, [...(byFrame.get(frame) ?? []), at]);
  }
  let [seen, found] = [0, 0];
  truth.frames.forEach(({ objects }, frame) => {
    const places = where(frame / truth.fps);
    for (const { id, seen: box, occlusion } of objects) {
      if (!pedestrians.has(id) || !box || occlusion > MAX_HIDDEN) continue;
      const [x, y] = places!.get(id)!;
      seen++;
      if (byFrame.get(frame)?.some((at) => Math.hypot(at[0] - x, at[1] - y) <= 1)) found++;
    }
  });
  return found / seen;
}

function trackingOf(
  truth: ClipTruth,
  pedestrians: ReadonlySet<string>,
  observations: readonly Observation[],
  picture: { width: number; height: number },
) {
  const tracker = new Tracker({ picture });
  const numbers = new Map([...pedestrians].map((id, i) => [id, i]));
  const real: IdentifiedBox[][] = [];
  const tracked: IdentifiedBox[][] = [];
  observations.forEach(({ timeS, detections }) => {
    const people = detections.filter(({ label }) => label === 'person');
    const tracks = tracker.update(people, timeS).filter(({ confirmed, lost }) => confirmed && !lost);
    // By time, not by number: a slower camera leaves frames out.
    const visible = (truth.frames[Math.round(timeS * truth.fps)]?.objects ?? []).filter(
      ({ id, seen }) => pedestrians.has(id) && seen,
    );
    const asked = visible.filter(({ occlusion }) => occlusion <= MAX_HIDDEN);
    const ignored = visible.filter(({ occlusion }) => occlusion > MAX_HIDDEN);
    real.push(asked.map(({ id, seen }) => ({ id: numbers.get(id)!, box: seen! })));
    const boxes = tracks.map(({ id, observed }) => ({ id, box: observed }));
    const best = (box: IdentifiedBox['box'], among: typeof visible) =>
      Math.max(0, ...among.map(({ seen }) => overlap(box, seen!)));
    // A detection of a person who is not expected is not an error.
    tracked.push(boxes.filter(({ box }) => best(box, asked) >= 0.5 || best(box, ignored) < 0.3));
  });
  return evaluateTracking(real, tracked);
}

/** One run of the camera over a sample clip, judged. */
export async function measureTrajectories(
  { lab, engine }: EvalContext,
  name: string,
): Promise<TrajectoriesResult> {
  const read = (file: string): unknown => JSON.parse(readFileSync(resolve(SAMPLES, file), 'utf8'));
  const clip = v.parse(ClipSchema, read(`${name}.json`));
  const truth = v.parse(TruthSchema, read(clip.truth));
  const config: TrajectoriesConfig = {
    case: 'trajectories',
    zones: clip.zones.map(({ id, role, points }) => ({ id, role: role ?? 'other', points })),
    ...(clip.calibration && { calibration: clip.calibration }),
    k: 3,
    everyS: 5,
  };
  const { records, observations } = await (
    await lab()
  ).run({
    source: { video: `/samples/${clip.file}` },
    // As the site's page asks for it.
    engine: { ...engine, model: 'centernet-person' },
    cases: [config],
    observe: true,
  });
  return {
    ...judge(clip, truth, config, observations),
    recordTypes: typesOf(records),
    control: controlledSums(config, observations, clip),
  };
}

export const trajectoriesTable = (clip: string, result: TrajectoriesResult): string =>
  [
    markdownTable(
      [clip, 'floor error', 'p90', 'dwell error', 'visits', 'told', 'matched', 'present', 'HOTA', 'IDF1'],
      [
        [
          'm, shares',
          result.floorErrorM.median,
          result.floorErrorM.p90,
          result.dwellErrorShare,
          result.visits.truth,
          result.visits.told,
          result.visits.matched,
          result.present,
          result.hota,
          result.idf1,
        ],
      ],
    ),
    markdownTable(
      [`${clip}, disclosure control`, 'visits', 'trips', 'seconds in cells'],
      (['without', 'with', 'noisy'] as const).map((rule) => {
        const { visits, trips, seconds } = result.control[rule];
        return [rule, visits, trips, seconds];
      }),
    ),
  ].join('\n\n');

function typesOf(records: readonly OutRecord[]): Record<string, number> {
  const types: Record<string, number> = {};
  for (const record of records) {
    if ('case' in record && record.case === 'trajectories')
      types[record.type] = (types[record.type] ?? 0) + 1;
  }
  return types;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
