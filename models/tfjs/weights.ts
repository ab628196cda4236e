/** The weights of a TFJS model: one binary, laid out as the manifest says. */
import { fromHalf } from '../../lib/onnx/half.ts';
import { ConversionError } from './errors.ts';
import type { WeightEntry } from './topology.ts';

export interface Constant {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
  /** How the file stores `data`, where that is one byte an element. */
  readonly stored?: StoredBytes;
}

/** Numbers of one byte each: `byte * scale + min`. */
export interface StoredBytes {
  readonly bytes: Uint8Array;
  readonly scale: number;
  readonly min: number;
}

/** The names, shapes and types of weights, in the order of the binary. */
export type Manifest = readonly { readonly weights: readonly WeightEntry[] }[];

/**
 * @param binary the weight files of the manifest, one after the other
 * @returns every constant by name; weights of half precision or of one byte as the float32 they stand for
 * @throws {ConversionError} for an unknown type, or where the sizes do not add up
 */
export function readWeights(manifest: Manifest, binary: Uint8Array): Map<string, Constant> {
  const view = new DataView(binary.buffer, binary.byteOffset, binary.byteLength);
  const constants = new Map<string, Constant>();
  let at = 0;
  for (const entry of manifest.flatMap((group) => group.weights)) {
    const { width, read, make, stored } = formatOf(entry, view);
    const count = entry.shape.reduce((a, b) => a * b, 1);
    const end = at + count * width;
    if (end > binary.length) throw new ConversionError(`the weights end inside "${entry.name}"`);
    const data = make(count);
    for (let i = 0; i < count; i++) data[i] = read(at + i * width);
    constants.set(entry.name, {
      shape: entry.shape,
      data,
      // A copy, and a plain array: slices of Node's Buffer share its memory.
      ...(stored && { stored: { bytes: new Uint8Array(binary.subarray(at, end)), ...stored } }),
    });
    at = end;
  }
  if (at !== binary.length) throw new ConversionError(`${binary.length - at} bytes of weights left over`);
  return constants;
}

interface Format {
  /** Bytes of one element. */
  readonly width: number;
  readonly read: (at: number) => number;
  readonly make: (count: number) => Float32Array | Int32Array;
  readonly stored?: Omit<StoredBytes, 'bytes'>;
}

function formatOf({ name, dtype, quantization }: WeightEntry, view: DataView): Format {
  const floats = (count: number) => new Float32Array(count);
  const integers = (count: number) => new Int32Array(count);
  if (dtype === 'float32' && quantization?.dtype === 'float16') {
    return { width: 2, read: (at) => fromHalf(view.getUint16(at, true)), make: floats };
  }
  if (dtype === 'float32' && quantization?.dtype === 'uint8') {
    const { scale, min } = quantization;
    if (scale !== undefined && min !== undefined) {
      return {
        width: 1,
        read: (at) => view.getUint8(at) * scale + min,
        make: floats,
        stored: { scale, min },
      };
    }
  }
  if (dtype === 'float32' && !quantization) {
    return { width: 4, read: (at) => view.getFloat32(at, true), make: floats };
  }
  if (dtype === 'int32' && !quantization) {
    return { width: 4, read: (at) => view.getInt32(at, true), make: integers };
  }
  throw new ConversionError(`weight "${name}" is ${dtype} quantised as ${quantization?.dtype ?? 'nothing'}`);
}
