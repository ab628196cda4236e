import { describe, expect, it } from 'vitest';
import { decodeBlazeface } from '../../../../workers/inference/decoders/blazeface.ts';
import { decodeCenternet } from '../../../../workers/inference/decoders/centernet.ts';
import type { Decoder } from '../../../../workers/inference/decoders/decoder.ts';
import { decodeFastestdet } from '../../../../workers/inference/decoders/fastestdet.ts';
import { DECODERS } from '../../../../workers/inference/decoders/index.ts';
import { decodeMediapipeFace } from '../../../../workers/inference/decoders/mediapipe-face.ts';
import { decodeNanodet } from '../../../../workers/inference/decoders/nanodet.ts';
import { decodeRfb } from '../../../../workers/inference/decoders/rfb.ts';
import { decodeYolox } from '../../../../workers/inference/decoders/yolox.ts';
import { decodeYunet } from '../../../../workers/inference/decoders/yunet.ts';
import type { Tensor } from '../../../../workers/inference/engine.ts';
import type { Detection } from '../../../../workers/vision/detection.ts';
import { outputs, tensor } from '../fakes.ts';

const labels = ['person', 'car'];
const input = (more = {}) => ({ width: 64, height: 32, labels, minScore: 0.3, ...more });
const faces = (more = {}) => ({ width: 64, height: 32, labels: ['face'], minScore: 0.3, ...more });

/** Compares with tolerance: the tensors are single precision. */
function expectDetections(found: readonly Detection[], wanted: readonly Detection[]) {
  expect(found.map(({ label }) => label)).toEqual(wanted.map(({ label }) => label));
  found.forEach((detection, i) => {
    expect(detection.score).toBeCloseTo(wanted[i]!.score, 5);
    detection.box.forEach((side, k) => expect(side).toBeCloseTo(wanted[i]!.box[k]!, 4));
    expect(detection.keypoints?.length).toBe(wanted[i]!.keypoints?.length);
    detection.keypoints?.forEach(([x, y], k) => {
      expect(x).toBeCloseTo(wanted[i]!.keypoints![k]![0], 4);
      expect(y).toBeCloseTo(wanted[i]!.keypoints![k]![1], 4);
    });
  });
}

describe('decodeCenternet', () => {
  const SIDES = (x: number, y: number): [number[], number][] =>
    [10, 6, 3, 2].map((distance, side) => [[0, side, y, x], distance]);
  const run = (heat: [number[], number][], sides: [number[], number][] = SIDES(5, 4)) =>
    decodeCenternet(outputs({ hm: tensor([1, 2, 8, 16], heat), wh: tensor([1, 4, 8, 16], sides) }), input());

  it('reads a box around its cell', () => {
    expectDetections(run([[[0, 1, 4, 5], 0.5]]), [{ label: 'car', score: 0.5, box: [10, 10, 23, 18] }]);
  });

  it.each([
    { says: 'not a number', heat: [[[0, 0, 4, 5], Number.NaN]], count: 0 },
    { says: 'a cell below the threshold', heat: [[[0, 0, 4, 5], 0.29]], count: 0 },
    {
      says: 'a lower neighbour of a peak',
      heat: [
        [[0, 0, 4, 5], 0.5],
        [[0, 0, 5, 6], 0.4],
      ],
      count: 1,
    },
    {
      says: 'a peak two cells from a higher one',
      heat: [
        [[0, 0, 4, 5], 0.5],
        [[0, 0, 4, 7], 0.4],
      ],
      count: 2,
    },
    {
      says: 'equal neighbours',
      heat: [
        [[0, 0, 4, 5], 0.5],
        [[0, 0, 4, 6], 0.5],
        [[0, 0, 5, 5], 0.5],
      ],
      count: 1,
    },
    {
      says: 'neighbours of different classes',
      heat: [
        [[0, 0, 4, 5], 0.5],
        [[0, 1, 4, 6], 0.4],
      ],
      count: 2,
    },
    {
      says: 'the last column and the first of the next row',
      heat: [
        [[0, 0, 3, 15], 0.5],
        [[0, 0, 4, 0], 0.4],
      ],
      count: 2,
    },
    {
      says: 'all four corners',
      heat: [
        [[0, 0, 0, 0], 0.5],
        [[0, 0, 0, 15], 0.5],
        [[0, 0, 7, 0], 0.5],
        [[0, 0, 7, 15], 0.5],
      ],
      count: 4,
    },
  ] as { says: string; heat: [number[], number][]; count: number }[])(
    'counts peaks: $says',
    ({ heat, count }) => {
      expect(run(heat, [])).toHaveLength(count);
    },
  );
});

describe('decodeYolox', () => {
  // 64 x 32: 8 x 4, 4 x 2 and 2 x 1 cells.
  const run = (values: [number[], number][], minScore = 0.3) =>
    decodeYolox(outputs({ whatever: tensor([1, 32 + 8 + 2, 7], values) }), input({ minScore }));
  const candidate = (cell: number, [objectness, person, car]: number[]): [number[], number][] =>
    [0.5, 0.25, Math.log(2), 0, objectness!, person!, car!].map((value, i) => [[0, cell, i], value]);

  it.each([
    {
      says: 'the finest grid',
      cell: 8 + 3,
      box: [(3.5 - 1) * 8, (1.25 - 0.5) * 8, (3.5 + 1) * 8, (1.25 + 0.5) * 8],
    },
    {
      says: 'the middle grid',
      cell: 32 + 4 + 1,
      box: [(1.5 - 1) * 16, (1.25 - 0.5) * 16, (1.5 + 1) * 16, (1.25 + 0.5) * 16],
    },
    {
      says: 'the coarsest grid',
      cell: 40 + 1,
      box: [(1.5 - 1) * 32, (0.25 - 0.5) * 32, (1.5 + 1) * 32, (0.25 + 0.5) * 32],
    },
  ] as { says: string; cell: number; box: [number, number, number, number] }[])(
    'reads $says',
    ({ cell, box }) => {
      expectDetections(run(candidate(cell, [0.8, 0.1, 0.5])), [{ label: 'car', score: 0.4, box }]);
    },
  );

  it.each([
    { says: 'no object', scores: [0.29, 1, 1] },
    { says: 'an object of no class', scores: [1, 0.29, 0.2] },
    { says: 'a doubtful object of a doubtful class', scores: [0.5, 0.5, 0] },
  ])('leaves out $says', ({ scores }) => {
    expect(run(candidate(0, scores))).toEqual([]);
  });
});

describe('decodeNanodet', () => {
  const run = (stride: number, cell: number, bins: readonly number[], score: number) => {
    const tensors: Record<string, Tensor> = {};
    for (const [s, cells] of [
      [8, 32],
      [16, 8],
      [32, 2],
    ] as const) {
      const here = s === stride;
      tensors[`cls_pred_stride_${s}`] = tensor([1, cells, 2], here ? [[[0, cell, 1], score]] : []);
      tensors[`dis_pred_stride_${s}`] = tensor(
        [1, cells, 32],
        here ? bins.map((bin, side) => [[0, cell, side * 8 + bin], 50]) : [],
      );
    }
    return decodeNanodet(outputs(tensors), input());
  };

  it('reads distances from the middle of the cell', () => {
    // One bin far above the others is that distance; cell 4 + 1 of stride 16 has its middle at (24, 24).
    const box = [24 - 16, 24 - 0, 24 + 32, 24 + 7 * 16] as const;
    expectDetections(run(16, 5, [1, 0, 2, 7], 0.6), [{ label: 'car', score: 0.6, box }]);
  });

  it('takes the mean of an undecided distribution', () => {
    const [found] = run(8, 0, [], 0.6);
    found!.box.forEach((side, i) => expect(side).toBeCloseTo([-24, -24, 32, 32][i]!, 4));
  });

  it('leaves out what is below the threshold', () => {
    expect(run(8, 3, [1, 1, 1, 1], 0.2)).toEqual([]);
  });
});

describe('decodeFastestdet', () => {
  const run = (values: [number, number][]) =>
    decodeFastestdet(
      outputs({
        758: tensor(
          [1, 7, 2, 4],
          values.map(([channel, value]) => [[0, channel, 1, 2], value]),
        ),
      }),
      input(),
    );

  it('reads centre and size', () => {
    const found = run([
      [0, 0.7],
      [1, Math.atanh(0.5)],
      [2, Math.atanh(-0.25)],
      [3, 0],
      [4, Math.log(3)],
      [5, 0.2],
      [6, 0.9],
    ]);
    const [cx, cy] = [2.5 * 16, 0.75 * 16];
    const score = 0.7 ** 0.6 * 0.9 ** 0.4;
    expectDetections(found, [{ label: 'car', score, box: [cx - 16, cy - 12, cx + 16, cy + 12] }]);
  });

  it('weighs objectness and class', () => {
    expect(
      run([
        [0, 0.9],
        [5, 0.01],
      ]),
    ).toEqual([]);
    expect(
      run([
        [0, 0.01],
        [5, 0.9],
      ]),
    ).toEqual([]);
  });
});

describe('decodeBlazeface', () => {
  // 64 x 32: 4 x 2 cells of 2 candidates, 2 x 1 cells of 6.
  const run = (suffix: '16' | '8', candidate: number, logit: number) => {
    const at = (name: string) => (name === suffix ? candidate : -1);
    const values = [2, -3, 20, 30, ...Array.from({ length: 12 }, (_, i) => i - 6)];
    const regression = (name: string): [number[], number][] =>
      at(name) < 0 ? [] : values.map((value, i) => [[0, candidate, i], value]);
    const score = (name: string, count: number): Tensor => {
      const result = tensor([1, count, 1], at(name) < 0 ? [] : [[[0, candidate, 0], logit]]);
      result.data.forEach((value, i) => value === 0 && (result.data[i] = -99));
      return result;
    };
    return decodeBlazeface(
      outputs({
        cls16: score('16', 16),
        cls8: score('8', 12),
        reg16: tensor([1, 16, 16], regression('16')),
        reg8: tensor([1, 12, 16], regression('8')),
      }),
      faces(),
    );
  };

  it.each([
    {
      says: 'the fine grid: candidate 11 is the second of cell (1, 1)',
      suffix: '16',
      at: 11,
      anchor: [24, 24],
    },
    {
      says: 'the coarse grid: candidate 7 is the second of cell (1, 0)',
      suffix: '8',
      at: 7,
      anchor: [48, 16],
    },
  ] as const)('reads $says', ({ suffix, at, anchor: [ax, ay] }) => {
    const found = run(suffix, at, 2);
    const keypoints = Array.from({ length: 6 }, (_, k) => [ax + 2 * k - 6, ay + 2 * k - 5] as const);
    const box = [ax + 2 - 10, ay - 3 - 15, ax + 2 + 10, ay - 3 + 15] as const;
    expectDetections(found, [{ label: 'face', score: 1 / (1 + Math.exp(-2)), box, keypoints }]);
  });

  it('compares the score, not its logit, with the threshold', () => {
    expect(run('16', 0, Math.log(0.29 / 0.71))).toHaveLength(0);
    expect(run('16', 0, Math.log(0.31 / 0.69))).toHaveLength(1);
  });
});

describe('decodeYunet', () => {
  const run = (objectness: number, score: number) => {
    const tensors: Record<string, Tensor> = {};
    for (const [stride, cells] of [
      [8, 32],
      [16, 8],
      [32, 2],
    ] as const) {
      const here = stride === 16;
      tensors[`cls_${stride}`] = tensor([1, cells, 1], here ? [[[0, 6, 0], score]] : []);
      tensors[`obj_${stride}`] = tensor([1, cells, 1], here ? [[[0, 6, 0], objectness]] : []);
      tensors[`bbox_${stride}`] = tensor(
        [1, cells, 4],
        here ? [0.5, 0.25, 0, Math.log(2)].map((value, i) => [[0, 6, i], value]) : [],
      );
      tensors[`kps_${stride}`] = tensor(
        [1, cells, 10],
        here ? Array.from({ length: 10 }, (_, i) => [[0, 6, i], i / 10]) : [],
      );
    }
    return decodeYunet(outputs(tensors), faces());
  };

  it('reads box and points of a cell', () => {
    // Cell 6 of four columns: (2, 1).
    const keypoints = Array.from({ length: 5 }, (_, k) => [(2 + k / 5) * 16, (1.1 + k / 5) * 16] as const);
    const box = [2.5 * 16 - 8, 1.25 * 16 - 16, 2.5 * 16 + 8, 1.25 * 16 + 16] as const;
    expectDetections(run(0.9, 0.4), [{ label: 'face', score: 0.6, box, keypoints }]);
  });

  it('takes scores beyond 0..1 for their limit', () => {
    expect(run(1.2, 1.1)[0]!.score).toBe(1);
    expect(run(1, -0.1)).toEqual([]);
  });
});

describe('decodeRfb', () => {
  it('reads fractions of the input as a box', () => {
    const found = decodeRfb(
      outputs({
        scores: tensor(
          [1, 3, 2],
          [
            [[0, 0, 0], 0.9],
            [[0, 1, 1], 0.8],
            [[0, 2, 1], 0.2],
          ],
        ),
        boxes: tensor(
          [1, 3, 4],
          [0.25, -0.5, 0.5, 1].map((value, i) => [[0, 1, i], value]),
        ),
      }),
      faces(),
    );
    expectDetections(found, [{ label: 'face', score: 0.8, box: [16, -16, 32, 32] }]);
  });
});

describe('decodeMediapipeFace', () => {
  const detection = (score: number) => ({
    categories: [{ score, index: 0, categoryName: '', displayName: '' }],
    boundingBox: { originX: 10, originY: -4, width: 20, height: 30, angle: 0 },
    keypoints: [{ x: 0.5, y: 0.25, label: '', score: 0 }],
  });

  it('reads box and points', () => {
    const found = decodeMediapipeFace({ detections: [detection(0.9), detection(0.2)] }, faces());
    expectDetections(found, [{ label: 'face', score: 0.9, box: [10, -4, 30, 26], keypoints: [[32, 8]] }]);
  });

  it('leaves out a face without a box', () => {
    const { categories, keypoints } = detection(0.9);
    expect(decodeMediapipeFace({ detections: [{ categories, keypoints }] }, faces())).toEqual([]);
  });
});

describe('every decoder', () => {
  const entries = Object.entries(DECODERS) as [string, Decoder][];
  const wrongShape = expect.objectContaining({ code: 'model-wrong-shape' });

  it.each(entries)('refuses a model without outputs: %s', (_, decode) => {
    expect(() => decode(new Map(), faces())).toThrow(wrongShape);
  });

  it.each(entries)('refuses outputs of another size: %s', (_, decode) => {
    const names = ['hm', 'wh', 'scores', 'boxes'];
    for (const stride of [8, 16, 32]) {
      names.push(
        `cls_${stride}`,
        `obj_${stride}`,
        `bbox_${stride}`,
        `kps_${stride}`,
        `cls${stride}`,
        `reg${stride}`,
      );
      names.push(`cls_pred_stride_${stride}`, `dis_pred_stride_${stride}`);
    }
    const tensors = Object.fromEntries(names.map((name) => [name, tensor([1, 3, 5], [])]));
    expect(() => decode(outputs(tensors), faces())).toThrow(wrongShape);
  });

  it.each(entries)('refuses the only output when it has another size: %s', (_, decode) => {
    expect(() => decode(outputs({ output: tensor([1, 3, 5], []) }), faces())).toThrow(wrongShape);
  });

  it('refuses a tensor whose data does not fill its shape', () => {
    const short = { dims: [1, 3549, 85], data: new Float32Array(10) };
    const coco = { width: 416, height: 416, labels: Array.from({ length: 80 }, String), minScore: 0.3 };
    expect(() => decodeYolox(outputs({ output: short }), coco)).toThrow(wrongShape);
  });
});
