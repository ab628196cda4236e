/**
 * Why a model file was refused.
 *
 * - `not-onnx`: the bytes are something else (a text file, a picture, another model format)
 * - `truncated`: it starts like an ONNX file and ends too early
 * - `malformed`: ONNX, but it contradicts itself (sizes that do not match, a value that no operation makes)
 * - `empty`: sound, but nothing in it is computed from its inputs
 * - `unsupported`: sound, but it uses something this code does not handle
 * - `control-flow`: sound, but it contains loops or branches (If, Loop, Scan)
 * - `functions`: sound, but it defines operations of its own inside the file
 * - `not-tensors`: sound, but an input or output is a sequence, a map, an optional or sparse
 * - `number-format`: sound, but it holds values that are no numbers, or of a type that is not known; the message is its name
 * - `data-dependent`: sound, but a size inside the graph depends on what is in the picture
 * - `external-data`: sound, but its weights are in another file
 * - `newer-operator`: it has an operation that its opset does not have yet; the message is its name
 * - `fixed-batch`: sound, but it takes several pictures in one run
 * - `wrong-shape`: sound and readable, but its input is not what its card says
 */
export type OnnxReason =
  | 'not-onnx'
  | 'truncated'
  | 'malformed'
  | 'empty'
  | 'unsupported'
  | 'control-flow'
  | 'functions'
  | 'not-tensors'
  | 'number-format'
  | 'data-dependent'
  | 'external-data'
  | 'newer-operator'
  | 'fixed-batch'
  | 'wrong-shape';

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
