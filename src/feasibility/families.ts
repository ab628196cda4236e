/** Sorts ONNX's operations into the families that data sheets of chips speak of. */
import type { Family } from './chip.ts';

const MEMBERS: Record<Family, string> = {
  // Batch normalisation is folded into the convolution before it by every compiler.
  convolution: 'Conv BatchNormalization',
  deconvolution: 'ConvTranspose',
  dense: 'Gemm',
  product: 'MatMul',
  pool: 'MaxPool AveragePool GlobalAveragePool GlobalMaxPool',
  arithmetic: 'Add Sub Mul Div Pow Mod Min Max Sum Mean Neg Abs Sqrt Reciprocal Floor Ceil Round',
  piecewise: 'Relu LeakyRelu PRelu Clip',
  smooth: 'Sigmoid HardSigmoid HardSwish Tanh Softmax LogSoftmax Elu Selu Softplus Erf Gelu Mish Exp Log',
  normalisation: 'InstanceNormalization LpNormalization LRN',
  resize: 'Resize Upsample',
  arrangement:
    'Reshape Flatten Transpose Squeeze Unsqueeze Concat Split Slice Gather Expand Tile Pad DepthToSpace SpaceToDepth Cast Identity Dropout Shape Constant ConstantOfShape',
  reduction: 'ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ArgMax ArgMin',
  logic: 'Where Equal Less LessOrEqual Greater GreaterOrEqual And Or Not',
  quantisation: 'QuantizeLinear DequantizeLinear',
};

const FAMILY_OF = new Map(
  Object.entries(MEMBERS).flatMap(([family, ops]) => ops.split(' ').map((op) => [op, family as Family])),
);

/** @returns undefined for an operation of no family: it cannot be judged */
export const familyOf = (op: string): Family | undefined => FAMILY_OF.get(op);
