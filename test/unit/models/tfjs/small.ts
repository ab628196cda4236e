/** Pieces of small TensorFlow graphs, and a specification to convert them with. */
import type { ConversionSpec } from '../../../../models/tfjs/convert.ts';
import { noise } from '../tools.ts';
import type { SmallConstant } from './tensorflow.ts';

const next = noise(5);

/** A constant of random numbers between -1 and 1. */
export const random = (...shape: number[]): SmallConstant => ({
  shape,
  values: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next() * 2 - 1),
});

/** A vector of integers, as sizes and axes are given. */
export const whole = (values: number[]): SmallConstant => ({ shape: [values.length], values, type: 'int32' });

/** Attributes of a convolution. */
export const window = (stride: number, padding = 'SAME') => ({
  strides: [1, stride, stride, 1],
  dilations: [1, 1, 1, 1],
  padding,
  data_format: 'NHWC',
});

/** Bytes as they are. */
export const plain = { channels: 'rgb', mean: [0, 0, 0], std: [1, 1, 1] } as const;

/** From the value "picture" to the value "y", given as "out". */
export const spec = (more: Partial<ConversionSpec> = {}): ConversionSpec => ({
  name: 'small',
  picture: 'picture',
  outputs: { out: { value: 'y' } },
  normalisation: plain,
  height: 32,
  width: 32,
  ...more,
});
