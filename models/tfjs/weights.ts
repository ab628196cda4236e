/** The weights of a TFJS graph-model: one binary, laid out as the manifest says. */
import { fromHalf } from '../../lib/onnx/half.ts';
import { ConversionError } from './errors.ts';
import type { GraphModelJson, WeightEntry } from './topology.ts';

export interface Constant {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/**
 * @param binary the weight files of the manifest, one after the other
 * @returns every constant by name; half-precision weights as the float32 they stand for
 * @throws {ConversionError} for an unknown type, or where the sizes do not add up
 */
export function readWeights(json: GraphModelJson, binary: Uint8Array): Map<string, Constant> {
  const view = new DataView(binary.buffer, binary.byteOffset, binary.byteLength);
  const constants = new Map<string, Constant>();
  let at = 0;
  for (const entry of json.weightsManifest.flatMap((group) => group.weights)) {
    const { width, read, make } = formatOf(entry, view);
    const count = entry.shape.reduce((a, b) => a * b, 1);
    if (at + count * width > binary.length) {
      throw new ConversionError(`the weights end inside "${entry.name}"`);
    }
    const data = make(count);
    for (let i = 0; i < count; i++) data[i] = read(at + i * width);
    at += count * width;
    constants.set(entry.name, { shape: entry.shape, data });
  }
  if (at !== binary.length) throw new ConversionError(`${binary.length - at} bytes of weights left over`);
  return constants;
}

function formatOf({ name, dtype, quantization }: WeightEntry, view: DataView) {
  const floats = (count: number) => new Float32Array(count);
  const integers = (count: number) => new Int32Array(count);
  if (dtype === 'float32' && quantization?.dtype === 'float16') {
    return { width: 2, read: (at: number) => fromHalf(view.getUint16(at, true)), make: floats };
  }
  if (dtype === 'float32' && !quantization) {
    return { width: 4, read: (at: number) => view.getFloat32(at, true), make: floats };
  }
  if (dtype === 'int32' && !quantization) {
    return { width: 4, read: (at: number) => view.getInt32(at, true), make: integers };
  }
  throw new ConversionError(`weight "${name}" is ${dtype} quantised as ${quantization?.dtype ?? 'nothing'}`);
}
