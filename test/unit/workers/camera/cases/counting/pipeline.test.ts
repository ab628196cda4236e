import { describe, expect, it } from 'vitest';
import type { CountingConfig, GroundCalibration, OutRecord } from '../../../../../../contract/index.ts';
import { OutRecord as Schema } from '../../../../../../contract/index.ts';
import { CountingPipeline } from '../../../../../../workers/camera/cases/counting/pipeline.ts';
import type { Seen } from '../../../../../../workers/camera/cases/pipeline.ts';
import type { Box, Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import * as v from 'valibot';
import { LEFT_HALF } from '../areas.ts';

const WIDTH = 640;
const HEIGHT = 360;
const FPS = 10;

/** A line down the middle; forward is to the left (the normal to the right of top -> bottom). */
const MIDDLE = {
  id: 'middle',
  a: [0.5, 0],
  b: [0.5, 1],
  minAngleDeg: 15,
} satisfies CountingConfig['lines'][number];
const config = (more: Partial<CountingConfig> = {}): CountingConfig => ({
  case: 'counting',
  lines: [MIDDLE],
  zones: [],
  anchor: 'centre',
  ...more,
});

/** Something that goes straight from x0 to x1 at height y, seen in each of `frames` frames. */
const walker =
  (label: string, x0: number, x1: number, frames: number, [w, h]: [number, number] = [40, 100], y = 200) =>
  (i: number): Detection[] => {
    if (i >= frames) return [];
    const x = x0 + ((x1 - x0) * i) / (frames - 1);
    const box: Box = [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
    return [{ box, score: 0.8, label }];
  };

function run(
  pipeline: CountingPipeline,
  frames: number,
  see: (i: number) => Detection[],
  from = 0,
): OutRecord[] {
  const out: OutRecord[] = [];
  for (let i = 0; i < frames; i++) {
    const seen: Seen = {
      index: i,
      timeS: (from + i) / FPS,
      width: WIDTH,
      height: HEIGHT,
      objects: see(i),
      faces: [],
    };
    pipeline.track(seen);
    out.push(...pipeline.extract(seen));
  }
  for (const record of out) expect(v.is(Schema, record)).toBe(true);
  return out;
}

const counts = (records: OutRecord[]) =>
  records.flatMap((r) => (r.type === 'count' ? [`${r.line} ${r.direction} ${r.kind}`] : []));

describe('counting', () => {
  it.each([
    {
      says: 'a pedestrian to the right',
      label: 'person',
      x0: 100,
      x1: 540,
      is: 'middle backward pedestrian',
    },
    { says: 'a pedestrian to the left', label: 'person', x0: 540, x1: 100, is: 'middle forward pedestrian' },
    { says: 'a car', label: 'car', x0: 100, x1: 540, is: 'middle backward car' },
  ])('counts $says once', ({ label, x0, x1, is }) => {
    const pipeline = new CountingPipeline(config());
    const records = [...run(pipeline, 30, walker(label, x0, x1, 30)), ...pipeline.finish()];
    expect(counts(records)).toEqual([is]);
  });

  it('counts a rider and the bicycle as one bicycle', () => {
    const pipeline = new CountingPipeline(config());
    const bicycle = walker('bicycle', 100, 540, 30, [90, 60], 240);
    const rider = walker('person', 100, 540, 30, [40, 100], 195);
    const records = [...run(pipeline, 30, (i) => [...bicycle(i), ...rider(i)]), ...pipeline.finish()];
    expect(counts(records)).toEqual(['middle backward bicycle']);
  });

  it('drops what is not counted before it is even tracked', () => {
    const pipeline = new CountingPipeline(config());
    run(pipeline, 20, walker('dog', 100, 540, 20));
    expect(pipeline.following).toBe(0);
  });

  it('tells speed and height only where the ground is calibrated', () => {
    const plain = new CountingPipeline(config());
    const see = walker('person', 100, 540, 30);
    expect(JSON.stringify([...run(plain, 30, see), ...plain.finish()])).not.toMatch(/speed|height/);
    const calibrated = new CountingPipeline(
      config({
        calibration: {
          points: [
            [0.1, 0.9],
            [0.9, 0.9],
            [0.7, 0.4],
            [0.3, 0.4],
          ],
          widthM: 10,
          depthM: 10,
        },
      }),
    );
    const records = [...run(calibrated, 30, see), ...calibrated.finish()];
    const count = records.find((r) => r.type === 'count')!;
    expect(count).toHaveProperty('speedKmh');
    expect(Number.isInteger((count as { speedKmh: number }).speedKmh)).toBe(true);
  });

  it('says of a zone who is in it, only when that changes', () => {
    const pipeline = new CountingPipeline(config({ lines: [], zones: [LEFT_HALF] }));
    // Comes in over the right half, stays in the left one, and is gone.
    const inAndStay = walker('person', 540, 100, 20);
    const records = [
      ...run(pipeline, 40, (i) => inAndStay(Math.min(i, 19))),
      ...run(pipeline, 40, () => [], 40),
      ...pipeline.finish(),
    ].flatMap((r) => (r.type === 'zone' ? [r] : []));
    expect(records[0]).toMatchObject({ zone: 'left', present: {}, entered: {} });
    expect(records.map((r) => r.present.pedestrian ?? 0)).toContain(1);
    expect(records.at(-1)).toMatchObject({ present: {}, entered: { pedestrian: 1 } });
    expect(records.length).toBeLessThan(6);
  });

  it('loses no count when a line is moved right after a crossing', () => {
    const pipeline = new CountingPipeline(config());
    const see = walker('person', 100, 540, 30);
    // The crossing is at frame 14.5 and waits a second for its kind to settle.
    const first = run(pipeline, 17, see);
    pipeline.configure(config({ lines: [{ ...MIDDLE, a: [0.9, 0], b: [0.9, 1] }] }));
    const rest = [...run(pipeline, 13, (i) => see(17 + i), 17), ...pipeline.finish()];
    expect(counts([...first, ...rest])).toEqual(['middle backward pedestrian']);
  });

  it('forgets everything on reset', () => {
    const pipeline = new CountingPipeline(config());
    const see = walker('person', 100, 540, 30);
    run(pipeline, 10, see);
    pipeline.reset();
    expect(pipeline.following).toBe(0);
    expect(pipeline.finish()).toEqual([]);
  });
});

describe('a drawing that cannot be counted with', () => {
  const square = [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.9, 0.9],
    [0.1, 0.9],
  ] as [number, number][];
  it.each([
    {
      says: 'a line of no length',
      more: { lines: [{ ...MIDDLE, b: [0.5, 0] as [number, number] }] },
      code: 'line-too-short',
    },
    {
      says: 'a zone without area',
      more: {
        zones: [
          {
            id: 'flat',
            points: [
              [0, 0],
              [0.5, 0.5],
              [1, 1],
            ] as [number, number][],
          },
        ],
      },
      code: 'zone-too-small',
    },
    {
      says: 'four calibration points on one line',
      more: {
        calibration: {
          points: [
            [0, 0],
            [0.2, 0.2],
            [0.4, 0.4],
            [0.6, 0.6],
          ] as GroundCalibration['points'],
          widthM: 3,
          depthM: 3,
        },
      },
      code: 'calibration-degenerate',
    },
  ])('$says is refused and the old one stays', ({ more, code }) => {
    const bad = config(more);
    expect(() => new CountingPipeline(bad)).toThrowError(expect.objectContaining({ code }));
    const pipeline = new CountingPipeline(config({ zones: [{ id: 'all', points: square }] }));
    expect(() => pipeline.configure(bad)).toThrowError(expect.objectContaining({ code }));
    const records = [...run(pipeline, 30, walker('person', 100, 540, 30)), ...pipeline.finish()];
    expect(counts(records)).toEqual(['middle backward pedestrian']);
  });
});
