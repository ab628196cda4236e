import { describe, expect, it } from 'vitest';
import { decodeBlazeface } from '../../../../../../workers/camera/inference/decoders/blazeface.ts';
import { decodeMediapipeFace } from '../../../../../../workers/camera/inference/decoders/mediapipe-face.ts';
import { decodeRfb } from '../../../../../../workers/camera/inference/decoders/rfb.ts';
import { decodeYunet } from '../../../../../../workers/camera/inference/decoders/yunet.ts';
import type { Tensor } from '../../../../../../workers/camera/inference/engine.ts';
import { outputs, tensor } from '../fakes.ts';
import { expectDetections, faces } from './tools.ts';

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
