/** The floor as drawn in the picture, in metres: zones, and the measurable part of the floor. */
import type { OutRecordOf, Point, TrajectoriesConfig } from '../../../../contract/index.ts';
import type { Vec } from '../../vision/geometry/boxes.ts';
import type { GroundFloor } from './vision/ground-position.ts';
import type { PictureSize } from '../../vision/tracking/track.ts';

/** Columns of the picture in which the far end of the measurable floor is looked for. */
const COLUMNS = 12;
/** Halvings of the picture's height: to half a thousandth of it. */
const HALVINGS = 11;
const FARTHEST_M = 1000;

export function planOf(
  { zones }: TrajectoriesConfig,
  floor: GroundFloor,
  { width, height }: PictureSize,
): OutRecordOf<'plan'> {
  const onFloor = (points: readonly Point[]) =>
    points.flatMap(([x, y]) => metres(floor.locate([x * width, y * height])));
  const columns = Array.from({ length: COLUMNS + 1 }, (_, i) => (i / COLUMNS) * width);
  const near = columns.filter((x) => floor.measurable([x, height]));
  const far = near.map((x): Vec => [x, farthestRow(x, floor, height)]);
  const outline = [...near.map((x): Vec => [x, height]), ...far.toReversed()];
  return {
    type: 'plan',
    case: 'trajectories',
    view: outline.flatMap((pixel) => metres(floor.locate(pixel))),
    zones: zones.map(({ id, points }) => ({ zone: id, points: onFloor(points) })),
  };
}

/** Uppermost row of a column where positions are known to a metre, by bisection: the error grows upwards. */
function farthestRow(x: number, floor: GroundFloor, height: number): number {
  let [unknown, known] = [0, height];
  for (let i = 0; i < HALVINGS; i++) {
    const row = (unknown + known) / 2;
    if (floor.measurable([x, row])) known = row;
    else unknown = row;
  }
  return known;
}

function metres(at: Vec | undefined): [number, number][] {
  if (!at || at.some((value) => Math.abs(value) > FARTHEST_M)) return [];
  return [[tenths(at[0]), tenths(at[1])]];
}

const tenths = (value: number) => Math.round(value * 10) / 10 + 0;
