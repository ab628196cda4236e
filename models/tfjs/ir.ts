/**
 * The graph between TensorFlow and ONNX: few operations, constants inside them, values named as in TensorFlow.
 *
 * Shapes and axes are still TensorFlow's (pictures are [1, height, width, channels]); only convolution kernels are
 * already in ONNX's order. The emitter turns pictures into [1, channels, height, width].
 */
import { ConversionError } from './errors.ts';
import type { Constant, StoredBytes } from './weights.ts';

export type Padding = 'same' | 'valid';
export type Pair = readonly [number, number];

/**
 * How the finished file keeps weights, in their order, where that is smaller than the weights themselves: as the bytes of
 * their source, or as numbers of half precision. Either is multiplied by the factor of its output, where there are any.
 */
export type StoredWeights = (StoredBytes | { readonly halves: Float32Array }) & {
  readonly factors?: Float32Array | undefined;
};

export interface Conv {
  kind: 'conv';
  inputs: [string];
  /** [outputs, inputs / groups, height, width] */
  weights: Float32Array;
  stored?: StoredWeights | undefined;
  shape: readonly [number, number, number, number];
  bias: Float32Array | null;
  groups: number;
  strides: Pair;
  dilations: Pair;
  padding: Padding;
}

export type Op =
  /** 3 channels as TensorFlow has it; 4 once the first convolution takes RGBA. */
  | { kind: 'input'; inputs: []; channels: 3 | 4 }
  | Conv
  | { kind: 'pool'; inputs: [string]; how: 'max' | 'average'; kernel: Pair; strides: Pair; padding: Padding }
  /** Two values, or one value and a constant; the constant's place is told by `constantFirst`. */
  | { kind: 'binary'; op: BinaryOp; inputs: [string, string] }
  | { kind: 'with-constant'; op: BinaryOp; inputs: [string]; constant: Constant; constantFirst: boolean }
  | { kind: 'clip'; inputs: [string]; low: number; high: number }
  | { kind: 'sigmoid' | 'softmax' | 'identity'; inputs: [string] }
  | { kind: 'mean'; inputs: [string]; keepDims: boolean }
  | { kind: 'resize'; inputs: [string]; to: ResizeTo; sampling: Sampling }
  | { kind: 'concat'; inputs: string[]; axis: number }
  | { kind: 'pad'; inputs: [string]; before: readonly number[]; after: readonly number[] }
  | { kind: 'reshape'; inputs: [string]; shape: readonly number[] }
  | {
      kind: 'dense';
      inputs: [string];
      /** [inputs, outputs] */
      weights: Float32Array;
      stored?: StoredWeights | undefined;
      shape: Pair;
      bias: Float32Array | null;
    };

export type BinaryOp = 'Add' | 'Sub' | 'Mul' | 'Div';
/** Where a resized pixel is looked up; ONNX's `coordinate_transformation_mode`. */
export type Sampling = 'asymmetric' | 'half_pixel' | 'align_corners';
/** Height and width, in pixels or as a multiple of the input's. */
export type ResizeTo = { pixels: Pair } | { factors: Pair };

/** One output of the finished graph: its name and its value. */
export interface Output {
  name: string;
  value: string;
}

/** Operations by the value they produce, producers first. */
export class Ir {
  readonly ops: Map<string, Op>;
  readonly outputs: Output[];
  /** Name of the value that is the picture. */
  readonly picture: string;

  constructor(ops: Map<string, Op>, outputs: Output[], picture: string) {
    this.ops = ops;
    this.outputs = outputs;
    this.picture = picture;
  }

  get(value: string): Op {
    const op = this.ops.get(value);
    if (!op) throw new ConversionError(`nothing produces "${value}"`);
    return op;
  }

  /** The values that read `value`; a graph output counts as a reader with an empty name. */
  readers(value: string): string[] {
    const readers = [...this.ops].filter(([, op]) => op.inputs.some((each) => each === value));
    const given = this.outputs.filter((output) => output.value === value);
    return [...readers.map(([name]) => name), ...given.map(() => '')];
  }

  /** The one reader of `value`, if it has exactly one and is no output. */
  onlyReader(value: string): string | undefined {
    const readers = this.readers(value);
    return readers.length === 1 && readers[0] !== '' ? readers[0] : undefined;
  }

  /** Removes the operation that produces `value`; its readers read `substitute` instead. */
  bypass(value: string, substitute: string): void {
    this.ops.delete(value);
    for (const op of this.ops.values()) {
      op.inputs.forEach((each, i) => {
        if (each === value) (op.inputs as string[])[i] = substitute;
      });
    }
    for (const output of this.outputs) if (output.value === value) output.value = substitute;
  }
}
