/** Case 3, repeat analysis (リピート分析): its configuration and its records. */
import * as v from 'valibot';
import { amount, count, sourceTime, unit } from '../enums.ts';
import { binLength, peopleK, relaxedMark } from '../disclosure-terms.ts';
import { defineCase } from './define.ts';

/** Maximum retention period, in days. */
export const MAX_RETENTION_DAYS = 180;

/** Definition of a day. Only `calendar` means real days; the others are time-lapse, for demonstrations. */
export const RetentionDays = v.variant('kind', [
  v.strictObject({ kind: v.literal('calendar') }),
  /** Length of a day, in seconds of source time. */
  v.strictObject({ kind: v.literal('lapse'), dayS: v.pipe(v.number(), v.minValue(1), v.maxValue(86_400)) }),
  /** A clip of several days, one cut after the other; when it loops, more days of the same lengths follow. */
  v.strictObject({
    kind: v.literal('clip'),
    /** Source time at which each day begins, ascending from 0. */
    startsS: v.pipe(v.array(amount), v.minLength(1), v.maxLength(MAX_RETENTION_DAYS)),
    lengthS: v.pipe(v.number(), v.minValue(1), v.maxValue(86_400)),
  }),
]);
export type RetentionDays = v.InferOutput<typeof RetentionDays>;

/**
 * Place of the vault. `session`: the camera's memory, which ends with the camera. `device`: this browser's storage, locked
 * with the operator's passphrase, which lasts to the next day; calendar days only, because simulated days must not mix with
 * real ones.
 */
export const KEEPS = ['session', 'device'] as const;
export type Keep = (typeof KEEPS)[number];

export const RepeatVisitsConfig = v.strictObject({
  case: v.literal('repeat-visits'),
  /** Days after which a vector's key is destroyed, counted from the first visit; a new visit does not extend it. */
  retentionDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_RETENTION_DAYS)),
  days: RetentionDays,
  keep: v.picklist(KEEPS),
  /** Maximum share of new visitors who are taken for a known one; it sets the threshold. */
  mistakenShare: v.pipe(v.number(), v.minValue(0.001), v.maxValue(0.5)),
  /** On real sources: minimum number of visits that leave together; 5 where absent. */
  k: v.optional(peopleK),
  /** On real sources: length of a time bin of this case's own clock in seconds; 300 where absent. */
  binS: v.optional(binLength),
});
export type RepeatVisitsConfig = v.InferOutput<typeof RepeatVisitsConfig>;

/** Data-subject requests; each concerns the one face before the camera, or the whole vault. */
export const DESK_COMMANDS = ['show', 'correct', 'delete', 'delete-all', 'cancel'] as const;
export const DeskCommand = v.strictObject({
  case: v.literal('repeat-visits'),
  do: v.picklist(DESK_COMMANDS),
  /** With `correct`: the day on which the person was absent; it is removed from the history. */
  day: v.optional(count),
});
export type DeskCommand = v.InferOutput<typeof DeskCommand>;

/**
 * One visit, without key or vector: its number among this person's visits, and the days since the previous one. On real
 * sources visits leave in batches, on the case's own clock; 2 then means returning, and 10 days means 10 or more.
 */
export const VisitRecord = v.strictObject({
  type: v.literal('visit'),
  case: v.literal('repeat-visits'),
  atS: sourceTime,
  /** Days since the camera's first day, from 0. */
  day: count,
  /** 1: new within the retention period. A person has at most one visit a day. */
  visit: v.pipe(count, v.minValue(1), v.maxValue(MAX_RETENTION_DAYS)),
  /** 0: seen earlier on the same day, which is not another visit. */
  daysSinceLast: v.optional(v.pipe(count, v.maxValue(MAX_RETENTION_DAYS))),
  /** Quality of the views, 0..1, to a tenth. */
  quality: unit,
  relaxed: relaxedMark,
});

/** The state of the vault: how much it holds, and until when. It describes no person. */
export const VaultRecord = v.strictObject({
  type: v.literal('vault'),
  case: v.literal('repeat-visits'),
  atS: sourceTime,
  day: count,
  /** Elapsed share of the day, 0..1. */
  dayShare: unit,
  /** Length of the day in seconds. */
  dayS: amount,
  keep: v.picklist(KEEPS),
  /** Existing keys, one a day: the number of vectors under each, and the day at whose beginning it is destroyed. */
  keys: v.pipe(
    v.array(v.strictObject({ day: count, until: count, held: count })),
    v.maxLength(MAX_RETENTION_DAYS + 1),
  ),
  destroyed: v.strictObject({ expired: count, onRequest: count }),
  /** Total time for which vectors were decrypted for comparisons. */
  opened: v.strictObject({ times: count, ms: amount }),
  /** Similarity from which two faces count as one person. */
  threshold: v.pipe(v.number(), v.minValue(-1), v.maxValue(2)),
  /** Pairs of faces in one frame: impostor scores for the score normalization. */
  strangers: count,
  /** On real sources: what is held was counted at the last release of visits, so that it tells of no single arrival. */
  asOfRelease: v.optional(v.literal(true)),
  relaxed: relaxedMark,
});

/**
 * Answer to a data-subject request. `found` and `unknown`: the vault holds the face before the camera, or not;
 * `nobody`, `several`: there was not exactly one face, so there was no search.
 */
export const DESK_OUTCOMES = ['found', 'unknown', 'nobody', 'several', 'done'] as const;
export const DeskRecord = v.strictObject({
  type: v.literal('desk'),
  case: v.literal('repeat-visits'),
  atS: sourceTime,
  do: v.picklist(DESK_COMMANDS),
  outcome: v.picklist(DESK_OUTCOMES),
  /** All data held about the person, except the vector itself, which stays in the camera. */
  held: v.optional(
    v.strictObject({
      today: count,
      /** Days of the visits, ascending. */
      days: v.pipe(v.array(count), v.minLength(1), v.maxLength(MAX_RETENTION_DAYS)),
      /** The data are destroyed at the beginning of this day. */
      until: count,
    }),
  ),
  /** Number of vectors that the command destroyed. */
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
