/**
 * Case 2, behaviour history in a shop (人物の行動履歴の生成): its configuration and its records.
 *
 * No single person's trajectory leaves. The camera holds contributions until `k` different people have contributed to
 * the same figure; then the next release reports them together. So every number in a record is a count, sum or mean
 * over at least `k` people, and so is the difference of two records.
 */
import * as v from 'valibot';
import { GroundCalibration, Polygon } from '../shapes.ts';
import { amount, count, shortId, sourceTime } from '../enums.ts';
import { K_RANGE, Noise, peopleK, relaxedMark } from '../disclosure-terms.ts';
import { defineCase } from './define.ts';

export const ZONE_ROLES = ['entrance', 'shelf', 'till', 'other'] as const;
export type ZoneRole = (typeof ZONE_ROLES)[number];

/** Side of a heat map's cell, in metres. */
export const CELL_M = 0.5;

export const TrajectoriesConfig = v.strictObject({
  case: v.literal('trajectories'),
  /** Zones on the floor, drawn in the picture. */
  zones: v.pipe(
    v.array(v.strictObject({ ...Polygon.entries, role: v.picklist(ZONE_ROLES) })),
    v.maxLength(16),
  ),
  /** Four points on the floor, as in case 4; without them there are no metres, hence no heat map and no routes. */
  calibration: v.optional(GroundCalibration),
  /** No figure covers fewer people than this. A lower k discards what was gathered under the higher one. */
  k: v.optional(peopleK, K_RANGE.default),
  /**
   * Seconds between two releases; records carry the time of their release, not the time of people's actions. On real
   * sources at least `RELEASE_S.min`.
   */
  everyS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3600)), 5),
  /** Absent: sums leave as they are. With it there are no routes. */
  noise: v.optional(Noise),
  /** Whether to tell what is held back. Of real sources the camera never does, whatever is set here. */
  tellHeld: v.optional(v.boolean()),
});
export type TrajectoriesConfig = v.InferOutput<typeof TrajectoriesConfig>;

const floorMetres = v.pipe(v.number(), v.minValue(-1000), v.maxValue(1000));
/** [x, y] on the floor in metres, to a tenth: x along the calibration's near side, y away from the camera. */
const FloorPoint = v.tuple([floorMetres, floorMetres]);
export type FloorPoint = v.InferOutput<typeof FloorPoint>;

const people = v.pipe(count, v.minValue(1));
const cellIndex = v.pipe(v.number(), v.integer(), v.minValue(-2000), v.maxValue(2000));

/** The floor as drawn, in metres, without any data of people. Reported once for each drawing. */
export const PlanRecord = v.strictObject({
  type: v.literal('plan'),
  case: v.literal('trajectories'),
  /** The part of the floor that the camera sees well enough to measure on it. */
  view: v.pipe(v.array(FloorPoint), v.maxLength(64)),
  zones: v.pipe(
    v.array(v.strictObject({ zone: shortId, points: v.pipe(v.array(FloorPoint), v.maxLength(32)) })),
    v.maxLength(16),
  ),
});

/** Cells of the floor in which at least k more people have been: [column, row, people, seconds together]. */
export const HeatRecord = v.strictObject({
  type: v.literal('heat'),
  case: v.literal('trajectories'),
  atS: sourceTime,
  cells: v.pipe(v.array(v.tuple([cellIndex, cellIndex, people, amount])), v.minLength(1), v.maxLength(256)),
  relaxed: relaxedMark,
});

/** At least k more people have gone from one zone to another by the same route; their mean path. */
export const FlowRecord = v.strictObject({
  type: v.literal('flow'),
  case: v.literal('trajectories'),
  atS: sourceTime,
  from: shortId,
  to: shortId,
  /** Which of the routes between the two, from 0. */
  route: v.pipe(count, v.maxValue(7)),
  people,
  points: v.pipe(v.array(FloorPoint), v.minLength(2), v.maxLength(16)),
  relaxed: relaxedMark,
});

/** At least k more people have gone from one zone to another, by any route. */
export const OdRecord = v.strictObject({
  type: v.literal('od'),
  case: v.literal('trajectories'),
  atS: sourceTime,
  from: shortId,
  to: shortId,
  people,
  trips: people,
  relaxed: relaxedMark,
});

/** At least k more people have visited a zone: number of visits, and their mean length. */
export const DwellRecord = v.strictObject({
  type: v.literal('dwell'),
  case: v.literal('trajectories'),
  atS: sourceTime,
  zone: shortId,
  people,
  visits: people,
  meanS: amount,
  relaxed: relaxedMark,
});

/** Number of people in each zone now, rounded down to a multiple of k. Reported on change. */
export const PresenceRecord = v.strictObject({
  type: v.literal('presence'),
  case: v.literal('trajectories'),
  atS: sourceTime,
  k: people,
  zones: v.pipe(v.array(v.strictObject({ zone: shortId, atLeast: count })), v.maxLength(16)),
  relaxed: relaxedMark,
});

/**
 * Synthetic sources only: how many more people the figures wait for that are held back. Of real people that would tell of fewer
 * than k. Reported on change.
 */
export const HeldRecord = v.strictObject({
  type: v.literal('held'),
  case: v.literal('trajectories'),
  atS: sourceTime,
  /** Zones of which a visit is held back. */
  zones: v.pipe(v.array(v.strictObject({ zone: shortId, more: people })), v.maxLength(16)),
  /** Of the cell of the floor that waits for the fewest; absent where nothing waits. */
  cell: v.optional(people),
  relaxed: relaxedMark,
});

export const TRAJECTORIES_CASE = defineCase({
  id: 'trajectories',
  number: 2,
  needs: ['objects'],
  config: TrajectoriesConfig,
  commands: [],
  records: [PlanRecord, HeatRecord, FlowRecord, OdRecord, DwellRecord, PresenceRecord, HeldRecord],
  pictures: false,
});
