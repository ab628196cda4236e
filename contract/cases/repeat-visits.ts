/** Case 3, repeat analysis (リピート分析): what the camera is told, and what may leave. */
import * as v from 'valibot';
import { amount, count, sourceTime, unit } from '../enums.ts';
import { defineCase } from './define.ts';

/** Longest retention period offered, in days. */
export const MAX_RETENTION_DAYS = 180;

/** What a day is. Only `calendar` has days as people know them; the others are time-lapse, for demonstrations. */
export const RetentionDays = v.variant('kind', [
  v.strictObject({ kind: v.literal('calendar') }),
  /** Every day lasts so many seconds of source time. */
  v.strictObject({ kind: v.literal('lapse'), dayS: v.pipe(v.number(), v.minValue(1), v.maxValue(86_400)) }),
  /** A clip of several days, one cut after the other; where it is looped, more days of the same kind follow. */
  v.strictObject({
    kind: v.literal('clip'),
    /** Source time at which each day begins, ascending from 0. */
    startsS: v.pipe(v.array(amount), v.minLength(1), v.maxLength(MAX_RETENTION_DAYS)),
    lengthS: v.pipe(v.number(), v.minValue(1), v.maxValue(86_400)),
  }),
]);
export type RetentionDays = v.InferOutput<typeof RetentionDays>;

/**
 * Where the vault is. `session`: in the camera's memory, gone when it is switched off. `device`: in a database of this
 * browser, to go on tomorrow; calendar days only, because simulated days must not mix with real ones.
 */
export const KEEPS = ['session', 'device'] as const;
export type Keep = (typeof KEEPS)[number];

/** Name of the vault's database. The page may delete it whole (the camera off), and does nothing else with it. */
export const VAULT_DATABASE = 'incam-vault';

export const RepeatVisitsConfig = v.strictObject({
  case: v.literal('repeat-visits'),
  /** Days after which a vector's key is destroyed, counted from the first visit; coming back does not extend it. */
  retentionDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_RETENTION_DAYS)),
  days: RetentionDays,
  keep: v.picklist(KEEPS),
  /** How many of the strangers may at most be taken for somebody known, as a share; sets the threshold. */
  mistakenShare: v.pipe(v.number(), v.minValue(0.001), v.maxValue(0.5)),
});
export type RepeatVisitsConfig = v.InferOutput<typeof RepeatVisitsConfig>;

/** Orders from the data subject's desk; each concerns the one face before the camera, or everything. */
export const DESK_COMMANDS = ['show', 'correct', 'delete', 'delete-all', 'cancel'] as const;
export const DeskCommand = v.strictObject({
  case: v.literal('repeat-visits'),
  do: v.picklist(DESK_COMMANDS),
  /** With `correct`: the day on which the person was not here; it is struck out of the history. */
  day: v.optional(count),
});
export type DeskCommand = v.InferOutput<typeof DeskCommand>;

/** One visit. No key, no vector: which visit of this person it is, and how many days ago the last was. */
export const VisitRecord = v.strictObject({
  type: v.literal('visit'),
  case: v.literal('repeat-visits'),
  atS: sourceTime,
  /** Day since the camera's first, from 0. */
  day: count,
  /** 1: not known within the retention period. A person has at most one visit a day. */
  visit: v.pipe(count, v.minValue(1), v.maxValue(MAX_RETENTION_DAYS)),
  /** 0: seen before on the same day, which is no further visit. */
  daysSinceLast: v.optional(v.pipe(count, v.maxValue(MAX_RETENTION_DAYS))),
  /** How good the views were, 0..1, to a tenth. */
  quality: unit,
});

/** The state of the vault: how much is held and until when. Says nothing of anybody. */
export const VaultRecord = v.strictObject({
  type: v.literal('vault'),
  case: v.literal('repeat-visits'),
  atS: sourceTime,
  day: count,
  /** How much of the day has passed, 0..1. */
  dayShare: unit,
  /** Length of the day in seconds. */
  dayS: amount,
  keep: v.picklist(KEEPS),
  /** Keys that exist, by the day they are for: vectors under them, and the day at whose beginning they are destroyed. */
  keys: v.pipe(
    v.array(v.strictObject({ day: count, until: count, held: count })),
    v.maxLength(MAX_RETENTION_DAYS + 1),
  ),
  destroyed: v.strictObject({ expired: count, onRequest: count }),
  /** For how long vectors were decrypted for a comparison, in all. */
  opened: v.strictObject({ times: count, ms: amount }),
  /** From this similarity on two faces count as one person. */
  threshold: v.pipe(v.number(), v.minValue(-1), v.maxValue(2)),
  /** Pairs of faces seen together, from which the camera has learnt how alike strangers look here. */
  strangers: count,
});

/**
 * What the desk answers. `found` and `unknown`: the face before the camera is held, or not; `nobody`, `several`: there
 * was no single face to go by, so nothing was looked up.
 */
export const DESK_OUTCOMES = ['found', 'unknown', 'nobody', 'several', 'done'] as const;
export const DeskRecord = v.strictObject({
  type: v.literal('desk'),
  case: v.literal('repeat-visits'),
  atS: sourceTime,
  do: v.picklist(DESK_COMMANDS),
  outcome: v.picklist(DESK_OUTCOMES),
  /** All that is held about the person, but for the vector itself, which stays in the camera. */
  held: v.optional(
    v.strictObject({
      today: count,
      /** Days of the visits, ascending. */
      days: v.pipe(v.array(count), v.minLength(1), v.maxLength(MAX_RETENTION_DAYS)),
      /** At the beginning of this day it is destroyed. */
      until: count,
    }),
  ),
  /** Vectors destroyed by the order. */
  destroyed: v.optional(count),
});

export const REPEAT_VISITS_CASE = defineCase({
  id: 'repeat-visits',
  number: 3,
  needs: ['faces', 'face-descriptor'],
  config: RepeatVisitsConfig,
  commands: [DeskCommand],
  records: [VisitRecord, VaultRecord, DeskRecord],
  pictures: false,
});
