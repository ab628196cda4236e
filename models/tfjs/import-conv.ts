/** Convolutions: kernels change from TensorFlow's order to ONNX's [outputs, inputs / groups, height, width]. */
import { constantOf, finishFused, paddingOf, spatial, type Importing } from './importing.ts';
import type { TfNode } from './topology.ts';

/** Kernel [height, width, inputs, outputs]. */
export function importConv(node: TfNode, into: Importing): void {
  const [height, width, inputs, outputs] = kernelShape(node, into);
  const kernel = constantOf(node, 1, into).data;
  const weights = new Float32Array(kernel.length);
  let at = 0;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let k = 0; k < height * width; k++) {
        weights[at++] = kernel[(k * inputs + i) * outputs + o] as number;
      }
    }
  }
  enter(node, into, weights, [outputs, inputs, height, width], 1);
}

/** Kernel [height, width, channels, multiplier]: output channel c * multiplier + m sees input channel c alone. */
export function importDepthwise(node: TfNode, into: Importing): void {
  const [height, width, channels, multiplier] = kernelShape(node, into);
  const kernel = constantOf(node, 1, into).data;
  const outputs = channels * multiplier;
  const weights = new Float32Array(kernel.length);
  for (let o = 0; o < outputs; o++) {
    for (let k = 0; k < height * width; k++) {
      weights[o * height * width + k] = kernel[k * outputs + o] as number;
    }
  }
  enter(node, into, weights, [outputs, 1, height, width], channels);
}

function kernelShape(node: TfNode, into: Importing): [number, number, number, number] {
  const { shape } = constantOf(node, 1, into);
  if (shape.length !== 4) throw node.error(`has a kernel of rank ${shape.length}`);
  return shape as unknown as [number, number, number, number];
}

function enter(
  node: TfNode,
  into: Importing,
  weights: Float32Array,
  shape: [number, number, number, number],
  groups: number,
): void {
  if (node.text('data_format') !== 'NHWC') throw node.error('is not NHWC');
  const { name, bias } = finishFused(node, into);
  into.ops.set(name, {
    kind: 'conv',
    inputs: [node.input(0)],
    weights,
    shape,
    bias,
    groups,
    strides: spatial(node, 'strides'),
    dilations: spatial(node, 'dilations'),
    padding: paddingOf(node),
  });
}
