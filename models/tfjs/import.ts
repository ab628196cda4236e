/** TensorFlow operations to the intermediate graph. */
import { importConv, importDepthwise } from './import-conv.ts';
import { constantOf, finishFused, paddingOf, spatial, type Importing } from './importing.ts';
import { Ir, type BinaryOp, type Op, type Output } from './ir.ts';
import { reachable, type GraphModelJson, type TfNode } from './topology.ts';
import { readWeights, type Constant } from './weights.ts';

/**
 * @param picture the TensorFlow value the RGBA picture stands for, [1, height, width, 3]
 * @param outputs values the graph must give; only their ancestors are imported
 * @throws {ConversionError} for unknown operations
 */
export function importGraph(
  json: GraphModelJson,
  weights: Uint8Array,
  picture: string,
  outputs: readonly Output[],
): Ir {
  const constants = readWeights(json.weightsManifest, weights);
  const ops = new Map<string, Op>([[picture, { kind: 'input', inputs: [], channels: 3 }]]);
  const nodes = reachable(
    json,
    picture,
    outputs.map((output) => output.value),
  );
  for (const node of nodes) if (node.op !== 'Const') importNode(node, { ops, constants });
  return new Ir(
    ops,
    outputs.map((output) => ({ ...output })),
    picture,
  );
}

function importNode(node: TfNode, into: Importing): void {
  const set = (op: Op) => into.ops.set(node.name, op);
  const x = () => [node.input(0)] as [string];
  switch (node.op) {
    case 'Conv2D':
    case '_FusedConv2D':
      return importConv(node, into);
    case 'DepthwiseConv2dNative':
    case 'FusedDepthwiseConv2dNative':
      return importDepthwise(node, into);
    case '_FusedMatMul':
    case 'MatMul':
      return importDense(node, into);
    case 'MaxPool':
    case 'AvgPool':
      set({
        kind: 'pool',
        inputs: x(),
        how: node.op === 'MaxPool' ? 'max' : 'average',
        kernel: spatial(node, 'ksize'),
        strides: spatial(node, 'strides'),
        padding: paddingOf(node),
      });
      return;
    case 'Add':
    case 'AddV2':
    case 'BiasAdd':
      return importBinary(node, 'Add', into);
    case 'Sub':
      return importBinary(node, 'Sub', into);
    case 'Mul':
      return importBinary(node, 'Mul', into);
    case 'RealDiv':
      return importBinary(node, 'Div', into);
    case 'Relu':
    case 'Relu6':
      set({ kind: 'clip', inputs: x(), low: 0, high: node.op === 'Relu' ? Infinity : 6 });
      return;
    case 'Minimum':
    case 'Maximum': {
      const [value, constant] = withConstant(node, into);
      const bound = constant.data[0];
      if (constant.data.length !== 1 || bound === undefined) throw node.error('has a bound per channel');
      const isMax = node.op === 'Maximum';
      set({
        kind: 'clip',
        inputs: [value],
        low: isMax ? bound : -Infinity,
        high: isMax ? Infinity : bound,
      });
      return;
    }
    case 'Sigmoid':
      set({ kind: 'sigmoid', inputs: x() });
      return;
    case 'Softmax':
      set({ kind: 'softmax', inputs: x() });
      return;
    case 'Identity':
      set({ kind: 'identity', inputs: x() });
      return;
    case 'Mean': {
      const axes = ints(node, 1, into);
      if (axes.join() !== '1,2') throw node.error(`is over axes ${axes.join()}, not height and width`);
      set({ kind: 'mean', inputs: x(), keepDims: node.flag('keep_dims') });
      return;
    }
    case 'ResizeBilinear': {
      const [height, width] = ints(node, 1, into);
      if (height === undefined || width === undefined) throw node.error('has no size');
      const sampling = node.flag('align_corners')
        ? 'align_corners'
        : node.flag('half_pixel_centers')
          ? 'half_pixel'
          : 'asymmetric';
      set({ kind: 'resize', inputs: x(), to: { pixels: [height, width] }, sampling });
      return;
    }
    case 'ConcatV2': {
      const [axis] = ints(node, -1, into);
      if (axis === undefined) throw node.error('has no axis');
      set({ kind: 'concat', inputs: node.inputs.slice(0, -1), axis });
      return;
    }
    case 'Pad': {
      const pads = ints(node, 1, into);
      set({
        kind: 'pad',
        inputs: x(),
        before: pads.filter((_, i) => i % 2 === 0),
        after: pads.filter((_, i) => i % 2 === 1),
      });
      return;
    }
    case 'Reshape':
      set({ kind: 'reshape', inputs: x(), shape: ints(node, 1, into) });
      return;
    default:
      throw node.error('is an operation the converter does not know');
  }
}

function importBinary(node: TfNode, op: BinaryOp, into: Importing): void {
  const [a, b] = [node.input(0), node.input(1)];
  const constant = into.constants.get(b) ?? into.constants.get(a);
  if (!constant) {
    into.ops.set(node.name, { kind: 'binary', op, inputs: [a, b] });
    return;
  }
  const constantFirst = into.constants.get(b) === undefined;
  into.ops.set(node.name, {
    kind: 'with-constant',
    op,
    inputs: [constantFirst ? b : a],
    constant,
    constantFirst,
  });
}

function importDense(node: TfNode, into: Importing): void {
  if (node.flag('transpose_a') || node.flag('transpose_b')) throw node.error('is transposed');
  const { shape, data } = constantOf(node, 1, into);
  const [rows = 0, columns = 0] = shape;
  const dense = finishFused(node, into);
  into.ops.set(dense.name, {
    kind: 'dense',
    inputs: [node.input(0)],
    weights: Float32Array.from(data),
    shape: [rows, columns],
    bias: dense.bias,
  });
}

const ints = (node: TfNode, index: number, into: Importing) => Array.from(constantOf(node, index, into).data);

function withConstant(node: TfNode, into: Importing): [string, Constant] {
  const second = into.constants.get(node.input(1));
  return second ? [node.input(0), second] : [node.input(1), constantOf(node, 0, into)];
}
