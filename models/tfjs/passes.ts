/** Rewrites of the intermediate graph. Each keeps the result the same up to the rounding it names. */
import type { Conv, Ir, Op } from './ir.ts';
import { ConversionError } from './errors.ts';

/** Removes identities. Exact. */
export function dropIdentities(ir: Ir): void {
  for (const [name, op] of [...ir.ops]) if (op.kind === 'identity') ir.bypass(name, op.inputs[0]);
}

/** Joins clips that follow each other (Relu, then Minimum 6, then Maximum 0, is one Clip). Exact. */
export function joinClips(ir: Ir): void {
  for (const [name, op] of [...ir.ops]) {
    if (op.kind !== 'clip') continue;
    const [source] = op.inputs;
    const before = ir.get(source);
    if (before.kind !== 'clip' || ir.onlyReader(source) !== name) continue;
    const clamp = (value: number) => Math.min(Math.max(value, op.low), op.high);
    [op.low, op.high] = [clamp(before.low), clamp(before.high)];
    ir.bypass(source, before.inputs[0]);
  }
}

/**
 * Turns an addition of one constant per channel right after a convolution into its bias. The convolution then adds it
 * inside its own sum: rounding differs in the last bit.
 */
export function foldBias(ir: Ir): void {
  for (const [name, op] of [...ir.ops]) {
    if (op.kind !== 'with-constant' || op.op !== 'Add') continue;
    const [source] = op.inputs;
    const conv = ir.get(source);
    if (conv.kind !== 'conv' || ir.onlyReader(source) !== name) continue;
    const perChannel = perChannelValues(op, conv.shape[0]);
    if (!perChannel) continue;
    conv.bias = perChannel.map((value, channel) => value + (conv.bias?.[channel] ?? 0));
    ir.bypass(name, source);
  }
}

/** @returns one value per channel, or `undefined` where the constant varies over the picture */
function perChannelValues(op: Extract<Op, { kind: 'with-constant' }>, channels: number) {
  const { data, shape } = op.constant;
  if (data.length === 1) return new Float32Array(channels).fill(data[0] as number);
  return data.length === channels && shape.at(-1) === channels ? Float32Array.from(data) : undefined;
}

/** How RGBA bytes become what the graph wants: per channel of the graph, (byte - mean) / std. */
export interface Normalisation {
  channels: 'rgb' | 'bgr';
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
}

/**
 * Folds the preparation of the picture into the weights of the first convolution: `before` (the duty of a caller of the
 * TensorFlow graph) and the uniform additions and products at the graph's own start.
 *
 * The first convolution then takes RGBA bytes. A shift cannot go into the bias: beyond the border the kernel meets
 * zeros, which the shift must not change. It goes into the weights of the alpha channel, which is 255 inside the
 * picture and 0 outside. Rounding differs in the last bits (float32).
 */
export function foldNormalisation(ir: Ir, before: Normalisation): void {
  const scale = before.std.map((std) => 1 / std);
  const shift = before.mean.map((mean, i) => -mean / (before.std[i] as number));
  for (;;) {
    const reader = ir.onlyReader(ir.picture);
    const op = reader === undefined ? undefined : ir.get(reader);
    if (reader === undefined || op === undefined) {
      throw new ConversionError('the picture must have exactly one reader');
    }
    if (op.kind === 'conv') {
      foldIntoConv(op, before.channels, scale, shift);
      ir.ops.set(ir.picture, { kind: 'input', inputs: [], channels: 4 });
      return;
    }
    if (op.kind !== 'with-constant')
      throw new ConversionError(`"${reader}" (${op.kind}) reads the raw picture`);
    const constants = perChannelValues(op, 3);
    if (!constants || (op.constantFirst && (op.op === 'Sub' || op.op === 'Div'))) {
      throw new ConversionError(`"${reader}" is no normalisation`);
    }
    constants.forEach((value, i) => {
      if (op.op === 'Add') shift[i]! += value;
      else if (op.op === 'Sub') shift[i]! -= value;
      else {
        const factor = op.op === 'Mul' ? value : 1 / value;
        scale[i]! *= factor;
        shift[i]! *= factor;
      }
    });
    ir.bypass(reader, ir.picture);
  }
}

function foldIntoConv(conv: Conv, order: 'rgb' | 'bgr', scale: number[], shift: number[]): void {
  const [outputs, inputs, height, width] = conv.shape;
  if (inputs !== 3 || conv.groups !== 1)
    throw new ConversionError('the first convolution must read 3 channels');
  const area = height * width;
  const weights = new Float32Array(outputs * 4 * area);
  for (let o = 0; o < outputs; o++) {
    for (let k = 0; k < area; k++) {
      let sum = 0;
      for (let i = 0; i < 3; i++) {
        const weight = conv.weights[(o * 3 + i) * area + k] as number;
        const channel = order === 'rgb' ? i : 2 - i;
        weights[(o * 4 + channel) * area + k] = weight * (scale[i] as number);
        sum += weight * (shift[i] as number);
      }
      weights[(o * 4 + 3) * area + k] = sum / 255;
    }
  }
  conv.weights = weights;
  conv.stored = undefined;
  conv.shape = [outputs, 4, height, width];
}

/**
 * Keeps only some channels of an output: the last convolution before it loses the kernels of the others. Exact.
 *
 * @param channels indices to keep, in their new order
 */
export function keepChannels(ir: Ir, output: string, channels: readonly number[]): void {
  let value = ir.outputs.find((each) => each.name === output)?.value;
  if (value === undefined) throw new ConversionError(`no output "${output}"`);
  for (;;) {
    if (ir.readers(value).length !== 1) throw new ConversionError(`"${value}" is needed whole elsewhere`);
    const op = ir.get(value);
    if (op.kind === 'conv' && op.groups === 1) {
      const [outputs, inputs, height, width] = op.shape;
      if (channels.some((channel) => channel >= outputs)) {
        throw new ConversionError(`"${output}" has only ${outputs} channels`);
      }
      const each = inputs * height * width;
      const { weights, bias } = op;
      op.weights = new Float32Array(channels.length * each);
      op.stored = undefined;
      channels.forEach((c, i) => op.weights.set(weights.subarray(c * each, (c + 1) * each), i * each));
      op.bias = bias && Float32Array.from(channels, (c) => bias[c] as number);
      op.shape = [channels.length, inputs, height, width];
      return;
    }
    if (op.kind !== 'sigmoid' && op.kind !== 'clip') {
      throw new ConversionError(`channels of a ${op.kind} cannot be dropped`);
    }
    value = op.inputs[0];
  }
}
