/** Constants: building them, and reading their elements whatever the element type. */
import { OnnxError } from './errors.ts';
import { fromBrain, fromHalf, toHalfExactly } from './half.ts';
import { ELEMENT_TYPES, type ElementType, type Tensor } from './model.ts';
import { saturate } from './protobuf.ts';

/** Larger constants are weights: no size is computed from them. */
const MAX_LISTED = 1024;

/** How many elements a tensor of these sizes has; 1 of no axes. */
export const elementCount = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

/** Typed arrays are little-endian on every machine that runs a browser or Node; ONNX's raw data is too. */
const rawBytes = (data: ArrayBufferView): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/**
 * A constant of floats.
 * @param dims size along each axis
 * @throws {OnnxError} when there are more or fewer elements than the sizes say
 */
export function float32Tensor(name: string, dims: number[], data: ArrayLike<number>): Tensor {
  return checked({ name, type: 'float32', dims, bytes: rawBytes(Float32Array.from(data)) });
}

/** A constant list of whole numbers, one axis. */
export function int64Tensor(name: string, data: readonly number[]): Tensor {
  return {
    name,
    type: 'int64',
    dims: [data.length],
    bytes: rawBytes(BigInt64Array.from(data, (value) => BigInt(value))),
  };
}

/** @returns the tensor with half-precision storage if that loses nothing, else `undefined` */
export function halved(tensor: Tensor): Tensor | undefined {
  const values = elements(tensor);
  if (!values) return undefined;
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i++) {
    const half = toHalfExactly(values[i] as number);
    if (half === undefined) return undefined;
    halves[i] = half;
  }
  return { ...tensor, type: 'float16', bytes: rawBytes(halves) };
}

/** @throws {OnnxError} `malformed` where the bytes are not dims' product of elements */
export function checked(tensor: Tensor): Tensor {
  const count = elementCount(tensor.dims);
  if (
    tensor.dims.some((dim) => !Number.isSafeInteger(dim) || dim < 0) ||
    Math.ceil(count * ELEMENT_TYPES[tensor.type].bytes) !== tensor.bytes.length
  ) {
    throw new OnnxError(
      'malformed',
      `constant ${tensor.name}: ${tensor.type}[${tensor.dims.join()}] in ${tensor.bytes.length} bytes`,
    );
  }
  return tensor;
}

/**
 * The elements as numbers; 64-bit integers are saturated to the safe integers.
 *
 * @returns undefined for formats of fewer than eight bits and for eight-bit floats: they store weights, and no size is
 *   computed from a weight
 */
export function elements(tensor: Tensor): Float32Array | Float64Array | number[] | undefined {
  const { type, bytes } = tensor;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = ELEMENT_TYPES[type].bytes;
  const count = bytes.length / width;
  const read = (at: (offset: number) => number) => Array.from({ length: count }, (_, i) => at(i * width));
  switch (type) {
    case 'float32': {
      // A copy, because the bytes of a file need not be aligned.
      return new Float32Array(new Uint8Array(bytes).buffer);
    }
    case 'float64':
      return new Float64Array(new Uint8Array(bytes).buffer);
    case 'float16':
      return Float32Array.from(read((o) => fromHalf(view.getUint16(o, true))));
    case 'bfloat16':
      return Float32Array.from(read((o) => fromBrain(view.getUint16(o, true))));
    case 'int64':
      return read((o) => saturate(view.getBigInt64(o, true)));
    case 'uint64':
      return read((o) => saturate(view.getBigUint64(o, true)));
    case 'int32':
      return read((o) => view.getInt32(o, true));
    case 'uint32':
      return read((o) => view.getUint32(o, true));
    case 'int16':
      return read((o) => view.getInt16(o, true));
    case 'uint16':
      return read((o) => view.getUint16(o, true));
    case 'int8':
      return read((o) => view.getInt8(o));
    case 'uint8':
    case 'bool':
      return read((o) => view.getUint8(o));
    default:
      return undefined;
  }
}

const BY_CODE = new Map<number, ElementType>(
  Object.entries(ELEMENT_TYPES).map(([type, { code }]) => [code, type as ElementType]),
);

/**
 * The elements as a list, where they can be read and are few enough that a size may be computed from them.
 * @returns numbers in the unit of the tensor: sizes, offsets or axes
 */
export function listed(tensor: Tensor): number[] | undefined {
  if (elementCount(tensor.dims) > MAX_LISTED) return undefined;
  const values = elements(tensor);
  return values && Array.from(values);
}

/** Types that are named in TensorProto.DataType, but that no network of a camera computes with. */
const NO_NUMBERS: Readonly<Record<number, string>> = { 8: 'string', 14: 'complex64', 15: 'complex128' };

/** The type by its number in TensorProto.DataType, a whole number. @throws {OnnxError} `number-format` for strings, complex numbers and numbers that no version of ONNX gives a type */
export function elementType(code: number): ElementType {
  const type = BY_CODE.get(code);
  if (type !== undefined) return type;
  throw new OnnxError('number-format', NO_NUMBERS[code] ?? `type-${code}`);
}
