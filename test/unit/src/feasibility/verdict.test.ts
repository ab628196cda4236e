import { describe, expect, it } from 'vitest';
import type { Anatomy } from '../../../../lib/onnx/anatomy.ts';
import type { Chip } from '../../../../src/feasibility/chip.ts';
import { LatencyModel } from '../../../../src/feasibility/latency.ts';
import { MAX_FPS, throttle } from '../../../../src/feasibility/throttle.ts';
import { judge, type Change, type Level, type Reason } from '../../../../src/feasibility/verdict.ts';
import { anatomyOf, chipOf, knownModels } from './fakes.ts';

const of = (value: number) => ({ value, source: 's' });
const verdictOf = (chip: Chip, anatomy: Anatomy, fps = 1) =>
  judge(chip, anatomy, new LatencyModel(chip, knownModels), fps);
const int8 = { precision: 'int8' } as const;

describe('a verdict', () => {
  it.each<{
    says: string;
    chip?: Partial<Chip>;
    model?: Partial<Anatomy>;
    fps?: number;
    level: Level;
    reasons: Reason['code'][];
    changes: Change[];
  }>([
    {
      says: 'everything fits',
      chip: { memory: { together: of(3e6), excess: 'refused' } },
      model: int8,
      level: 'fits',
      reasons: ['memory-fits', 'operators-run', 'precision-ready'],
      changes: [],
    },
    {
      says: 'a float model has to be quantised',
      level: 'changes',
      reasons: ['memory-unpublished', 'operators-run', 'precision-differs'],
      changes: [{ code: 'quantise' }],
    },
    {
      says: 'weights alone are too large: nothing helps',
      chip: { memory: { weights: of(0.9e6), excess: 'refused' } },
      model: int8,
      level: 'misfit',
      reasons: ['weights-too-large', 'operators-run', 'precision-ready'],
      changes: [],
    },
    {
      says: 'weights beyond the chip are fetched again where it can do that',
      chip: { memory: { weights: of(0.9e6), excess: 'streamed' } },
      model: int8,
      level: 'fits',
      reasons: ['weights-streamed', 'operators-run', 'precision-ready'],
      changes: [],
    },
    {
      // 1 MB at 320 x 320; a quarter of the pixels is a quarter of the bytes
      says: 'activations are too large: a smaller input, the largest that fits',
      chip: { memory: { activations: of(0.3e6), excess: 'refused' } },
      model: int8,
      level: 'changes',
      reasons: ['activations-too-large', 'operators-run', 'precision-ready'],
      changes: [{ code: 'shrink', to: { width: 160, height: 160 } }],
    },
    {
      says: 'weights leave too little of a shared memory',
      chip: { memory: { together: of(1.5e6), excess: 'refused' } },
      model: int8,
      level: 'changes',
      reasons: ['together-too-large', 'operators-run', 'precision-ready'],
      changes: [{ code: 'shrink', to: { width: 224, height: 224 } }],
    },
    {
      says: 'no input of use is small enough',
      chip: { memory: { activations: of(1e4), excess: 'refused' } },
      model: int8,
      level: 'misfit',
      reasons: ['activations-too-large', 'operators-run', 'precision-ready'],
      changes: [],
    },
    {
      says: 'a long picture keeps its shape when it shrinks',
      chip: { memory: { activations: of(0.5e6), excess: 'refused' } },
      model: { ...int8, picture: { width: 640, height: 320 } },
      level: 'changes',
      reasons: ['activations-too-large', 'operators-run', 'precision-ready'],
      changes: [{ code: 'shrink', to: { width: 448, height: 224 } }],
    },
    {
      says: 'operations run on the host, and are named',
      model: {
        ...int8,
        operators: [{ op: 'TopK', count: 1, preparing: 0, macs: 0, kernels: [] }],
      },
      level: 'changes',
      reasons: ['memory-unpublished', 'operators-on-host', 'precision-ready'],
      changes: [{ code: 'replace', ops: ['TopK'] }],
    },
    {
      says: 'what only prepares the picture is left to the image processor',
      model: {
        ...int8,
        operators: [{ op: 'TopK', count: 1, preparing: 1, macs: 0, kernels: [] }],
      },
      level: 'fits',
      reasons: ['memory-unpublished', 'operators-run', 'precision-ready'],
      changes: [],
    },
    {
      says: 'operations and kernels run nowhere',
      chip: {
        operators: {
          families: ['convolution'],
          except: [],
          kernels: [1, 3],
          rest: 'nowhere',
          source: 's',
        },
      },
      model: {
        ...int8,
        operators: [
          { op: 'Conv', count: 2, preparing: 0, macs: 1e9, kernels: [3, 5, 7] },
          { op: 'Relu', count: 1, preparing: 0, macs: 0, kernels: [] },
        ],
      },
      level: 'changes',
      reasons: ['memory-unpublished', 'operators-missing', 'kernels-missing', 'precision-ready'],
      changes: [{ code: 'replace', ops: ['Relu', 'Conv 5×5', 'Conv 7×7'] }],
    },
    {
      says: 'an exception within a supported family',
      chip: { operators: { ...chipOf().operators, except: ['Relu'] } },
      model: int8,
      level: 'changes',
      reasons: ['memory-unpublished', 'operators-on-host', 'precision-ready'],
      changes: [{ code: 'replace', ops: ['Relu'] }],
    },
    {
      says: 'a picture too wide for the chip',
      chip: { operators: { ...chipOf().operators, largestSide: 256 } },
      model: int8,
      level: 'changes',
      reasons: ['input-too-wide', 'operators-run', 'precision-ready'],
      changes: [{ code: 'shrink', to: { width: 256, height: 256 } }],
    },
    {
      says: 'too slow at any input of use',
      model: int8,
      fps: 100_000,
      level: 'misfit',
      reasons: ['memory-unpublished', 'operators-run', 'precision-ready', 'too-slow'],
      changes: [],
    },
    {
      says: 'no picture, no speed',
      model: { ...int8, picture: undefined },
      level: 'fits',
      reasons: ['memory-unpublished', 'operators-run', 'precision-ready', 'latency-unknown'],
      changes: [],
    },
  ])('$says', ({ chip, model, fps, level, reasons, changes }) => {
    const found = verdictOf(chipOf(chip), anatomyOf(model), fps);
    expect(found.reasons.map(({ code }) => code)).toEqual(reasons);
    expect(found.changes).toEqual(changes);
    expect(found.level).toBe(level);
  });

  it('shrinks the input until the rate is reached, and estimates for that', () => {
    const before = verdictOf(chipOf(), anatomyOf(int8));
    const wanted = 1.3 * (1000 / before.latency!.ms);
    const found = verdictOf(chipOf(), anatomyOf(int8), wanted);
    expect(found.level).toBe('changes');
    expect(1000 / found.latency!.ms).toBeGreaterThanOrEqual(wanted);
    expect(found.input!.width).toBeLessThan(320);
    expect(found.changes).toEqual([{ code: 'shrink', to: found.input }]);
  });

  it('counts memory at the precision the chip was measured with', () => {
    const chip = chipOf({
      precision: { weights: ['fp32'], activations: ['fp32'], measured: 'fp32', source: 's' },
      memory: { together: of(9e6), excess: 'refused' },
    });
    expect(verdictOf(chip, anatomyOf()).reasons[0]).toEqual({ code: 'memory-fits', used: 8e6, limit: 9e6 });
    expect(verdictOf(chip, anatomyOf()).reasons.at(-1)).toEqual({ code: 'precision-ready' });
  });
});

describe('a simulated chip', () => {
  const simulate = (chip: Chip, anatomy = anatomyOf()) =>
    throttle(chip, anatomy, new LatencyModel(chip, knownModels), 1);

  it('runs at its estimated rate and the input that fits', () => {
    const chip = chipOf({ memory: { activations: of(0.3e6), excess: 'refused' } });
    const found = simulate(chip)!;
    expect(found.inputSize).toEqual({ width: 160, height: 160 });
    expect(found.fps).toBeGreaterThan(1);
    expect(found.fps).toBeLessThanOrEqual(MAX_FPS);
  });

  it('is never faster than a camera', () => {
    const fast = chipOf({ measurements: [{ model: 'a', ms: 0.1, source: 's' }] });
    expect(simulate(fast)!.fps).toBe(MAX_FPS);
  });

  it('asks for sides the camera can set', () => {
    const found = simulate(chipOf(), anatomyOf({ picture: { width: 299, height: 299 } }))!;
    expect(found.inputSize).toEqual({ width: 288, height: 288 });
  });

  it('is not possible where the model does not run', () => {
    expect(simulate(chipOf({ memory: { weights: of(1), excess: 'refused' } }))).toBeUndefined();
    expect(simulate(chipOf(), anatomyOf({ picture: undefined }))).toBeUndefined();
  });
});
