/** Shape rules of operations that slide a window over a picture: convolutions and pools. */
import { OnnxError } from './errors.ts';
import { intOf, intsOf, stringOf, type Node } from './model.ts';
import { need } from './rule-tools.ts';
import type { Rule, Value } from './shape-types.ts';

interface Window {
  kernel: readonly number[];
  strides: readonly number[];
  dilations: readonly number[];
  /** Zeros before and after, per axis. */
  before: readonly number[];
  after: readonly number[];
  auto: string;
}

function windowOf(node: Node, kernel: readonly number[]): Window {
  const ones = kernel.map(() => 1);
  const pads = intsOf(node, 'pads') ?? [...kernel, ...kernel].map(() => 0);
  return {
    kernel,
    strides: intsOf(node, 'strides') ?? ones,
    dilations: intsOf(node, 'dilations') ?? ones,
    before: pads.slice(0, kernel.length),
    after: pads.slice(kernel.length),
    auto: stringOf(node, 'auto_pad', 'NOTSET'),
  };
}

function slide(
  { kernel, strides, dilations, before, after, auto }: Window,
  sizes: readonly number[],
  up = false,
) {
  const round = up ? Math.ceil : Math.floor;
  return sizes.map((size, i) => {
    const stride = strides[i] ?? 1;
    const reach = ((kernel[i] ?? 1) - 1) * (dilations[i] ?? 1) + 1;
    if (auto.startsWith('SAME')) return Math.ceil(size / stride);
    const [front, back] = auto === 'VALID' ? [0, 0] : [before[i] ?? 0, after[i] ?? 0];
    const windows = round((size + front + back - reach) / stride) + 1;
    // Rounding up must not start a window inside the padding at the end.
    return up && (windows - 1) * stride >= size + front ? windows - 1 : windows;
  });
}

/**
 * Sizes after a convolution of `x` with `weights` [outputs, inputs / group, ...kernel].
 * @returns how many elements along each axis
 */
export function convolved(node: Node, x: Value, weights: Value): number[] {
  const [batch = NaN, channels = NaN, ...sizes] = x.dims;
  const [outputs = NaN, perGroup = NaN, ...kernel] = weights.dims;
  const expected = perGroup * intOf(node, 'group', 1);
  if (channels !== expected || kernel.length !== sizes.length) {
    // Without the sides: another size of the picture does not mend this, and the message must say so.
    const found = `${channels} channels and ${sizes.length} sides`;
    const message = `${node.op} ${node.name}: weights for ${expected} channels and ${kernel.length} sides over ${found}`;
    throw new OnnxError('malformed', message);
  }
  return [batch, outputs, ...slide(windowOf(node, kernel), sizes)];
}

const conv: Rule = (node, inputs) => {
  const x = need(node, inputs, 0);
  return [{ type: x.type, dims: convolved(node, x, need(node, inputs, 1)) }];
};

const convTranspose: Rule = (node, inputs) => {
  const [x, weights] = [need(node, inputs, 0), need(node, inputs, 1)];
  const [batch = NaN, , ...sizes] = x.dims;
  const [, perGroup = NaN, ...kernel] = weights.dims;
  const { strides, dilations, before, after, auto } = windowOf(node, kernel);
  const extra = intsOf(node, 'output_padding') ?? [];
  const grown =
    intsOf(node, 'output_shape') ??
    sizes.map((size, i) => {
      if (auto.startsWith('SAME')) return size * (strides[i] ?? 1);
      const [front, back] = auto === 'VALID' ? [0, 0] : [before[i] ?? 0, after[i] ?? 0];
      return (
        (size - 1) * (strides[i] ?? 1) +
        ((kernel[i] ?? 1) - 1) * (dilations[i] ?? 1) +
        1 +
        (extra[i] ?? 0) -
        front -
        back
      );
    });
  return [{ type: x.type, dims: [batch, perGroup * intOf(node, 'group', 1), ...grown] }];
};

const pool: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const [batch = NaN, channels = NaN, ...sizes] = dims;
  const window = windowOf(node, intsOf(node, 'kernel_shape') ?? []);
  const result = [batch, channels, ...slide(window, sizes, intOf(node, 'ceil_mode', 0) === 1)];
  return [
    { type, dims: result },
    { type: 'int64', dims: result },
  ];
};

const globalPool: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  return [{ type, dims: dims.map((dim, i) => (i < 2 ? dim : 1)) }];
};

export const windowRules: Record<string, Rule> = {
  Conv: conv,
  ConvTranspose: convTranspose,
  MaxPool: pool,
  AveragePool: pool,
  LpPool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
  'com.microsoft:FusedConv': conv,
};
