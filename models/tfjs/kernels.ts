/** Convolution kernels: from TensorFlow's order of axes to ONNX's. */
import { ConversionError } from './errors.ts';

/** Arrays whose elements can be put into another order. */
type Elements = Float32Array | Int32Array | Uint8Array;

/** Height, width, and two axes of channels. */
export type KernelShape = readonly [height: number, width: number, inputs: number, outputs: number];

/** @throws {ConversionError} where the constant `name` has no four axes */
export function kernelShape(shape: readonly number[], name: string): KernelShape {
  const [height, width, inputs, outputs] = shape;
  if (shape.length !== 4 || !height || !width || !inputs || !outputs) {
    throw new ConversionError(`"${name}" is no kernel: [${shape.join()}]`);
  }
  return [height, width, inputs, outputs];
}

/** @returns [height, width, inputs, outputs] as [outputs, inputs, height, width] */
export function outputsFirst<T extends Elements>(kernel: T, shape: KernelShape): T {
  const [height, width, inputs, outputs] = shape;
  const moved = kernel.slice() as T;
  let at = 0;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let k = 0; k < height * width; k++) {
        moved[at++] = kernel[(k * inputs + i) * outputs + o] as number;
      }
    }
  }
  return moved;
}

/**
 * @returns [height, width, channels, multiplier] as [channels * multiplier, 1, height, width]: output channel
 *   c * multiplier + m sees input channel c alone
 */
export function channelsFirst<T extends Elements>(kernel: T, shape: KernelShape): T {
  const [height, width, channels, multiplier] = shape;
  const outputs = channels * multiplier;
  const moved = kernel.slice() as T;
  for (let o = 0; o < outputs; o++) {
    for (let k = 0; k < height * width; k++) {
      moved[o * height * width + k] = kernel[k * outputs + o] as number;
    }
  }
  return moved;
}
