/**
 * Exchanges three kernels of ONNX Runtime Web for faster ones. Its CPU build has no depthwise convolution, a matrix kernel
 * that needs more registers than there are, and a conversion of types that takes seconds to compile. The new kernels
 * (`depthwise.ts`, `gemm.ts`, `cast.ts`) sum in the same order, so results are the same to the last bit, except the last one to
 * three numbers of a channel whose size is not a multiple of four.
 *
 * Functions in the file have numbers, not names. So the patch holds for exactly one file, identified by its hash; any
 * other file stays as it is.
 */
import { Module } from '../../lib/wasm/module.ts';
import { cast } from './cast.ts';
import { depthwise, dispatch, WINDOWS } from './depthwise.ts';
import { gemmKernel } from './gemm.ts';

/** `dist/ort-wasm-simd-threaded.wasm` of onnxruntime-web 1.30.0, and functions in it by their C++ names. */
export const KNOWN = {
  version: '1.30.0',
  sha256: '3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2',
  functions: {
    /** Convolution of one group by writing its windows out: MlasConvOperation. */
    convolution: 2702,
    /** Bias and activation in place: MlasActivation. */
    activation: 1226,
    /** MlasSgemmKernelZero and MlasSgemmKernelAdd. */
    gemm: { overwrites: 1422, adds: 2415 },
    /** Conversion of types: Cast::Compute. */
    cast: 6145,
    /** OrtValue::Get<Tensor> and OrtValue::GetMutable<Tensor>. */
    tensor: 113,
    writableTensor: 130,
  },
} as const;

export interface PatchOptions {
  /**
   * Fused multiply-add where the processor has it (relaxed SIMD). It rounds once instead of twice, so results differ
   * between processors; for measurements only.
   */
  readonly relaxed?: boolean;
  /** Which kernels to exchange; all by default. */
  readonly depthwise?: boolean;
  readonly gemm?: boolean;
  readonly cast?: boolean;
}

/**
 * @param runtime the bytes of `KNOWN`
 * @throws {RangeError} when they are no module that can be read
 */
export function patch(runtime: Uint8Array, options: PatchOptions = {}): Uint8Array {
  const { relaxed = false } = options;
  const { convolution, activation, gemm, tensor, writableTensor } = KNOWN.functions;
  const module = new Module(runtime);
  if (options.gemm !== false) {
    module.replace(gemm.overwrites, gemmKernel({ adds: false, relaxed }));
    module.replace(gemm.adds, gemmKernel({ adds: true, relaxed }));
  }
  if (options.depthwise !== false) {
    const original = module.add(module.body(convolution), convolution);
    const kernels = WINDOWS.map((window) => module.add(depthwise(window, relaxed), convolution));
    module.replace(convolution, dispatch(original, activation, kernels));
  }
  if (options.cast !== false) {
    const original = module.add(module.body(KNOWN.functions.cast), KNOWN.functions.cast);
    module.replace(KNOWN.functions.cast, cast({ original, tensor, writableTensor }));
  }
  return module.encode();
}
