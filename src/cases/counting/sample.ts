/** The sample clip and its description: its lines, its ground, and the true counts. */
import * as v from 'valibot';
import { CountingLine, GroundCalibration, KINDS, Polygon } from '../../../contract/index.ts';
import { DEFAULT_ANGLE_DEG, EMPTY, type Drawing } from '../../drawing/drawing.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

export const Sample = v.object({
  id: v.string(),
  file: v.string(),
  width: whole,
  height: whole,
  lines: v.array(CountingLine),
  zones: v.optional(v.array(Polygon), []),
  calibration: v.optional(GroundCalibration),
  /** Exact truth by line, kind and direction; kinds that do not cross may be left out. */
  counts: v.optional(
    v.record(v.string(), v.record(v.picklist(KINDS), v.object({ forward: whole, backward: whole }))),
    {},
  ),
});
export type Sample = v.InferOutput<typeof Sample>;

/** The default drawing on the sample. */
export function sampleDrawing(sample: Sample): Drawing {
  return {
    ...EMPTY,
    lines: sample.lines.map((line) => ({
      ...line,
      name: '',
      minAngleDeg: line.minAngleDeg ?? DEFAULT_ANGLE_DEG,
    })),
    zones: sample.zones.map((zone) => ({ ...zone, name: '' })),
    ...(sample.calibration && { ground: sample.calibration }),
  };
}

/** The default drawing on any other source: one upright line in the middle, so that counting starts at once. */
export const PLAIN_DRAWING: Drawing = {
  ...EMPTY,
  lines: [{ id: 'l1', name: '', a: [0.5, 0.05], b: [0.5, 0.95], minAngleDeg: DEFAULT_ANGLE_DEG }],
  next: 2,
};
