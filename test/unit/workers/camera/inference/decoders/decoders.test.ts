import { describe, expect, it } from 'vitest';
import { decodeYolox } from '../../../../../../workers/camera/inference/decoders/yolox.ts';
import type { Decoder } from '../../../../../../workers/camera/inference/decoders/decoder.ts';
import { DECODERS } from '../../../../../../workers/camera/inference/decoders/index.ts';
import { outputs, tensor } from '../fakes.ts';
import { faces } from './tools.ts';

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
