import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { CountingConfig, MIN_LINE, Polygon, type Point } from '../../../../contract/index.ts';
import {
  add,
  defaultPoints,
  Drawing,
  EMPTY,
  flip,
  isRefused,
  MAX_SHAPES,
  pointsOf,
  remove,
  removeCorner,
  rename,
  reshape,
  setAngle,
  setGroundSize,
  splitSide,
  toConfig,
  toMasks,
  type Change,
  type ShapeGroup,
} from '../../../../src/drawing/drawing.ts';
import { isConvex, relativeArea, relativeLength, shift } from '../../../../src/drawing/geometry.ts';

const WIDE = 16 / 9;
const GROUPS: ShapeGroup[] = ['lines', 'zones', 'masks', 'ground'];
const LINE: Point[] = [
  [0.2, 0.5],
  [0.8, 0.5],
];
const SQUARE: Point[] = [
  [0.2, 0.2],
  [0.6, 0.2],
  [0.6, 0.6],
  [0.2, 0.6],
];

/** The drawing of a change that must have been accepted. */
function accepted(change: Change): Drawing {
  if (isRefused(change)) throw new Error(`refused: ${change.refused}`);
  return change.drawing;
}

describe('geometry', () => {
  it.each<{ says: string; a: Point; b: Point; aspect: number; length: number }>([
    { says: 'the whole diagonal is 1', a: [0, 0], b: [1, 1], aspect: 2, length: 1 },
    { says: 'a point is 0', a: [0.3, 0.3], b: [0.3, 0.3], aspect: 2, length: 0 },
    { says: 'a full side of a square is 1/√2', a: [0, 0], b: [1, 0], aspect: 1, length: Math.SQRT1_2 },
    { says: 'the wide side weighs more', a: [0, 0], b: [1, 0], aspect: 4 / 3, length: 0.8 },
  ])('length: $says', ({ a, b, aspect, length }) => {
    expect(relativeLength(a, b, aspect)).toBeCloseTo(length);
  });

  it('area does not depend on the sense in which the corners go round', () => {
    expect(relativeArea(SQUARE)).toBeCloseTo(0.16);
    expect(relativeArea(SQUARE.toReversed())).toBeCloseTo(0.16);
  });

  it.each<{ says: string; points: Point[]; convex: boolean }>([
    { says: 'a square is convex', points: SQUARE, convex: true },
    { says: 'so is the same square the other way round', points: SQUARE.toReversed(), convex: true },
    {
      says: 'crossing sides are not',
      points: [SQUARE[0]!, SQUARE[2]!, SQUARE[1]!, SQUARE[3]!],
      convex: false,
    },
    { says: 'a dent is not', points: [...SQUARE.slice(0, 2), [0.3, 0.3], SQUARE[3]!], convex: false },
    {
      says: 'three in a row are not',
      points: [
        [0, 0],
        [0.5, 0],
        [1, 0],
        [0.5, 1],
      ],
      convex: false,
    },
  ])('$says', ({ points, convex }) => {
    expect(isConvex(points)).toBe(convex);
  });

  it.each<{ says: string; by: [number, number]; first: Point }>([
    { says: 'moves as asked', by: [0.1, 0.2], first: [0.3, 0.4] },
    { says: 'stops at the right edge without losing its shape', by: [0.9, 0], first: [0.6, 0.2] },
    { says: 'stops at the top left corner', by: [-1, -1], first: [0, 0] },
  ])('a shape that is shifted $says', ({ by, first }) => {
    const moved = shift(SQUARE, ...by);
    expect(moved[0]).toEqual(first);
    expect(relativeArea(moved)).toBeCloseTo(0.16);
  });
});

describe('adding', () => {
  it.each(GROUPS)('%s: what is placed without a pointer is accepted, whatever is there already', (group) => {
    let drawing = EMPTY;
    for (let i = 0; i < 7; i++) drawing = accepted(add(drawing, group, defaultPoints(drawing, group), WIDE));
    expect(v.is(CountingConfig, toConfig(drawing))).toBe(true);
    expect(v.is(v.array(Polygon), toMasks(drawing))).toBe(true);
  });

  it.each<{ says: string; group: ShapeGroup; points: Point[]; refused: string }>([
    {
      says: 'a line without length',
      group: 'lines',
      points: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      refused: 'line-too-short',
    },
    { says: 'a line of one point', group: 'lines', points: [[0.5, 0.5]], refused: 'line-too-short' },
    {
      says: 'a line just below the least length',
      group: 'lines',
      points: [
        [0, 0.5],
        [0, 0.5 + MIN_LINE * Math.hypot(WIDE, 1) - 0.001],
      ],
      refused: 'line-too-short',
    },
    { says: 'a zone of two corners', group: 'zones', points: LINE, refused: 'zone-too-small' },
    { says: 'a zone without area', group: 'zones', points: [...LINE, [0.5, 0.5]], refused: 'zone-too-small' },
    { says: 'a mask without area', group: 'masks', points: [...LINE, [0.5, 0.5]], refused: 'zone-too-small' },
    {
      says: 'a ground of three points',
      group: 'ground',
      points: SQUARE.slice(1),
      refused: 'calibration-degenerate',
    },
    {
      says: 'a ground whose sides cross',
      group: 'ground',
      points: [SQUARE[0]!, SQUARE[2]!, SQUARE[1]!, SQUARE[3]!],
      refused: 'calibration-degenerate',
    },
  ])('refuses $says', ({ group, points, refused }) => {
    expect(add(EMPTY, group, points, WIDE)).toEqual({ refused });
  });

  it('takes a line of the least length', () => {
    const b: Point = [0, 0.5 + MIN_LINE * Math.hypot(WIDE, 1) + 0.0002];
    expect(isRefused(add(EMPTY, 'lines', [[0, 0.5], b], WIDE))).toBe(false);
  });

  it('refuses the seventeenth, as the contract would', () => {
    let drawing = EMPTY;
    for (let i = 0; i < MAX_SHAPES; i++) drawing = accepted(add(drawing, 'lines', LINE, WIDE));
    expect(add(drawing, 'lines', LINE, WIDE)).toEqual({ refused: 'config-invalid' });
  });

  it('never gives an id twice, so that old counts keep their line', () => {
    const one = accepted(add(EMPTY, 'lines', LINE, WIDE));
    const none = remove(one, { group: 'lines', id: one.lines[0]!.id });
    const other = accepted(add(none, 'lines', LINE, WIDE));
    expect(other.lines[0]!.id).not.toBe(one.lines[0]!.id);
  });

  it('pulls points back into the picture', () => {
    const drawing = accepted(
      add(
        EMPTY,
        'lines',
        [
          [-0.2, 0.5],
          [1.3, 0.5],
        ],
        WIDE,
      ),
    );
    expect(pointsOf(drawing, { group: 'lines', id: 'l1' })).toEqual([
      [0, 0.5],
      [1, 0.5],
    ]);
  });
});

describe('changing', () => {
  const drawing = accepted(add(accepted(add(EMPTY, 'lines', LINE, WIDE)), 'zones', SQUARE, WIDE));
  const line = { group: 'lines', id: 'l1' } as const;
  const zone = { group: 'zones', id: 'z2' } as const;

  it('flips a line by swapping its ends, and back again', () => {
    expect(pointsOf(flip(drawing, 'l1'), line)).toEqual(LINE.toReversed());
    expect(flip(flip(drawing, 'l1'), 'l1')).toEqual(drawing);
  });

  it('refuses to bring a line’s ends together', () => {
    expect(reshape(drawing, line, [LINE[0]!, LINE[0]!], WIDE)).toEqual({ refused: 'line-too-short' });
  });

  it('puts a corner in the middle of a side', () => {
    expect(pointsOf(accepted(splitSide(drawing, zone, 3, WIDE)), zone).at(-1)).toEqual([0.2, 0.4]);
  });

  it('takes a corner away, and with the third last the whole zone', () => {
    const three = accepted(removeCorner(drawing, zone, 0, WIDE));
    expect(pointsOf(three, zone)).toHaveLength(3);
    expect(accepted(removeCorner(three, zone, 0, WIDE)).zones).toEqual([]);
  });

  it('takes a line away when one of its ends is deleted', () => {
    expect(accepted(removeCorner(drawing, line, 1, WIDE)).lines).toEqual([]);
  });

  it('names shapes for the page; the camera hears no name', () => {
    const named = rename(drawing, line, '駅側 <b>');
    expect(named.lines[0]!.name).toBe('駅側 <b>');
    expect(JSON.stringify(toConfig(named))).not.toContain('駅側');
  });

  it('sets the least angle', () => {
    expect(toConfig(setAngle(drawing, 'l1', 40)).lines[0]!.minAngleDeg).toBe(40);
  });

  it.each([
    { says: 'a sensible size is taken', widthM: 7.5, kept: 7.5 },
    { says: 'nothing typed yet leaves the old one', widthM: NaN, kept: 5 },
    { says: 'no size at all leaves the old one', widthM: 0, kept: 5 },
    { says: 'a size beyond reason leaves the old one', widthM: 5000, kept: 5 },
  ])('ground: $says', ({ widthM, kept }) => {
    const grounded = accepted(add(drawing, 'ground', SQUARE, WIDE));
    expect(setGroundSize(grounded, { widthM }).ground?.widthM).toBe(kept);
  });

  it('survives being stored and read again', () => {
    const grounded = accepted(add(drawing, 'ground', SQUARE, WIDE));
    expect(v.parse(Drawing, JSON.parse(JSON.stringify(grounded)))).toEqual(grounded);
    expect(remove(grounded, { group: 'ground', id: 'ground' }).ground).toBeUndefined();
  });
});
