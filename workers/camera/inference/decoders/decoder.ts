/** Shared parts of all decoders. */
import { Fault } from '../../isolation/fault.ts';
import type { Detection } from '../../vision/geometry/detection.ts';
import type { Outputs, Tensor } from '../engine.ts';

/** The input of a decoder beside the tensors. */
export interface DecoderInput {
  /** Size of the model input in pixels. */
  readonly width: number;
  readonly height: number;
  /** Class names of the card, in the order of the model's classes. */
  readonly labels: readonly string[];
  /** Candidates below this score are left out, 0..1. */
  readonly minScore: number;
}

/**
 * Turns a model's tensors into detections in pixels of the model input, overlapping ones included. Pure. Thresholds are
 * written so that a score that is not a number does not pass.
 * @throws {Fault} 'model-wrong-shape' when the tensors do not fit the family
 */
export type Decoder = (outputs: Outputs, input: DecoderInput) => Detection[];

/**
 * The output called `name`, checked against `dims` (null: any size).
 * @throws {Fault} 'model-wrong-shape'
 */
export function output(outputs: Outputs, name: string, dims: readonly (number | null)[]): Tensor {
  const tensor = outputs.get(name);
  if (!tensor) throw wrong(`there is no output ${name}, only ${[...outputs.keys()].join(', ')}`);
  return checked(name, tensor, dims);
}

/** The only output of a model whose exporters do not agree on its name; else like `output`. */
export function onlyOutput(outputs: Outputs, dims: readonly (number | null)[]): Tensor {
  const [entry, another] = outputs;
  if (!entry || another)
    throw wrong(`one output is expected, not ${[...outputs.keys()].join(', ') || 'none'}`);
  return checked(entry[0], entry[1], dims);
}

function checked(name: string, tensor: Tensor, dims: readonly (number | null)[]): Tensor {
  const fits =
    tensor.dims.length === dims.length && dims.every((size, i) => size === null || size === tensor.dims[i]);
  const size = tensor.dims.reduce((product, side) => product * side, 1);
  if (!fits || size !== tensor.data.length)
    throw wrong(`${name} is [${tensor.dims.join()}], not [${dims.map((size) => size ?? '?').join()}]`);
  return tensor;
}

const wrong = (message: string) => new Fault('model-wrong-shape', message);

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The threshold before a sigmoid, so that only passing values need the sigmoid. */
export const logit = (p: number): number => Math.log(p / (1 - p));

/** Index of the greatest of `count` values from `from`; the first of equals. */
export function argmax(values: Float32Array, from: number, count: number, stride = 1): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (values[from + i * stride]! > values[from + best * stride]!) best = i;
  return best;
}
