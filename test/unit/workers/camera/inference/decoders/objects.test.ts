import { describe, expect, it } from 'vitest';
import { decodeCenternet } from '../../../../../../workers/camera/inference/decoders/centernet.ts';
import { decodeFastestdet } from '../../../../../../workers/camera/inference/decoders/fastestdet.ts';
import { decodeNanodet } from '../../../../../../workers/camera/inference/decoders/nanodet.ts';
import { decodeYolox } from '../../../../../../workers/camera/inference/decoders/yolox.ts';
import type { Tensor } from '../../../../../../workers/camera/inference/engine.ts';
import { outputs, tensor } from '../fakes.ts';
import { expectDetections, input } from './tools.ts';

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
