/** The intermediate graph to ONNX: pictures become [1, channels, height, width], the input RGBA bytes. */
import { INPUT } from '../input.ts';
import { GraphBuilder } from '../../lib/onnx/build.ts';
import type { Dim, Model, ValueInfo } from '../../lib/onnx/model.ts';
import { ConversionError } from './errors.ts';
import type { Ir, Op, Pair } from './ir.ts';
import { inferSizes, windowed, type Shape } from './sizes.ts';
import type { Constant } from './weights.ts';

const OPSET = 17;
/** The IR version that came with opset 17 (ONNX 1.12). */
const IR_VERSION = 8;

/**
 * @param size input height and width; for a free graph any size it takes
 * @param free whether sides stay open (symbols `height` and `width`) instead of being fixed to `size`
 */
export function emit(ir: Ir, size: Pair, free: boolean, producer: string): Model {
  const emitter = new Emitter(ir, inferSizes(ir, size));
  for (const [name, op] of ir.ops) emitter.emit(name, op);
  const sides: Dim[] = free ? ['height', 'width'] : [...size];
  const input: ValueInfo = { name: INPUT, type: 'uint8', dims: [1, ...sides, 4] };
  const outputs = ir.outputs.map((output) => emitter.output(output.name, output.value, free));
  return {
    irVersion: IR_VERSION,
    producer,
    opsets: { '': OPSET },
    graph: emitter.builder.finish(producer, [input], outputs),
  };
}

class Emitter {
  readonly builder = new GraphBuilder();
  readonly #ir: Ir;
  readonly #shapes: Map<string, Shape>;
  /** ONNX names of the values emitted so far. */
  readonly #names = new Map<string, string>();

  constructor(ir: Ir, shapes: Map<string, Shape>) {
    this.#ir = ir;
    this.#shapes = shapes;
  }

  emit(value: string, op: Op): void {
    // The value takes the output's name at once, unless one value is given under several names.
    const given = this.#ir.outputs.filter((output) => output.value === value);
    this.#names.set(value, this.#emit(value, op, given.length === 1 ? given[0]?.name : undefined));
  }

  output(name: string, value: string, free: boolean): ValueInfo {
    const source = this.#names.get(value) as string;
    if (source !== name) this.builder.add('Identity', [source], {}, name);
    const shape = this.#shape(value);
    const reshaped = this.#ir.get(value).kind === 'reshape';
    const [, height = 0, width = 0, channels = 0] = shape;
    if (shape.length === 4 && !reshaped) {
      const sides: Dim[] = free ? [`${name}_height`, `${name}_width`] : [height, width];
      return { name, type: 'float32', dims: [1, channels, ...sides] };
    }
    const dims: Dim[] = [...shape];
    if (free && reshaped) dims[1] = `${name}_rows`;
    return { name, type: 'float32', dims };
  }

  #emit(value: string, op: Op, output: string | undefined): string {
    const build = this.builder;
    const inputs = op.inputs.map((input) => this.#names.get(input) as string);
    const [x] = inputs as [string];
    switch (op.kind) {
      case 'input':
        // Transposing bytes before the cast moves a quarter of the memory.
        return build.add('Cast', [build.add('Transpose', [INPUT], { perm: [0, 3, 1, 2] })], { to: 1 });
      case 'conv': {
        const [, , kh, kw] = op.shape;
        const weights = [this.#weights(op)];
        if (op.bias) weights.push(build.float32(op.bias, [op.bias.length]));
        const attributes = {
          kernel_shape: [kh, kw],
          strides: op.strides,
          dilations: op.dilations,
          group: op.groups,
          pads: this.#pads(op, [kh, kw], op.dilations),
        };
        return build.add('Conv', [x, ...weights], attributes, output);
      }
      case 'pool':
        return build.add(
          op.how === 'max' ? 'MaxPool' : 'AveragePool',
          [x],
          { kernel_shape: op.kernel, strides: op.strides, pads: this.#pads(op, op.kernel, [1, 1]) },
          output,
        );
      case 'binary':
        return build.add(op.op, this.#aligned(op.inputs, inputs), {}, output);
      case 'with-constant': {
        const constant = this.#constant(op.constant, this.#shape(value).length);
        return build.add(op.op, op.constantFirst ? [constant, x] : [x, constant], {}, output);
      }
      case 'clip': {
        if (op.low === 0 && op.high === Infinity) return build.add('Relu', [x], {}, output);
        const bound = (limit: number) => (Number.isFinite(limit) ? build.float32([limit], []) : '');
        const bounds = op.high === Infinity ? [bound(op.low)] : [bound(op.low), bound(op.high)];
        return build.add('Clip', [x, ...bounds], {}, output);
      }
      case 'sigmoid':
        return build.add('Sigmoid', [x], {}, output);
      case 'identity':
        return build.add('Identity', [x], {}, output);
      case 'softmax':
        // The last axis in TensorFlow is the channels, axis 1 here, for pictures and for vectors.
        return build.add('Softmax', [x], { axis: 1 }, output);
      case 'mean': {
        if (op.keepDims) return build.add('GlobalAveragePool', [x], {}, output);
        return build.add('Flatten', [build.add('GlobalAveragePool', [x])], { axis: 1 }, output);
      }
      case 'resize': {
        const settings = { mode: 'linear', coordinate_transformation_mode: op.sampling };
        if ('factors' in op.to) {
          const scales = build.float32([1, 1, ...op.to.factors], [4]);
          return build.add('Resize', [x, '', scales], settings, output);
        }
        const sizes = build.int64([1, this.#shape(value)[3] as number, ...op.to.pixels]);
        return build.add('Resize', [x, '', '', sizes], settings, output);
      }
      case 'concat': {
        const rank = this.#shape(value).length;
        const axis = op.axis < 0 ? op.axis + rank : op.axis;
        return build.add(
          'Concat',
          inputs,
          { axis: rank === 4 ? ([0, 2, 3, 1][axis] as number) : axis },
          output,
        );
      }
      case 'pad': {
        const order = op.before.length === 4 ? [0, 3, 1, 2] : op.before.map((_, i) => i);
        const pads = [op.before, op.after].flatMap((sides) => order.map((axis) => sides[axis] as number));
        return build.add('Pad', [x, build.int64(pads)], { mode: 'constant' }, output);
      }
      case 'reshape': {
        if (op.shape.length === 4) throw new ConversionError(`"${value}" reshapes into a picture`);
        const rank = this.#shape(op.inputs[0]).length;
        const last = rank === 4 ? build.add('Transpose', [x], { perm: [0, 2, 3, 1] }) : x;
        return build.add('Reshape', [last, build.int64(op.shape)], {}, output);
      }
      case 'dense': {
        const weights = [this.#weights(op)];
        if (op.bias) weights.push(build.float32(op.bias, [op.bias.length]));
        return build.add('Gemm', [x, ...weights], {}, output);
      }
    }
  }

  #weights({ weights, stored, shape }: Extract<Op, { kind: 'conv' | 'dense' }>): string {
    const dims = [...shape];
    const build = this.builder;
    if (!stored) return build.weight(weights, dims);
    const kept = 'halves' in stored ? build.weight(stored.halves, dims) : build.bytes(stored, dims);
    const { factors } = stored;
    if (!factors) return kept;
    const perOutput = build.float32(factors, [factors.length, ...dims.slice(1).map(() => 1)]);
    return build.add('Mul', [kept, perOutput]);
  }

  /** ONNX's order: top, left, bottom, right. */
  #pads(op: Extract<Op, { kind: 'conv' | 'pool' }>, kernel: Pair, dilations: Pair): number[] {
    const [, height = 0, width = 0] = this.#shape(op.inputs[0]);
    const rows = windowed(height, kernel[0], op.strides[0], dilations[0], op.padding);
    const columns = windowed(width, kernel[1], op.strides[1], dilations[1], op.padding);
    return [rows.before, columns.before, rows.after, columns.after];
  }

  /** Pictures and vectors do not broadcast against each other the way they did channels-last. */
  #aligned(values: readonly string[], inputs: string[]): string[] {
    const ranks = values.map((value) => this.#shape(value).length);
    if (ranks[0] !== ranks[1]) throw new ConversionError(`"${values.join('" and "')}" differ in rank`);
    return inputs;
  }

  /** A constant that broadcasts against a value of `rank` axes, channels moved to where ONNX has them. */
  #constant({ shape, data }: Constant, rank: number): string {
    if (data.length === 1) return this.builder.float32(data, []);
    const full = [...Array<number>(Math.max(rank - shape.length, 0)).fill(1), ...shape];
    if (full.length !== 4) return this.builder.weight(data, full);
    const [batch, height, width, channels] = full as [number, number, number, number];
    const moved = new Float32Array(data.length);
    for (let p = 0; p < height * width; p++) {
      for (let c = 0; c < channels; c++) moved[c * height * width + p] = data[p * channels + c] as number;
    }
    if (batch !== 1) throw new ConversionError('a constant with a batch');
    return this.builder.weight(moved, [1, channels, height, width]);
  }

  #shape(value: string): Shape {
    return this.#shapes.get(value) as Shape;
  }
}
