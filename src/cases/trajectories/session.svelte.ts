/** The session of trajectories. */
import * as v from 'valibot';
import {
  GroundCalibration,
  K_RANGE,
  Polygon,
  ZONE_ROLES,
  type CaseConfig,
  type TrajectoriesConfig,
} from '../../../contract/index.ts';
import { EMPTY, type Drawing } from '../../drawing/drawing.ts';
import { CaseSession, type CaseSpec, type SessionOptions } from '../shared/session.svelte.ts';
import { SampleFile } from '../shared/source.ts';
import { TrajectoriesRecords } from './records.svelte.ts';

export const TrajectoriesSample = v.looseObject({
  ...SampleFile.entries,
  zones: v.optional(v.array(v.object({ ...Polygon.entries, role: v.optional(v.picklist(ZONE_ROLES)) })), []),
  calibration: v.optional(GroundCalibration),
});
export type TrajectoriesSample = v.InferOutput<typeof TrajectoriesSample>;

/** Seconds between two releases, to choose from; the usual one of a shop comes last. */
export const EVERY_S = [5, 60, 900] as const;
export type EveryS = (typeof EVERY_S)[number];

export function toTrajectories({ zones, ground }: Drawing): TrajectoriesConfig {
  return {
    case: 'trajectories',
    zones: zones.map(({ id, role, points }) => ({ id, role: role ?? 'other', points })),
    ...(ground && { calibration: ground }),
    k: K_RANGE.default,
    everyS: EVERY_S[0],
  };
}

export const TRAJECTORIES_SPEC: CaseSpec<TrajectoriesRecords, TrajectoriesSample> = {
  id: 'trajectories',
  needs: ['objects'],
  // The case needs people only.
  models: { objects: 'centernet-person' },
  sampleId: 'trajectories',
  sample: TrajectoriesSample,
  newKept: () => new TrajectoriesRecords(),
  plain: EMPTY,
  preset: ({ zones, calibration }) => ({
    ...EMPTY,
    zones: zones.map(({ id, points, role }) => ({ id, name: '', points, ...(role && { role }) })),
    ...(calibration && { ground: calibration }),
  }),
  configOf: toTrajectories,
};

export class TrajectoriesSession extends CaseSession<TrajectoriesRecords, TrajectoriesSample> {
  /** No figure covers fewer people than this. */
  k = $state<number>(K_RANGE.default);
  everyS = $state<EveryS>(EVERY_S[0]);

  constructor(options: SessionOptions = {}) {
    super(TRAJECTORIES_SPEC, options);
  }

  override get config(): CaseConfig {
    const config = super.config;
    const { k, everyS } = this;
    return config.case === 'trajectories' ? { ...config, k, everyS } : config;
  }

  /** @param k ignored unless the contract admits it */
  async setK(k: number): Promise<void> {
    if (!(Number.isInteger(k) && k >= K_RANGE.min && k <= K_RANGE.max)) return;
    this.k = k;
    await this.tellCamera();
  }

  async setEvery(everyS: EveryS): Promise<void> {
    this.everyS = everyS;
    await this.tellCamera();
  }
}
