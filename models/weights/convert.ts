/** Weights stored by name to ONNX, by the architecture that they belong to. */
import type { Model } from '../../lib/onnx/model.ts';
import type { Architecture } from '../registry.ts';
import { emit } from '../tfjs/emit.ts';
import type { Ir } from '../tfjs/ir.ts';
import { foldNormalisation, type Normalisation } from '../tfjs/passes.ts';
import { readWeights, type Constant, type Manifest } from '../tfjs/weights.ts';
import { ageNetwork } from './age.ts';
import { faceDescriptorNetwork } from './face-descriptor.ts';

const ARCHITECTURES: Record<Architecture, (weights: ReadonlyMap<string, Constant>) => Ir> = {
  'tiny-xception-age': ageNetwork,
  'dlib-resnet': faceDescriptorNetwork,
};

export interface BuildSpec {
  readonly architecture: Architecture;
  /** How bytes become what the network takes. */
  readonly normalisation: Normalisation;
  /** Input size the network is made for, pixels. */
  readonly height: number;
  readonly width: number;
  /** Entered in the file as its producer and the graph's name. */
  readonly name: string;
}

/**
 * @returns an ONNX model whose input `input` is uint8 RGBA [1, height, width, 4] with alpha 255. Weights that the source
 *   stores in one byte stay so in the file.
 * @throws {ConversionError} where the weights are damaged, or not those of the architecture
 */
export function buildFromWeights(manifest: Manifest, binary: Uint8Array, spec: BuildSpec): Model {
  const ir = ARCHITECTURES[spec.architecture](readWeights(manifest, binary));
  foldNormalisation(ir, spec.normalisation);
  return emit(ir, [spec.height, spec.width], false, spec.name);
}
