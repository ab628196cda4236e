/** The learned constants of a graph: how many they are, and in which number format they are stored. */
import { isFloat, type ElementType, type Model, type Node, type Tensor } from './model.ts';
import { elementCount } from './tensors.ts';

/** Formats of stored numbers, as people who build chips call them. */
export const PRECISIONS = ['fp32', 'fp16', 'bf16', 'fp8', 'fp4', 'int16', 'int8', 'int4', 'int2'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Inputs that set an operation up instead of being computed with: scales of Resize, bounds of Clip, zero points. */
const SETTINGS: Record<string, readonly number[]> = {
  Resize: [1, 2, 3],
  Upsample: [1],
  Clip: [1, 2],
  Pad: [1, 2],
  QuantizeLinear: [1, 2],
  DequantizeLinear: [1, 2],
  QLinearConv: [1, 2, 4, 5, 6, 7],
  QLinearMatMul: [1, 2, 4, 5, 6, 7],
  QGemm: [1, 2, 4, 5, 7, 8],
  ConvInteger: [2, 3],
  MatMulInteger: [2, 3],
  QLinearAdd: [1, 2, 4, 5, 6, 7],
  QLinearMul: [1, 2, 4, 5, 6, 7],
  QLinearSigmoid: [1, 2, 3, 4],
  QLinearLeakyRelu: [1, 2, 3, 4],
  QLinearSoftmax: [1, 2, 3, 4],
  QLinearGlobalAveragePool: [1, 2, 3, 4],
};

/** Inputs that hold a bias of 32-bit whole numbers. Other whole numbers of 32 bits are sizes and indices. */
const BIASES: Record<string, number> = { DequantizeLinear: 0, QLinearConv: 8, QGemm: 6 };

const isSetting = ({ op }: Node, index: number): boolean =>
  op === 'QLinearConcat' ? index < 2 || index % 3 !== 2 : (SETTINGS[op]?.includes(index) ?? false);

/** The learned constants: whatever is computed with, and no mere setting, size or index. */
export function learnedConstants({ graph }: Model): Tensor[] {
  const computedWith = new Set<string>();
  const biases = new Set<string>();
  for (const node of graph.nodes) {
    node.inputs.forEach((name, index) => {
      if (!isSetting(node, index)) computedWith.add(name);
    });
    biases.add(node.inputs[BIASES[node.op] ?? -1] ?? '');
  }
  const constants = [
    ...graph.initialisers,
    ...graph.nodes.flatMap((node) => {
      const value = node.op === 'Constant' ? node.attributes['value'] : undefined;
      return value?.kind === 'tensor' ? [{ ...value.value, name: node.outputs[0] ?? '' }] : [];
    }),
  ];
  return constants.filter(
    ({ name, type }) =>
      computedWith.has(name) && (precisionOf(type) || (type === 'int32' && biases.has(name))),
  );
}

/** @returns undefined for formats in which no weights are stored */
function precisionOf(type: ElementType): Precision | undefined {
  if (type === 'float64' || type === 'float32') return 'fp32';
  if (type === 'float16') return 'fp16';
  if (type === 'bfloat16') return 'bf16';
  if (isFloat(type)) return type.startsWith('float8') ? 'fp8' : 'fp4';
  const [, bits] = /^u?int(2|4|8|16)$/.exec(type) ?? [];
  return bits === undefined ? undefined : (`int${bits}` as Precision);
}

/** A bias of 32 bits belongs to the eight-bit weights it is added to. */
const storedAs = (type: ElementType): Precision => precisionOf(type) ?? 'int8';

export interface Weights {
  /** Elements of all weights, biases and other learned constants; sizes, bounds, scales and zero points do not count. */
  readonly parameters: number;
  /** The format in which nine tenths of the parameters are stored. */
  readonly precision: Precision | 'mixed';
  /** Element types of the parameters that chips and browsers seldom compute with, as the file names them, sorted. */
  readonly rareTypes: readonly ElementType[];
}

const USUAL: readonly (Precision | undefined)[] = ['fp32', 'fp16', 'int8', undefined];

/** How many learned numbers a model has, and in which number format nearly all of them are stored. */
export function weights(model: Model): Weights {
  const count = new Map<Precision, number>();
  const rare = new Set<ElementType>();
  let parameters = 0;
  for (const { type, dims } of learnedConstants(model)) {
    const elements = elementCount(dims);
    const precision = storedAs(type);
    parameters += elements;
    count.set(precision, (count.get(precision) ?? 0) + elements);
    if (!USUAL.includes(precision)) rare.add(type);
  }
  // Biases and the first convolution usually stay in full precision; a tenth of that does not make a file "mixed".
  const main = PRECISIONS.find((each) => (count.get(each) ?? 0) >= 0.9 * parameters);
  return { parameters, precision: main ?? 'mixed', rareTypes: [...rare].sort() };
}
