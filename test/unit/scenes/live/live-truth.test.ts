import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { FrameTruth, SceneRecord, type Watched } from '../../../../scenes/live/contract.ts';
import { LiveTruth, type Seen } from '../../../../scenes/live/live-truth.ts';

const W = 100;
const H = 100;
const WATCHED: Watched = {
  lines: [{ id: 'l1', a: [0.5, 1], b: [0.5, 0] }],
  zones: [
    {
      id: 'z1',
      points: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [0, 1],
      ],
    },
  ],
  anchor: 'centre',
};
const at = (x: number, part: Partial<Seen> = {}): Seen => ({
  id: 'a-1',
  kind: 'pedestrian',
  box: [x - 5, 40, x + 5, 60],
  seen: [x - 5, 40, x + 5, 60],
  occlusion: 0,
  floor: [x, 60],
  ...part,
});
const watching = (watched = WATCHED) => {
  const tally = new LiveTruth();
  tally.watch(watched);
  return tally;
};

describe('the tally', () => {
  it('tells a crossing once, at the moment between two pictures, and adds it up', () => {
    const tally = watching();
    expect(tally.frame([at(40)], 1, W, H).crossings).toEqual([]);
    const { crossings, counts } = tally.frame([at(60)], 2, W, H);
    expect(crossings).toEqual([
      { line: 'l1', id: 'a-1', kind: 'pedestrian', direction: 'forward', atS: 1.5 },
    ]);
    expect(counts).toEqual({ l1: { pedestrian: { forward: 1, backward: 0 } } });
    expect(tally.frame([at(70)], 3, W, H)).toMatchObject({ crossings: [], counts });
    expect(tally.frame([at(30)], 4, W, H).counts['l1']!.pedestrian).toEqual({ forward: 1, backward: 1 });
  });

  it('counts by where one stands, when the camera does', () => {
    const tally = watching({ ...WATCHED, anchor: 'ground' });
    tally.frame([at(40, { floor: [40, 60] })], 0, W, H);
    expect(tally.frame([at(60, { floor: [45, 60] })], 1, W, H).crossings).toEqual([]);
    expect(tally.frame([at(60, { floor: [55, 60] })], 2, W, H).crossings).toHaveLength(1);
  });

  it.each([
    { says: 'after a cut', between: (tally: LiveTruth) => tally.cut(), crossings: 0 },
    { says: 'in the picture before', between: () => {}, crossings: 1 },
    {
      says: 'out of the picture in between',
      between: (tally: LiveTruth) => tally.frame([], 0.5, W, H),
      crossings: 0,
    },
  ])('knows who was elsewhere $says', ({ between, crossings }) => {
    const tally = watching();
    tally.frame([at(40)], 0, W, H);
    between(tally);
    expect(tally.frame([at(60)], 1, W, H).crossings).toHaveLength(crossings);
  });

  it('keeps the counts of lines that stay, and begins anew with one that was moved', () => {
    const second = { id: 'l2', a: [0.55, 1], b: [0.55, 0] } as const;
    const tally = watching({
      ...WATCHED,
      lines: [...WATCHED.lines, { ...second, a: [...second.a], b: [...second.b] }],
    });
    tally.frame([at(40)], 0, W, H);
    tally.frame([at(60)], 1, W, H);
    tally.watch({ ...WATCHED, lines: [...WATCHED.lines, { id: 'l2', a: [0.9, 1], b: [0.9, 0] }] });
    expect(tally.frame([at(60)], 2, W, H).counts).toEqual({
      l1: { pedestrian: { forward: 1, backward: 0 } },
      l2: {},
    });
  });

  it('counts who is in the picture and in a zone; the hidden are there all the same, but not in view', () => {
    const tally = watching();
    const people = [
      at(20),
      at(30, { id: 'a-2', seen: null, occlusion: 1 }),
      at(80, { id: 'b-1', kind: 'bicycle' }),
    ];
    const truth = tally.frame(people, 0, W, H);
    expect(truth.present).toEqual({ pedestrian: 1, bicycle: 1 });
    expect(truth.occupancy).toEqual({ z1: { pedestrian: 2 } });
    expect(truth.objects).toHaveLength(3);
  });

  it('tells nothing that the contract does not have', () => {
    const truth = watching().frame([at(40.123)], 1.23456, W, H);
    expect(v.safeParse(SceneRecord, truth).success).toBe(true);
    expect(truth.objects[0]!.box).toEqual([35.1, 40, 45.1, 60]);
    expect(v.safeParse(FrameTruth, { ...truth, picture: new Uint8Array(4) }).success).toBe(false);
    expect(v.safeParse(FrameTruth, { ...truth, atS: new ArrayBuffer(8) }).success).toBe(false);
  });
});
