/**
 * What the camera's own ledger said at the end of the last run of each case: the measured evidence of checklist, risk
 * analysis and report. Numbers only; stored in this browser.
 */
import * as v from 'valibot';
import {
  CASES,
  policyOf,
  ROLES,
  SOURCE_KINDS,
  type CaseConfig,
  type CaseId,
  type OutRecordOf,
  type SourceKind,
} from '../../contract/index.ts';
import { recall, remember } from '../app/storage.ts';

const KEY = 'incam.runs';
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const amount = v.pipe(v.number(), v.minValue(0));
const pair = v.strictObject({ made: count, destroyed: count });

export const RunSummary = v.strictObject({
  case: v.picklist(CASES),
  /** Wall clock of the end, milliseconds since 1970. */
  at: count,
  source: v.picklist(SOURCE_KINDS),
  /** Whether the camera said that it had wiped itself before it was ended. */
  wiped: v.boolean(),
  frames: v.strictObject({ acquired: count, destroyed: count, alive: count, waiting: count, peak: count }),
  /** From acquisition to destruction, milliseconds. */
  lifeMs: v.strictObject({ p50: amount, p95: amount, max: amount }),
  crops: pair,
  vectors: v.strictObject({ ...pair.entries, held: count }),
  records: count,
  pictures: count,
  /** JSON bytes of the case's records. */
  bytes: count,
  /** Messages that the gate did not let through. */
  refused: count,
  wipes: count,
  models: v.array(v.strictObject({ role: v.picklist(ROLES), model: v.string(), backend: v.string() })),
  /** The settings that bear on privacy; absent where the case has none such. */
  settings: v.strictObject({
    retentionDays: v.optional(count),
    /** Whether days were simulated. */
    lapse: v.optional(v.boolean()),
    /** Share of strangers that may be taken for known people. */
    mistakenShare: v.optional(amount),
    k: v.optional(count),
    everyS: v.optional(amount),
    /** Length of a time bin on real footage, seconds. */
    binS: v.optional(amount),
    epsilon: v.optional(amount),
    dailyEpsilon: v.optional(amount),
    sensorWidth: v.optional(count),
  }),
});
export type RunSummary = v.InferOutput<typeof RunSummary>;

const Stored = v.strictObject(
  Object.fromEntries(CASES.map((id) => [id, v.optional(RunSummary)])) as Record<
    CaseId,
    v.OptionalSchema<typeof RunSummary, undefined>
  >,
);
type Runs = v.InferOutput<typeof Stored>;

/** The settings of a configuration that bear on privacy. */
export function settingsOf(config: CaseConfig): RunSummary['settings'] {
  switch (config.case) {
    case 'trajectories':
      return { k: config.k, everyS: config.everyS, ...config.noise };
    case 'repeat-visits':
      return {
        retentionDays: config.retentionDays,
        lapse: config.days.kind !== 'calendar',
        mistakenShare: config.mistakenShare,
        ...groupsOf(config),
      };
    case 'attributes':
    case 'counting':
      return groupsOf(config);
    case 'streetscape':
      return { sensorWidth: config.sensorWidth, everyS: config.everyS };
    case 'crowding':
      return { everyS: config.everyS };
  }
}

/** Groups and bins as they are on real footage; on synthetic sources the camera relaxes them. */
function groupsOf(config: CaseConfig): Pick<RunSummary['settings'], 'k' | 'binS'> {
  const { k, binS } = policyOf(config);
  return { ...(k !== undefined && { k }), ...(binS !== undefined && { binS }) };
}

/** What is known of a camera that has just been switched off. */
export interface EndedCamera {
  readonly ledger: OutRecordOf<'ledger'> | undefined;
  readonly status: OutRecordOf<'status'>;
  readonly source: SourceKind;
  readonly configs: readonly CaseConfig[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One summary for each case that ran; none where no picture was taken in. */
export function summariesOf({ ledger, status, source, configs, now }: EndedCamera): RunSummary[] {
  if (!ledger || ledger.frames.acquired === 0) return [];
  const { frames, lifeMs, out, wipes } = ledger;
  return configs.flatMap((config) => {
    const account = ledger.cases.find((row) => row.case === config.case);
    if (!account) return [];
    return {
      case: config.case,
      at: now,
      source,
      wiped: status.state === 'wiped',
      frames: {
        acquired: frames.acquired,
        destroyed: frames.destroyed,
        alive: frames.alive,
        waiting: frames.waiting,
        peak: frames.alivePeak,
      },
      lifeMs: { ...lifeMs },
      crops: { ...account.crops },
      vectors: { ...account.vectors },
      records: account.records,
      pictures: account.pictures,
      bytes: account.bytes,
      refused: out.refused,
      wipes,
      models: status.engines.map(({ role, model, backend }) => ({ role, model, backend })),
      settings: settingsOf(config),
    };
  });
}

class RunLog {
  #runs = $state.raw<Runs>({});

  constructor() {
    const stored = v.safeParse(Stored, recall(KEY));
    if (stored.success) this.#runs = stored.output;
  }

  /** The last run of a case on this device. */
  last(id: CaseId): RunSummary | undefined {
    return this.#runs[id];
  }

  note(camera: EndedCamera): void {
    const summaries = summariesOf(camera);
    if (summaries.length === 0) return;
    this.#runs = { ...this.#runs, ...Object.fromEntries(summaries.map((run) => [run.case, run])) };
    remember(KEY, this.#runs);
  }
}

export const runLog = new RunLog();
