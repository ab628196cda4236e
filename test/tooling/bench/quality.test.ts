import { describe, expect, it } from 'vitest';
import type { FrameObject, SceneObject, Truth } from '../../../scenes/truth/schema.ts';
import { faceQuality, objectQuality } from '../../bench/peers/quality.ts';

const someone = (id: string, age: number, sex: 'male' | 'female'): SceneObject => ({
  id,
  kind: 'pedestrian',
  sizeM: [0.5, 1.7, 0.4],
  person: { age, sex, identity: id },
});

const seenAt = (id: string, box: FrameObject['box'], part: Partial<FrameObject> = {}): FrameObject => ({
  id,
  box,
  seen: box,
  occlusion: 0,
  floor: [0, 0],
  headingDeg: 0,
  ...part,
});

const truthOf = (objects: SceneObject[], frames: FrameObject[][]) =>
  ({ objects, frames: frames.map((list) => ({ objects: list, occupancy: {} })) }) as unknown as Truth;

describe('the quality of faces', () => {
  const face = (box: FrameObject['box'], seen = true) => ({ face: { box, yawDeg: 0, open: 1, seen } });
  const body: FrameObject['box'] = [0, 0, 100, 300];
  const truth = truthOf(
    [someone('a', 30, 'female'), someone('b', 8, 'male')],
    [
      [
        seenAt('a', body, face([20, 20, 60, 70])),
        seenAt('b', body, face([200, 20, 240, 70])),
        seenAt('a', body, face([400, 20, 420, 40])),
        seenAt('b', body, face([500, 20, 540, 70], false)),
      ],
    ],
  );

  it('asks for faces that can be seen, and for the sex of adults only', () => {
    const found = [{ box: [20, 20, 60, 70], score: 0.9, age: 34, sex: 'female' }] as const;
    expect(faceQuality(truth, [0], [found])).toEqual({
      recall: 0.5,
      precision: 1,
      ageMae: 4,
      sexAccuracy: 1,
      faces: 2,
    });
  });

  it('counts neither small nor averted faces as false detections', () => {
    const found = [
      { box: [400, 20, 420, 40], score: 0.9 },
      { box: [500, 20, 540, 70], score: 0.9 },
    ] as const;
    expect(faceQuality(truth, [0], [found])).toMatchObject({ recall: 0, precision: NaN });
  });

  it('counts a sex that was not told as wrong', () => {
    const found = [{ box: [20, 20, 60, 70], score: 0.9, age: 30 }] as const;
    expect(faceQuality(truth, [0], [found])).toMatchObject({ sexAccuracy: 0, ageMae: 0 });
  });
});

describe('the quality of objects', () => {
  const truth = truthOf(
    [someone('a', 30, 'female'), { id: 'r', kind: 'bicycle', sizeM: [0.6, 1.7, 1.8] }],
    [
      [
        seenAt('a', [0, 0, 50, 150]),
        seenAt('r', [100, 0, 200, 150], {
          parts: {
            vehicle: { box: [100, 60, 200, 150], seen: [100, 60, 200, 150], occlusion: 0 },
            rider: { box: [120, 0, 180, 120], seen: [120, 0, 180, 120], occlusion: 0.2 },
          },
        }),
      ],
    ],
  );
  const person = { box: [0, 0, 50, 150], score: 0.5, label: 'person' } as const;
  const rider = { box: [120, 0, 180, 120], score: 0.6, label: 'person' } as const;
  const bicycle = { box: [100, 60, 200, 150], score: 0.4, label: 'bicycle' } as const;

  it('expects a bicycle and a person where a person rides', () => {
    expect(objectQuality(truth, [0], [[person, rider, bicycle]])).toMatchObject({
      precision: 1,
      recall: 1,
      byLabel: { person: { truth: 2, recall: 1 }, bicycle: { truth: 1, recall: 1 } },
    });
  });

  it('does not hold things against a detector that are not compared', () => {
    const vase = { box: [300, 0, 340, 60], score: 0.9, label: 'vase' } as const;
    expect(objectQuality(truth, [0], [[person, rider, bicycle, vase]]).precision).toBe(1);
  });

  it('finds the best threshold, wherever the detector has its own', () => {
    const ghost = { box: [300, 0, 340, 60], score: 0.1, label: 'person' } as const;
    const { f1, bestF1 } = objectQuality(truth, [0], [[person, rider, bicycle, ghost]]);
    expect(f1).toBeCloseTo(6 / 7, 6);
    expect(bestF1).toBe(1);
  });
});
