/** Sizes of the intermediate graph's values, and freeing the graph of a fixed input size. */
import { ConversionError } from './errors.ts';
import type { Ir, Op, Padding, Pair } from './ir.ts';

export type Shape = readonly number[];

/** A window (kernel or pool) along one axis. */
export function windowed(
  size: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: Padding,
): { size: number; before: number; after: number } {
  const reach = (kernel - 1) * dilation + 1;
  if (padding === 'valid') {
    return { size: Math.floor((size - reach) / stride) + 1, before: 0, after: 0 };
  }
  // TensorFlow's SAME: as few zeros as give ceil(size / stride) windows, the odd one at the end.
  const windows = Math.ceil(size / stride);
  const zeros = Math.max((windows - 1) * stride + reach - size, 0);
  return { size: windows, before: zeros >> 1, after: zeros - (zeros >> 1) };
}

/**
 * @param picture height and width of the input
 * @returns the shape of every value: [1, height, width, channels] for pictures, [1, length] for vectors
 */
export function inferSizes(ir: Ir, picture: Pair): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const [name, op] of ir.ops) {
    const inputs = op.inputs.map((input) => {
      const shape = shapes.get(input);
      if (!shape) throw new ConversionError(`"${name}" reads "${input}" before it exists`);
      return shape;
    });
    shapes.set(name, op.kind === 'input' ? [1, ...picture, op.channels] : shapeOf(op, inputs, name));
  }
  return shapes;
}

function shapeOf(op: Op, inputs: Shape[], name: string): Shape {
  const x = inputs[0] as Shape;
  const [, height = 0, width = 0, channels = 0] = x;
  switch (op.kind) {
    case 'conv': {
      const [outputs, , kh, kw] = op.shape;
      if (op.shape[1] * op.groups !== channels) {
        throw new ConversionError(`"${name}" expects ${op.shape[1] * op.groups} channels, gets ${channels}`);
      }
      return [
        1,
        windowed(height, kh, op.strides[0], op.dilations[0], op.padding).size,
        windowed(width, kw, op.strides[1], op.dilations[1], op.padding).size,
        outputs,
      ];
    }
    case 'pool':
      return [
        1,
        windowed(height, op.kernel[0], op.strides[0], 1, op.padding).size,
        windowed(width, op.kernel[1], op.strides[1], 1, op.padding).size,
        channels,
      ];
    case 'binary':
      return broadcast(x, inputs[1] as Shape, name);
    case 'with-constant':
      return broadcast(x, op.constant.shape, name);
    case 'mean':
      return op.keepDims ? [1, 1, 1, channels] : [1, channels];
    case 'resize':
      return 'pixels' in op.to
        ? [1, ...op.to.pixels, channels]
        : [1, height * op.to.factors[0], width * op.to.factors[1], channels];
    case 'concat': {
      const axis = op.axis < 0 ? op.axis + x.length : op.axis;
      return x.map((size, i) => (i === axis ? inputs.reduce((sum, each) => sum + (each[i] ?? 0), 0) : size));
    }
    case 'pad':
      return x.map((size, i) => size + (op.before[i] ?? 0) + (op.after[i] ?? 0));
    case 'reshape': {
      const known = op.shape.reduce((a, b) => (b === -1 ? a : a * b), 1);
      const total = x.reduce((a, b) => a * b, 1);
      return op.shape.map((size) => (size === -1 ? total / known : size));
    }
    case 'dense':
      return [1, op.shape[1]];
    default:
      return x;
  }
}

function broadcast(a: Shape, b: Shape, name: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const p = a[a.length - rank + i] ?? 1;
    const q = b[b.length - rank + i] ?? 1;
    if (p !== q && p !== 1 && q !== 1) throw new ConversionError(`"${name}" combines sizes ${p} and ${q}`);
    return Math.max(p, q);
  });
}

/**
 * Replaces sizes in pixels by relations, so that the graph takes any picture whose sides are multiples of
 * `multipleOf`: resizes become factors, and reshapes leave the number of rows open.
 *
 * Zero padding (SAME) depends on a size only through its remainder by the stride. Sizes at every depth are
 * proportional to the input's, so if every stride divides the sizes at the least picture, `multipleOf` x
 * `multipleOf`, it divides them at all: checking that one picture proves all.
 *
 * @param reference the input size (height, width) the graph's fixed sizes were written for
 * @throws {ConversionError} where the graph cannot be freed
 */
export function freeSizes(ir: Ir, reference: Pair, multipleOf: number): void {
  const fixed = inferSizes(ir, reference);
  for (const [name, op] of ir.ops) {
    const x = fixed.get(op.inputs[0] ?? '') ?? [];
    if (op.kind === 'resize' && 'pixels' in op.to) {
      const factors = [op.to.pixels[0] / (x[1] ?? 0), op.to.pixels[1] / (x[2] ?? 0)] as const;
      if (!factors.every(Number.isInteger)) {
        throw new ConversionError(`"${name}" resizes by ${factors.join(' x ')}, no whole factor`);
      }
      op.to = { factors };
    } else if (op.kind === 'reshape') {
      const [batch, rows, ...row] = op.shape;
      const channels = x[3] ?? 0;
      if (batch !== 1 || rows === undefined || channels % row.reduce((a, b) => a * b, 1) !== 0) {
        throw new ConversionError(`"${name}" does not reshape pixels into whole rows`);
      }
      op.shape = [1, -1, ...row];
    }
  }
  const min = inferSizes(ir, [multipleOf, multipleOf]);
  for (const [name, op] of ir.ops) {
    if (op.kind !== 'conv' && op.kind !== 'pool') continue;
    const [, height = 0, width = 0] = min.get(op.inputs[0]) ?? [];
    const proportional = op.padding === 'same' || (op.strides.every((s) => s === 1) && isPointwise(op));
    if (!proportional || height % op.strides[0] !== 0 || width % op.strides[1] !== 0) {
      throw new ConversionError(`"${name}" is not proportional at ${height} x ${width}`);
    }
  }
}

const isPointwise = (op: Op) => op.kind === 'conv' && op.shape[2] === 1 && op.shape[3] === 1;
