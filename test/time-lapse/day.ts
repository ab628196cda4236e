/**
 * A day of an invented shop: the visitors of the scene of case 2 walk from opening to closing, and the camera's own pipeline and
 * disclosure control sum them as they do for a source that films real people. No picture is drawn and no detector runs: a
 * visitor's box is projected from where the simulation has them, as if the camera found everyone whole.
 */
import {
  K_RANGE,
  RELEASE_S,
  type OutRecord,
  type OutRecordOf,
  type TrajectoriesConfig,
} from '../../contract/index.ts';
import { Simulation, type Script } from '../../scenes/simulation/simulation.ts';
import type { Mover } from '../../scenes/simulation/movers.ts';
import { boxAround, clip } from '../../scenes/truth/boxes.ts';
import type { Projection } from '../../scenes/truth/camera.ts';
import { type Vec3 } from '../../scenes/truth/camera.ts';
import { calibrationIn, projectionOf, zonesOf } from '../../scenes/worlds/plan.ts';
import { trajectories as SHOP } from '../../scenes/worlds/trajectories/world.ts';
import { TrajectoriesPipeline } from '../../workers/camera/cases/trajectories/pipeline.ts';
import { DisclosureControl } from '../../workers/camera/disclosure/control.ts';
import type { Detection } from '../../workers/camera/vision/geometry/detection.ts';

/** Opening hours, seconds since midnight. */
const OPENS_S = 10 * 3600;
const CLOSES_S = 20 * 3600;
const OPEN_S = CLOSES_S - OPENS_S;
/** The last visitor comes this long before the shop closes. */
const LAST_S = 300;

/** Of the clip's 13 visitors a minute, which make it short: invented, like the busy hours. */
const PACE = 1 / 15;
/** Busy hours: around noon and after work. Seconds since the shop opened. */
const SURGES = [
  { fromS: 2 * 3600, toS: 3.5 * 3600, factor: 2.5 },
  { fromS: 7 * 3600, toS: 9 * 3600, factor: 2 },
];

/** Pictures a second: a person walks 22 cm between two of them. */
const FPS = 5;
/** A person's box is that of a cylinder: height of a grown person, and the width of shoulders, metres. */
const BODY = { heightM: 1.65, radiusM: 0.25, sides: 8 };

/** Records of people that leave; the plan has none. */
type Told = Extract<OutRecord, OutRecordOf<'heat' | 'flow' | 'od' | 'dwell' | 'presence'>>;

export interface Day {
  readonly opensS: number;
  readonly closesS: number;
  readonly k: number;
  readonly everyS: number;
  readonly zones: TrajectoriesConfig['zones'];
  readonly calibration: TrajectoriesConfig['calibration'];
  readonly plan: OutRecordOf<'plan'>;
  /** Visitors who have come until the end of each interval: the simulation's own truth, which no camera tells. */
  readonly visitors: readonly number[];
  readonly records: readonly Told[];
}

const script: Script = {
  ...SHOP.script,
  flows: SHOP.script.flows.map((flow) =>
    flow.id === 'clerk'
      ? // Stays behind the counter until the shop is closed.
        {
          ...flow,
          route: flow.route.map((stop) => ({ ...stop, ...(stop.dwellS && { dwellS: [1e6, 1e6] as const }) })),
        }
      : { ...flow, perMinute: flow.perMinute * PACE, surges: SURGES },
  ),
};

function detectionOf({ x, z }: Mover, projection: Projection): Detection | undefined {
  const corners = [0, BODY.heightM].flatMap((y) =>
    Array.from({ length: BODY.sides }, (_, i): Vec3 => {
      const angle = (2 * Math.PI * i) / BODY.sides;
      return [x + BODY.radiusM * Math.cos(angle), y, z + BODY.radiusM * Math.sin(angle)];
    }),
  );
  const points = corners.map((corner) => projection.toPicture(corner));
  const around = boxAround(points.filter((point) => point !== null));
  // Partly behind the lens: it is nearer than anything the picture shows whole.
  if (!around || points.includes(null)) return undefined;
  const box = clip(around, projection.width, projection.height);
  return box ? { box, score: 0.9, label: 'person' } : undefined;
}

/** @param untilS how much of the day, seconds since the shop opened; a part is the beginning of the whole */
export function dayOf(untilS = OPEN_S): Day {
  const { width, height } = SHOP;
  const projection = projectionOf(SHOP);
  const calibration = calibrationIn(SHOP);
  const zones = zonesOf(SHOP).map(({ id, role, points }) => ({ id, role: role ?? 'other', points }));
  const config: TrajectoriesConfig = {
    case: 'trajectories',
    zones: zones as TrajectoriesConfig['zones'],
    ...(calibration && { calibration }),
    k: K_RANGE.default,
    everyS: RELEASE_S.default,
  };
  // As of a source that films real people: what the camera holds to before its gate.
  const control = new DisclosureControl();
  control.open('webcam');
  control.configure([config]);
  let keys = 0;
  const pipeline = new TrajectoriesPipeline(config, { draw: () => ++keys });
  const simulation = new Simulation(script, SHOP.seed, OPEN_S - LAST_S);
  const come = new Set<string>();
  const visitors: number[] = [];
  const records: OutRecord[] = [];
  for (let frame = 0; frame <= untilS * FPS; frame++) {
    const timeS = frame / FPS;
    simulation.runTo(timeS);
    const { movers } = simulation;
    for (const { id } of movers) if (!id.startsWith('clerk')) come.add(id);
    const objects = movers.flatMap((mover) => detectionOf(mover, projection) ?? []);
    const seen = { index: frame, timeS, width, height, objects, faces: [] };
    pipeline.track(seen);
    records.push(...control.take(pipeline.extract(seen), timeS));
    if (frame > 0 && frame % (config.everyS * FPS) === 0) visitors.push(come.size);
  }
  const plan = records.find((record) => record.type === 'plan')!;
  const told = records.filter((record): record is Told => record.type !== 'plan');
  const { k, everyS } = config;
  return {
    opensS: OPENS_S,
    closesS: CLOSES_S,
    k,
    everyS,
    zones: config.zones,
    calibration,
    plan,
    visitors,
    records: told,
  };
}
