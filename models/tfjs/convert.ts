/** TFJS graph-model to ONNX, for graphs that take one picture. */
import type { Model } from '../../lib/onnx/model.ts';
import { emit } from './emit.ts';
import { importGraph } from './import.ts';
import {
  dropIdentities,
  foldBias,
  foldNormalisation,
  joinClips,
  keepChannels,
  type Normalisation,
} from './passes.ts';
import { freeSizes } from './sizes.ts';
import type { GraphModelJson } from './topology.ts';

export interface ConversionSpec {
  /** The TensorFlow value that is the picture, [1, height, width, 3]; what comes before it is left out. */
  picture: string;
  /** Outputs by their new name: the TensorFlow value, and the channels to keep where not all are wanted. */
  outputs: Record<string, { value: string; channels?: readonly number[] }>;
  /** How bytes become what `picture` is. */
  normalisation: Normalisation;
  /** Input size the graph was made for. */
  height: number;
  width: number;
  /** Frees the graph of its fixed size: any sides that are multiples of this. Absent: the size stays. */
  multipleOf?: number;
  /** Entered in the file as its producer and the graph's name. */
  name: string;
}

/**
 * @returns an ONNX model whose input `input` is uint8 RGBA [1, height, width, 4] with alpha 255; outputs that are
 *   pictures are [1, channels, height, width]
 * @throws {ConversionError} where the graph cannot be converted
 */
export function convert(json: GraphModelJson, weights: Uint8Array, spec: ConversionSpec): Model {
  const outputs = Object.entries(spec.outputs).map(([name, { value }]) => ({ name, value }));
  const ir = importGraph(json, weights, spec.picture, outputs);
  dropIdentities(ir);
  joinClips(ir);
  foldBias(ir);
  foldNormalisation(ir, spec.normalisation);
  for (const [name, { channels }] of Object.entries(spec.outputs)) {
    if (channels) keepChannels(ir, name, channels);
  }
  const { multipleOf } = spec;
  if (multipleOf === undefined) return emit(ir, [spec.height, spec.width], false, spec.name);
  freeSizes(ir, [spec.height, spec.width], multipleOf);
  return emit(ir, [multipleOf, multipleOf], true, spec.name);
}
