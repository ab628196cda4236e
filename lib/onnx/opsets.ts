/** From which operator set (opset) on an operation of ONNX exists: onnx/docs/Changelog.md, the first "since version". */
import type { Model } from './model.ts';

const BY_OPSET: Readonly<Record<number, string>> = {
  9: 'Acosh Asinh Atanh Compress ConstantOfShape Cosh Erf EyeLike IsNaN MaxUnpool MeanVarianceNormalization NonZero OneHot Shrink Sign Sinh Where',
  10: 'ConvInteger DequantizeLinear IsInf MatMulInteger Mod NonMaxSuppression QLinearConv QLinearMatMul QuantizeLinear Resize ReverseSequence RoiAlign ThresholdedRelu',
  11: 'BitShift CumSum Det DynamicQuantizeLinear GatherElements GatherND Range Round ScatterElements ScatterND Unique',
  12: 'Celu Einsum GreaterOrEqual LessOrEqual',
  14: 'HardSwish Trilu',
  15: 'Bernoulli CastLike',
  16: 'GridSample',
  17: 'BlackmanWindow DFT HammingWindow HannWindow LayerNormalization MelWeightMatrix STFT',
  18: 'BitwiseAnd BitwiseNot BitwiseOr BitwiseXor CenterCropPad Col2Im GroupNormalization Mish',
  19: 'DeformConv',
  20: 'AffineGrid Gelu ImageDecoder',
  23: 'Attention RMSNormalization RotaryEmbedding',
  24: 'Swish TensorScatter',
};

const SINCE: ReadonlyMap<string, number> = new Map(
  Object.entries(BY_OPSET).flatMap(([opset, ops]) =>
    ops.split(' ').map((op) => [op, Number(opset)] as const),
  ),
);

/** Operations that the opset a file states does not have yet. */
export interface NewerOperators {
  /** Names, each once, in alphabetical order; empty where all is well. */
  readonly ops: readonly string[];
  /** The opset that has them all; the file's own where all is well. */
  readonly needed: number;
}

/** Runtimes refuse a file with such operations, although nothing else is wrong with it. */
export function newerOperators({ graph, opsets }: Model): NewerOperators {
  const own = opsets[''] ?? 1;
  const sinceOf = (op: string) => SINCE.get(op) ?? 1;
  const newer = graph.nodes
    .filter(({ domain, op }) => domain === '' && sinceOf(op) > own)
    .map(({ op }) => op);
  const ops = [...new Set(newer)].sort();
  return { ops, needed: Math.max(own, ...ops.map(sinceOf)) };
}
