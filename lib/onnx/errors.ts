/**
 * Why a model file was refused.
 *
 * - `not-onnx`: the bytes are something else (a text file, a picture, another model format)
 * - `truncated`: it starts like an ONNX file and ends too early
 * - `malformed`: ONNX, but it contradicts itself (sizes that do not match, a value without a producer)
 * - `unsupported`: sound, but it uses something this code does not handle
 * - `external-data`: sound, but its weights are in another file
 * - `wrong-shape`: sound and readable, but its input is not what its card says
 */
export type OnnxReason =
  'not-onnx' | 'truncated' | 'malformed' | 'unsupported' | 'external-data' | 'wrong-shape';

/** The one error of the ONNX code; `reason` is for programs, `message` for developers. */
export class OnnxError extends Error {
  constructor(
    readonly reason: OnnxReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'OnnxError';
  }
}
