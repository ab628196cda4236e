import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../../../workers/camera/inference/detector.ts';
import { Fault } from '../../../../../workers/camera/isolation/fault.ts';
import { card, clock, FakeEngine, outputs, tensor, type FakeEngineOptions } from './fakes.ts';
import { noisePicture } from './pictures.ts';

/** `rfb` is the plainest family: boxes as fractions of the input. */
const rfb = card({ family: 'rfb', classes: ['face'], thresholds: { score: 0.5, nms: 0.3 } });
type Candidate = readonly [score: number, box: readonly [number, number, number, number]];
const found = (...candidates: Candidate[]) =>
  outputs({
    scores: tensor(
      [1, candidates.length, 2],
      candidates.map(([score], i) => [[0, i, 1], score]),
    ),
    boxes: tensor(
      [1, candidates.length, 4],
      candidates.flatMap(([, box], i) => box.map((side, k) => [[0, i, k], side] as const)),
    ),
  });
const engine = (options: FakeEngineOptions) => new FakeEngine(options);
const detectOnce = (candidates: Candidate[], options = {}) =>
  createDetector(rfb, engine({ run: () => found(...candidates) }), options).detect(
    noisePicture(128, 64),
    clock,
  );

describe('createDetector', () => {
  it('gives boxes in pixels of the picture', async () => {
    // The picture fills the upper half of the 64 x 64 input, at half its size.
    const [face] = await detectOnce([[0.9, [0.25, 0.125, 0.5, 0.5]]]);
    expect(face).toMatchObject({ label: 'face', box: [32, 16, 64, 64] });
    expect(face!.score).toBeCloseTo(0.9);
  });

  it('gives boxes of a region in pixels of the picture, too', async () => {
    const detector = createDetector(rfb, engine({ run: () => found([0.9, [0, 0, 1, 1]]) }));
    const region = { x: 90, y: 10, width: 32, height: 32 };
    expect((await detector.detect(noisePicture(128, 64), clock, region))[0]!.box).toEqual([90, 10, 122, 42]);
  });

  it('moves landmarks with the box', async () => {
    const yunet = card({ family: 'yunet', classes: ['face'] });
    const tensors: Record<string, ReturnType<typeof tensor>> = {};
    for (const [stride, cells] of [
      [8, 64],
      [16, 16],
      [32, 4],
    ] as const) {
      const one = (dims: number[], at: number[], value: number) =>
        tensor(dims, stride === 32 ? [[at, value]] : []);
      tensors[`cls_${stride}`] = one([1, cells, 1], [0, 0, 0], 1);
      tensors[`obj_${stride}`] = one([1, cells, 1], [0, 0, 0], 1);
      tensors[`bbox_${stride}`] = tensor([1, cells, 4], []);
      tensors[`kps_${stride}`] = one([1, cells, 10], [0, 0, 1], 0.5);
    }
    const detector = createDetector(yunet, engine({ run: () => outputs(tensors) }));
    const [face] = await detector.detect(noisePicture(128, 128), clock);
    expect(face!.keypoints).toEqual([
      [0, 32],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it.each([
    { says: 'drops the doubtful by the card', candidates: [0.6, 0.45], options: {}, count: 1 },
    { says: 'drops the doubtful as asked', candidates: [0.6, 0.45], options: { minScore: 0.4 }, count: 2 },
    {
      says: 'keeps nothing when nothing is sure enough',
      candidates: [0.6, 0.45],
      options: { minScore: 1 },
      count: 0,
    },
  ])('$says', async ({ candidates, options, count }) => {
    const apart = candidates.map((score, i): Candidate => [score, [i / 4, 0, i / 4 + 0.2, 0.2]]);
    expect(await detectOnce(apart, options)).toHaveLength(count);
  });

  it.each([
    { says: 'one object, by the card', options: {}, count: 1 },
    { says: 'two objects, as asked', options: { maxIou: 0.9 }, count: 2 },
  ])('takes overlapping boxes for $says', async ({ options, count }) => {
    const boxes: Candidate[] = [
      [0.7, [0.1, 0, 0.5, 0.5]],
      [0.9, [0, 0, 0.4, 0.5]],
    ];
    const result = await detectOnce(boxes, options);
    expect(result).toHaveLength(count);
    expect(result[0]!.score).toBeCloseTo(0.9);
  });

  it('leaves out boxes of a damaged model', async () => {
    expect(
      await detectOnce([
        [0.9, [0, 0, Infinity, 1]],
        [0.9, [Number.NaN, 0, 1, 1]],
      ]),
    ).toEqual([]);
  });

  it('shows the engine the picture, and has forgotten it when it is done', async () => {
    let seen: Uint8Array | undefined;
    let atRun: number[] = [];
    const detector = createDetector(
      rfb,
      engine({
        run: (rgba) => {
          seen = rgba;
          atRun = [...rgba.subarray(0, 4)];
          return found();
        },
      }),
    );
    await detector.detect(noisePicture(64, 64), clock);
    expect(atRun).toEqual([...noisePicture(64, 64).pixels.subarray(0, 4)]);
    expect(seen!.every((byte) => byte === 0)).toBe(true);
    expect(detector.inputBytes).toBeGreaterThanOrEqual(64 * 64 * 4);
  });

  it('has forgotten the picture also when the engine fails, and goes on afterwards', async () => {
    let seen: Uint8Array | undefined;
    let fails = true;
    const detector = createDetector(
      rfb,
      engine({
        run: (rgba) => {
          seen = rgba;
          if (fails) throw new Fault('gpu-lost', 'gone');
          return found([0.9, [0, 0, 1, 1]]);
        },
      }),
    );
    await expect(detector.detect(noisePicture(64, 64), clock)).rejects.toMatchObject({ code: 'gpu-lost' });
    expect(seen!.every((byte) => byte === 0)).toBe(true);
    fails = false;
    expect(await detector.detect(noisePicture(64, 64), clock)).toHaveLength(1);
  });

  it('takes one picture after the other, in order', async () => {
    const reds: number[] = [];
    const fake = engine({
      run: async (rgba) => {
        const red = rgba[0]!;
        await new Promise((resolve) => setTimeout(resolve, 1));
        reds.push(red, rgba[0]!);
        return found();
      },
    });
    const detector = createDetector(rfb, fake);
    const plain = (red: number) => {
      const picture = noisePicture(64, 64);
      picture.pixels.fill(red);
      return picture;
    };
    await Promise.all([10, 20, 30].map((red) => detector.detect(plain(red), clock)));
    expect(fake.busiest).toBe(1);
    expect(reds).toEqual([10, 10, 20, 20, 30, 30]);
  });

  it('times preparing and inferring apart', async () => {
    const stages: string[] = [];
    const fake = engine({
      run: () => {
        stages.push('run');
        return found();
      },
    });
    await createDetector(rfb, fake).detect(noisePicture(64, 64), {
      prepare: (work) => {
        stages.push('prepare');
        return work();
      },
      infer: async (work) => {
        stages.push('infer');
        const result = await work();
        stages.push('inferred');
        return result;
      },
    });
    expect(stages).toEqual(['prepare', 'infer', 'run', 'inferred']);
  });

  it('wipes and releases the engine after what is under way', async () => {
    const fake = engine({ run: () => new Promise((resolve) => setTimeout(() => resolve(found()), 5)) });
    const detector = createDetector(rfb, fake);
    const under = detector.detect(noisePicture(64, 64), clock).then(() => expect(fake.wipes).toBe(0));
    await detector.wipe();
    await detector.release();
    await under;
    expect([fake.wipes, fake.released]).toEqual([1, 1]);
  });

  it('says what it runs on', () => {
    const detector = createDetector(rfb, engine({ backend: 'webgpu', threads: 3, width: 128, height: 96 }));
    expect(detector).toMatchObject({
      model: 'test-model',
      backend: 'webgpu',
      threads: 3,
      width: 128,
      height: 96,
      labels: ['face'],
    });
  });

  it('refuses a family that does not detect, naming those that do', () => {
    const make = () => createDetector(card({ family: 'movenet' }), engine({}));
    expect(make).toThrow(expect.objectContaining({ code: 'model-unsupported' }));
    expect(make).toThrow(/centernet.*yunet/);
  });

  it.each([{ minScore: -0.1 }, { minScore: Number.NaN }, { maxIou: 1.1 }])('refuses %o', (options) => {
    expect(() => createDetector(rfb, engine({}), options)).toThrow(RangeError);
  });
});
