/**
 * Shape rules of quantised operations: those of ONNX itself, and those that ONNX Runtime's quantiser writes in its own
 * domain (com.microsoft) when it is asked for operators instead of QuantizeLinear and DequantizeLinear in pairs.
 *
 * A quantised operand is three inputs: the numbers, their scale, their zero point.
 */
import { ELEMENT_TYPES, intOf, type ElementType } from './model.ts';
import { all, axisOf, broadcastDims, need } from './rule-tools.ts';
import { multiplied } from './rules-arithmetic.ts';
import { convolved } from './rules-windows.ts';
import type { Rule } from './shape-types.ts';

const dequantise: Rule = (node, inputs) => [
  { type: need(node, inputs, 1).type, dims: need(node, inputs, 0).dims },
];

const BY_CODE = new Map(Object.entries(ELEMENT_TYPES).map(([type, { code }]) => [code as number, type]));

const quantise: Rule = (node, inputs) => {
  // Since opset 21 the type may be stated instead of following from the zero point.
  const stated = BY_CODE.get(intOf(node, 'output_dtype', 0)) as ElementType | undefined;
  return [{ type: inputs[2]?.type ?? stated ?? 'uint8', dims: need(node, inputs, 0).dims }];
};

/** The numbers, and the one scale and zero point that were found for them. */
const quantiseDynamically: Rule = (node, inputs) => [
  { type: 'uint8', dims: need(node, inputs, 0).dims },
  { type: 'float32', dims: [] },
  { type: 'uint8', dims: [] },
];

/** x, its scale and zero point, weights, theirs, the result's; then a bias. */
const conv: Rule = (node, inputs) => {
  const [x, weights] = [need(node, inputs, 0), need(node, inputs, 3)];
  return [{ type: inputs[7]?.type ?? x.type, dims: convolved(node, x, weights) }];
};

/** x, weights, zero point of either. The sums are not brought back to eight bits. */
const convInteger: Rule = (node, inputs) => [
  { type: 'int32', dims: convolved(node, need(node, inputs, 0), need(node, inputs, 1)) },
];

const matMul: Rule = (node, inputs) => {
  const [a, b] = [need(node, inputs, 0), need(node, inputs, 3)];
  return [{ type: inputs[7]?.type ?? a.type, dims: multiplied(node, a, b) }];
};

const matMulInteger: Rule = (node, inputs) => [
  { type: 'int32', dims: multiplied(node, need(node, inputs, 0), need(node, inputs, 1)) },
];

/** a, its scale and zero point, b, theirs; bias; the result's scale and zero point, or a result in full precision. */
const gemm: Rule = (node, inputs) => {
  const [a, b] = [need(node, inputs, 0), need(node, inputs, 3)];
  const turned = (dims: readonly number[], by: string) => (intOf(node, by, 0) ? dims.toReversed() : dims);
  const dims = multiplied(
    node,
    { ...a, dims: turned(a.dims, 'transA') },
    { ...b, dims: turned(b.dims, 'transB') },
  );
  return [{ type: inputs[8]?.type ?? 'float32', dims }];
};

/** One operand, then its scale and zero point and the result's. */
const same: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  return [{ type, dims }];
};

const elementwise: Rule = (node, inputs) => {
  const [a, b] = [need(node, inputs, 0), need(node, inputs, 3)];
  return [{ type: a.type, dims: broadcastDims(node, [a.dims, b.dims]) }];
};

const globalPool: Rule = (node, inputs) => {
  const { type, dims } = need(node, inputs, 0);
  const last = intOf(node, 'channels_last', 0) === 1;
  const isKept = (axis: number) => axis === 0 || axis === (last ? dims.length - 1 : 1);
  return [{ type, dims: dims.map((dim, axis) => (isKept(axis) ? dim : 1)) }];
};

/** The result's scale and zero point, then each part as three. */
const concat: Rule = (node, inputs) => {
  const parts = inputs.filter((_, i) => i >= 2 && i % 3 === 2);
  const { type, dims } = need(node, inputs, 2);
  const axis = axisOf(node, intOf(node, 'axis', 1), dims.length);
  const sum = parts.reduce((total, part) => total + (part?.dims[axis] ?? NaN), 0);
  return [{ type, dims: dims.map((dim, i) => (i === axis ? sum : dim)) }];
};

export const quantisedRules: Record<string, Rule> = {
  DequantizeLinear: dequantise,
  QuantizeLinear: quantise,
  DynamicQuantizeLinear: quantiseDynamically,
  QLinearConv: conv,
  ConvInteger: convInteger,
  QLinearMatMul: matMul,
  MatMulInteger: matMulInteger,
  'com.microsoft:DequantizeLinear': dequantise,
  'com.microsoft:QuantizeLinear': quantise,
  'com.microsoft:QGemm': gemm,
  ...all('com.microsoft:QLinearAdd com.microsoft:QLinearMul', elementwise),
  ...all('com.microsoft:QLinearSigmoid com.microsoft:QLinearLeakyRelu com.microsoft:QLinearSoftmax', same),
  'com.microsoft:QLinearGlobalAveragePool': globalPool,
  'com.microsoft:QLinearConcat': concat,
};
