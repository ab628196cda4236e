/**
 * How far the estimates are off by group, as measured on labelled faces that nothing was fitted to: `npm run eval -- --set
 * fairface,utkface --fit` writes the tables.
 */
import * as v from 'valibot';
import { AGE_BANDS } from '../../../contract/index.ts';
import measured from './error-by-group.json' with { type: 'json' };
import measuredByRace from './error-by-race.json' with { type: 'json' };

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const years = v.pipe(v.number(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Scores = v.strictObject({
  /** Faces it was measured on. */
  faces: v.pipe(count, v.minValue(1)),
  /** How far estimates lie outside the true band on average, years; and with the sign (above 0: taken for older). */
  yearsOutside: years,
  biasYears: v.number(),
  /** Share of estimates inside the true band. */
  inBand: share,
  /** Of true ages from 20 on: a sex is told, is then right, and the likelier one is right, told or not. */
  adults: v.optional(count),
  sexTold: v.optional(share),
  sexRight: v.optional(share),
  sexAccuracy: v.optional(share),
  /** Of younger ones, of whom none should be: a sex is told. */
  youngSexTold: v.optional(share),
});
export type GroupError = v.InferOutput<typeof Scores>;

export const ErrorByGroup = v.strictObject({
  ...Scores.entries,
  madeBy: v.string(),
  /** Shares of the told band being right, and right or next to it. */
  bandRight: share,
  bandWithinOne: share,
  /** By true age. */
  byAge: v.record(v.picklist(AGE_BANDS), Scores),
  bySex: v.strictObject({ female: Scores, male: Scores }),
  byAgeAndSex: v.record(v.string(), Scores),
});

export const ERROR_BY_GROUP = v.parse(ErrorByGroup, measured);

/** As the photos' authors saw it. */
export const RACES = ['White', 'Black', 'Asian', 'Indian', 'Other'] as const;
export type Race = (typeof RACES)[number];

const ErrorByRace = v.strictObject({
  madeBy: v.string(),
  /** Ages of photos on most of which the age network was trained: to compare the groups with each other, no more. */
  byRace: v.record(
    v.picklist(RACES),
    v.strictObject({
      faces: v.pipe(count, v.minValue(1)),
      yearsOutside: years,
      adults: count,
      sexTold: share,
      sexRight: share,
    }),
  ),
});

export const ERROR_BY_RACE = v.parse(ErrorByRace, measuredByRace);
