/** Case 2 at work. */
import * as v from 'valibot';
import {
  GroundCalibration,
  isSynthetic,
  K_RANGE,
  MIN_REAL_K,
  RELEASE_S,
  Polygon,
  ZONE_ROLES,
  type CaseConfig,
  type Noise,
  type TrajectoriesConfig,
} from '../../../contract/index.ts';
import { EMPTY, type Drawing } from '../../drawing/drawing.ts';
import type { CaseSpec, SessionOptions } from '../shared/case-spec.ts';
import { CaseSession } from '../shared/session.svelte.ts';
import { SampleFile } from '../shared/source.ts';
import { TrajectoriesRecords } from './records.svelte.ts';
import { TRAJECTORIES } from './life-cycle.ts';

export const TrajectoriesSample = v.looseObject({
  ...SampleFile.entries,
  zones: v.optional(v.array(v.object({ ...Polygon.entries, role: v.optional(v.picklist(ZONE_ROLES)) })), []),
  calibration: v.optional(GroundCalibration),
});
export type TrajectoriesSample = v.InferOutput<typeof TrajectoriesSample>;

/** Seconds between two releases that can be chosen, on synthetic sources and on real ones. */
export const EVERY_S = { synthetic: [5, 60, 900], real: [RELEASE_S.min, RELEASE_S.default, 3600] } as const;

/** Privacy losses that can be chosen; a figure may be released until the sum of a day is spent. */
export const EPSILONS = [2, 1, 0.5] as const;
export const DAILY_EPSILON = 10;

export function toTrajectories({ zones, ground }: Drawing): TrajectoriesConfig {
  return {
    case: 'trajectories',
    zones: zones.map(({ id, role, points }) => ({ id, role: role ?? 'other', points })),
    ...(ground && { calibration: ground }),
    k: K_RANGE.default,
    everyS: EVERY_S.synthetic[0],
  };
}

export const TRAJECTORIES_SPEC: CaseSpec<TrajectoriesRecords, TrajectoriesSample> = {
  id: 'trajectories',
  liveWorld: 'trajectories',
  lifeCycle: TRAJECTORIES,
  // Only people are of interest.
  models: { objects: 'centernet-person' },
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
  noise = $state.raw<Noise | undefined>();
  /** Few are invented people in a sample; real ones are protected as the operator states it. */
  #k = $state.raw<{ synthetic: number; real: number }>({ synthetic: MIN_REAL_K, real: K_RANGE.default });
  #every = $state.raw<{ synthetic: number; real: number }>({
    synthetic: EVERY_S.synthetic[0],
    real: RELEASE_S.default,
  });

  constructor(options: SessionOptions = {}) {
    super(TRAJECTORIES_SPEC, options);
  }

  get #source(): 'synthetic' | 'real' {
    return isSynthetic(this.choice.kind) ? 'synthetic' : 'real';
  }

  /** Nothing is told of fewer people than this. */
  get k(): number {
    return this.#k[this.#source];
  }

  get minK(): number {
    return this.#source === 'real' ? MIN_REAL_K : K_RANGE.min;
  }

  /** Seconds between two releases. */
  get everyS(): number {
    return this.#every[this.#source];
  }

  /** What `everyS` may be on this source. */
  get everyChoices(): readonly number[] {
    return EVERY_S[this.#source];
  }

  override get config(): CaseConfig {
    const config = super.config;
    const { k, everyS, noise } = this;
    if (config.case !== 'trajectories') return config;
    const tellHeld = this.#source === 'synthetic';
    return { ...config, k, everyS, ...(noise && { noise }), ...(tellHeld && { tellHeld }) };
  }

  override get realConfig(): CaseConfig {
    const { config } = this;
    if (config.case !== 'trajectories') return config;
    const { tellHeld: _, ...rest } = config;
    return { ...rest, k: this.#k.real, everyS: this.#every.real };
  }

  /** @param k what the contract does not admit is passed over */
  async setK(k: number): Promise<void> {
    if (!(Number.isInteger(k) && k >= K_RANGE.min && k <= K_RANGE.max)) return;
    if (k < this.minK) return this.camera.troubles.report('disclosure-too-fine', 'warning');
    this.#k = { ...this.#k, [this.#source]: k };
    await this.tellCamera();
  }

  /** @param everyS what is not offered on this source is passed over */
  async setEvery(everyS: number): Promise<void> {
    if (!this.everyChoices.includes(everyS)) return;
    this.#every = { ...this.#every, [this.#source]: everyS };
    await this.tellCamera();
  }

  /** @param epsilon undefined: no noise */
  async setNoise(epsilon: number | undefined): Promise<void> {
    this.noise = epsilon === undefined ? undefined : { epsilon, dailyEpsilon: DAILY_EPSILON };
    await this.tellCamera();
  }
}
