/** The native build of ONNX Runtime behind the engine's own code: same graphs, same names, no browser. */
import * as ort from 'onnxruntime-node';
import type { InferenceSession } from 'onnxruntime-node';
import {
  OrtRuntime,
  type Losable,
  type OrtModule,
} from '../../../../../workers/camera/inference/ort-runtime.ts';

const module: OrtModule = {
  ...ort,
  InferenceSession: {
    create: (weights: Uint8Array, options: InferenceSession.SessionOptions) =>
      ort.InferenceSession.create(weights, {
        ...options,
        executionProviders: ['cpu'],
        intraOpNumThreads: 2,
        logSeverityLevel: 4,
      }),
  } as OrtModule['InferenceSession'],
};

/** @param device what would be the graphics device of a browser */
export const nativeRuntime = (device?: () => Promise<Losable>) =>
  new OrtRuntime(module, device ? 'webgpu' : 'wasm', 1, device && { device });
