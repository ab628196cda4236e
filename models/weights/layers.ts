/**
 * Layers by name: builds the intermediate graph of a network whose weights are stored by name and whose architecture is
 * written down as code (`age.ts`, `face-descriptor.ts`).
 *
 * Every method adds one operation and returns the name of its result. Sizes follow from the weights themselves.
 */
import { roundToHalf } from '../../lib/onnx/half.ts';
import { ConversionError } from '../tfjs/errors.ts';
import { Ir, type Op, type Padding, type Pair } from '../tfjs/ir.ts';
import { channelsFirst, kernelShape, outputsFirst } from '../tfjs/kernels.ts';
import type { Constant } from '../tfjs/weights.ts';

/** The value that is the picture, [1, height, width, 3]. */
const PICTURE = 'picture';

export interface ConvOptions {
  /** Names of the weights: the kernel, and what is added to each output after it. */
  readonly kernel: string;
  readonly bias?: string | undefined;
  /** Names of one factor and one summand an output, applied after the bias: `x * factors + summands`. */
  readonly scale?: { readonly factors: string; readonly summands: string } | undefined;
  /** Whether each channel has a kernel of its own. */
  readonly depthwise?: boolean;
  readonly stride?: number;
  readonly padding?: Padding;
}

export class Layers {
  readonly picture = PICTURE;
  readonly #ops = new Map<string, Op>([[PICTURE, { kind: 'input', inputs: [], channels: 3 }]]);
  readonly #weights: ReadonlyMap<string, Constant>;
  readonly #unused: Set<string>;

  /** @param weights by name, as `readWeights` gives them */
  constructor(weights: ReadonlyMap<string, Constant>) {
    this.#weights = weights;
    this.#unused = new Set(weights.keys());
  }

  /** @throws {ConversionError} where a weight is missing or of a shape that does not fit */
  conv(x: string, options: ConvOptions): string {
    const { kernel: name, depthwise = false, stride = 1, padding = 'same' } = options;
    const { data, shape: axes, stored } = this.#weight(name);
    const shape = kernelShape(axes, name);
    const [height, width, inputs, last] = shape;
    const outputs = depthwise ? inputs * last : last;
    const reorder = depthwise ? channelsFirst : outputsFirst;
    const factors = options.scale && this.#vector(options.scale.factors, outputs);
    const summands = options.scale && this.#vector(options.scale.summands, outputs);
    const bias = options.bias === undefined ? undefined : this.#vector(options.bias, outputs);
    const weights = Float32Array.from(reorder(stored ? data : halves(data), shape));
    const each = weights.length / outputs;
    if (factors) weights.forEach((weight, i) => (weights[i] = weight * factors[Math.floor(i / each)]!));
    const added = Float32Array.from(
      { length: outputs },
      (_, o) => (bias?.[o] ?? 0) * (factors?.[o] ?? 1) + (summands?.[o] ?? 0),
    );
    return this.#enter(name, {
      kind: 'conv',
      inputs: [x],
      weights,
      stored: stored
        ? { ...stored, bytes: reorder(stored.bytes, shape), factors }
        : { halves: reorder(halves(data), shape), factors },
      shape: depthwise ? [outputs, 1, height, width] : [outputs, inputs, height, width],
      bias: bias || summands ? added : null,
      groups: depthwise ? inputs : 1,
      strides: [stride, stride],
      dilations: [1, 1],
      padding,
    });
  }

  relu(x: string): string {
    return this.#enter(`${x}/relu`, { kind: 'clip', inputs: [x], low: 0, high: Infinity });
  }

  add(a: string, b: string): string {
    return this.#enter(`${a}+${b}`, { kind: 'binary', op: 'Add', inputs: [a, b] });
  }

  /** Windows of `kernel` x `kernel`, `stride` apart. */
  pool(x: string, how: 'max' | 'average', kernel: number, stride: number, padding: Padding): string {
    return this.#enter(`${x}/${how}`, {
      kind: 'pool',
      inputs: [x],
      how,
      kernel: [kernel, kernel],
      strides: [stride, stride],
      padding,
    });
  }

  /** Appends zeros: rows below, columns to the right, channels at the end. */
  zeros(x: string, after: { rows?: number; columns?: number; channels?: number }): string {
    const { rows = 0, columns = 0, channels = 0 } = after;
    if (rows + columns + channels === 0) return x;
    return this.#enter(`${x}/zeros`, {
      kind: 'pad',
      inputs: [x],
      before: [0, 0, 0, 0],
      after: [0, rows, columns, channels],
    });
  }

  /** The mean of each channel: [1, channels]. */
  mean(x: string): string {
    return this.#enter(`${x}/mean`, { kind: 'mean', inputs: [x], keepDims: false });
  }

  /** @throws {ConversionError} where a weight is missing or of a shape that does not fit */
  dense(x: string, name: string, bias?: string): string {
    const { data, shape: axes, stored } = this.#weight(name);
    const [inputs, outputs] = axes;
    if (axes.length !== 2 || !inputs || !outputs) {
      throw new ConversionError(`"${name}" is no matrix: [${axes.join()}]`);
    }
    const shape: Pair = [inputs, outputs];
    return this.#enter(name, {
      kind: 'dense',
      inputs: [x],
      weights: Float32Array.from(data),
      stored,
      shape,
      bias: bias === undefined ? null : this.#vector(bias, outputs),
    });
  }

  /** Weights that are there on purpose and take no part in the graph: an output that is left out. */
  leaveOut(...names: readonly string[]): void {
    for (const name of names) this.#weight(name);
  }

  /**
   * @param outputs values of the graph by the name they are given under
   * @throws {ConversionError} where a weight takes no part: the architecture is then another
   */
  finish(outputs: Readonly<Record<string, string>>): Ir {
    const [unused] = this.#unused;
    if (unused !== undefined) {
      throw new ConversionError(`${this.#unused.size} weights are not used, "${unused}" first`);
    }
    return new Ir(
      this.#ops,
      Object.entries(outputs).map(([name, value]) => ({ name, value })),
      PICTURE,
    );
  }

  #enter(name: string, op: Op): string {
    if (this.#ops.has(name)) throw new ConversionError(`"${name}" is made twice`);
    this.#ops.set(name, op);
    return name;
  }

  #weight(name: string): Constant {
    const weight = this.#weights.get(name);
    if (!weight) throw new ConversionError(`there is no weight "${name}"`);
    this.#unused.delete(name);
    return weight;
  }

  #vector(name: string, length: number): Float32Array {
    const { data, shape } = this.#weight(name);
    if (data.length !== length) {
      throw new ConversionError(`"${name}" is [${shape.join()}], not [${length}]`);
    }
    return Float32Array.from(data);
  }
}

/**
 * Kernels that the source keeps in single precision are rounded to half, like those of other models here: next to its
 * kernels of one byte the loss is nothing (the test of parity says how much).
 */
const halves = (data: ArrayLike<number>): Float32Array => Float32Array.from(data, roundToHalf);
