/** Small chips and models for tests. */
import type { Anatomy } from '../../../../lib/onnx/anatomy.ts';
import type { Chip, KnownModels } from '../../../../src/feasibility/chip.ts';

/** Five models on a 100 x 100 picture, each with ten times the work of the one before. */
export const knownModels: KnownModels = {
  sources: { s: { title: 'somewhere', url: 'https://example.org/' } },
  models: Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e'].map((id, i) => [
      id,
      { title: id, width: 100, height: 100, macs: 1e8 * 3 ** i, parameters: 1e6, source: 's' },
    ]),
  ),
};

export const chipOf = (parts: Partial<Chip> = {}): Chip => ({
  id: 'test',
  name: 'Test',
  maker: 'Nobody',
  kind: 'npu',
  device: { ja: '試験台', en: 'bench' },
  note: { ja: '試験用', en: 'for tests' },
  precision: { weights: ['int8'], activations: ['int8'], measured: 'int8', source: 's' },
  memory: { excess: 'refused' },
  operators: {
    families: ['convolution', 'piecewise', 'arithmetic', 'arrangement'],
    except: [],
    rest: 'host',
    source: 's',
  },
  timing: 'latency',
  measurements: [
    { model: 'a', ms: 10, source: 's' },
    { model: 'c', ms: 30, source: 's' },
    { model: 'e', ms: 90, source: 's' },
  ],
  sources: knownModels.sources,
  ...parts,
});

/** One million weights, an input of 320 x 320, one megabyte of activations at int8. */
export const anatomyOf = (parts: Partial<Anatomy> = {}): Anatomy => ({
  parameters: 1e6,
  precision: 'fp32',
  macs: 1e9,
  opset: 17,
  producer: 'test',
  batch: 1,
  rareTypes: [],
  inputs: [{ name: 'x', dims: [1, 3, 320, 320] }],
  picture: { width: 320, height: 320 },
  weightBytes: { fp32: 4e6, fp16: 2e6, int8: 1e6 },
  peakActivationBytes: { fp32: 4e6, int8: 1e6 },
  operators: [
    { op: 'Conv', count: 10, preparing: 0, macs: 1e9, kernels: [1, 3] },
    { op: 'Relu', count: 10, preparing: 0, macs: 0, kernels: [] },
  ],
  steps: [],
  largest: [],
  ...parts,
});
