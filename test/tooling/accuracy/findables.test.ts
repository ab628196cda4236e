import { describe, expect, it } from 'vitest';
import type { Box, FrameObject, Truth } from '../../../scenes/truth/schema.ts';
import { findables, isAskedSize, type Subject } from '../../accuracy/findables.ts';

const KINDS = ['pedestrian', 'bicycle', 'motorcycle', 'car', 'truck'] as const;
type Kind = (typeof KINDS)[number];

const truth = {
  width: 960,
  height: 540,
  objects: KINDS.map((kind) => ({ id: kind, kind, sizeM: [1, 1, 1] })),
} as unknown as Truth;

/** Wholly seen unless said otherwise. */
const object = (id: Kind, box: Box, rest: Partial<FrameObject> = {}): FrameObject => ({
  id,
  box,
  seen: box,
  occlusion: 0,
  floor: [0, 0],
  headingDeg: 0,
  ...rest,
});
const part = (box: Box) => ({ box, seen: box, occlusion: 0 });
const asked = (subject: Subject, one: FrameObject) =>
  findables(truth, { objects: [one], occupancy: {} }, subject).map((each) => each.asked);

const tall: Box = [100, 100, 130, 165];
const machine: Box = [100, 140, 180, 185];
const parts = { vehicle: part(machine), rider: part(tall) };
const faceOf = (box: Box, seen: boolean) => ({ face: { box, yawDeg: 0, open: 1, seen } });

describe('what a detector is asked for', () => {
  it.each<{ says: string; subject: Subject; one: FrameObject; expected: boolean[] }>([
    { says: 'a person of 65 px', subject: 'person', one: object('pedestrian', tall), expected: [true] },
    {
      says: 'not a person of 55 px, who is no false detection either',
      subject: 'person',
      one: object('pedestrian', [100, 100, 130, 155]),
      expected: [false],
    },
    {
      says: 'a person of whom a tenth is hidden',
      subject: 'person',
      one: object('pedestrian', tall, { occlusion: 0.1 }),
      expected: [true],
    },
    {
      says: 'not a person of whom more is hidden',
      subject: 'person',
      one: object('pedestrian', tall, { occlusion: 0.11 }),
      expected: [false],
    },
    {
      says: 'not a person whom the border cuts',
      subject: 'person',
      one: object('pedestrian', [-5, 100, 30, 200]),
      expected: [false],
    },
    {
      says: 'nobody whom nothing shows of',
      subject: 'person',
      one: object('pedestrian', tall, { seen: null, occlusion: 1 }),
      expected: [],
    },
    {
      says: 'not a rider, who is a person all the same',
      subject: 'person',
      one: object('motorcycle', machine, { parts }),
      expected: [false],
    },
    {
      says: 'a bicycle as long as 80 px, whatever its height',
      subject: 'bicycle',
      one: object('bicycle', tall, { parts }),
      expected: [true],
    },
    {
      says: 'no motorcycle where bicycles are looked for',
      subject: 'bicycle',
      one: object('motorcycle', machine, { parts }),
      expected: [],
    },
    { says: 'a car', subject: 'car', one: object('car', tall, { occlusion: 0.3 }), expected: [true] },
    { says: 'no truck where cars are looked for', subject: 'car', one: object('truck', tall), expected: [] },
    {
      says: 'a face of 40 px that is seen',
      subject: 'face',
      one: object('pedestrian', tall, faceOf([100, 100, 130, 140], true)),
      expected: [true],
    },
    {
      says: 'not a face that looks away, which is a face all the same',
      subject: 'face',
      one: object('pedestrian', tall, faceOf([100, 100, 130, 140], false)),
      expected: [false],
    },
  ])('is $says', ({ subject, one, expected }) => {
    expect(asked(subject, one)).toEqual(expected);
  });

  it('may be framed as a whole, cut at the border, or as far as it is seen', () => {
    const one = object('bicycle', tall, {
      parts: { rider: part(tall), vehicle: { box: [-10, 0, 80, 60], seen: [20, 0, 80, 60], occlusion: 0.2 } },
    });
    expect(findables(truth, { objects: [one], occupancy: {} }, 'bicycle')[0]!.boxes).toEqual([
      [0, 0, 80, 60],
      [20, 0, 80, 60],
    ]);
  });

  it('on photos is no larger than in the clips', () => {
    expect(isAskedSize('person', [0, 0, 10, 300], { person: 250 })).toBe(false);
    expect(isAskedSize('person', [0, 0, 10, 250], { person: 250 })).toBe(true);
  });
});
