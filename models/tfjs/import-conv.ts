/** Convolutions: kernels change from TensorFlow's order to ONNX's [outputs, inputs / groups, height, width]. */
import { constantOf, finishFused, paddingOf, spatial, type Importing } from './importing.ts';
import { channelsFirst, kernelShape, outputsFirst } from './kernels.ts';
import type { TfNode } from './topology.ts';

/** Kernel [height, width, inputs, outputs]. */
export function importConv(node: TfNode, into: Importing): void {
  const kernel = constantOf(node, 1, into);
  const shape = kernelShape(kernel.shape, node.input(1));
  const [height, width, inputs, outputs] = shape;
  const weights = Float32Array.from(outputsFirst(kernel.data, shape));
  enter(node, into, weights, [outputs, inputs, height, width], 1);
}

/** Kernel [height, width, channels, multiplier]. */
export function importDepthwise(node: TfNode, into: Importing): void {
  const kernel = constantOf(node, 1, into);
  const shape = kernelShape(kernel.shape, node.input(1));
  const [height, width, channels, multiplier] = shape;
  const weights = Float32Array.from(channelsFirst(kernel.data, shape));
  enter(node, into, weights, [channels * multiplier, 1, height, width], channels);
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
