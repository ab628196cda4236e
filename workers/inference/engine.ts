import type { Picture } from '../frames/frame.ts';
import type { Detection } from '../vision/detection.ts';

/** One output of a model. Memory belongs to the engine and is valid until the next run. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

export type Backend = 'wasm' | 'webgpu' | 'mediapipe';

/**
 * A loaded model that takes pixels and gives tensors. The input is always RGBA bytes [height, width, 4]; colour order,
 * normalisation and layout are part of the graph (design, section 4).
 */
export interface Engine {
  readonly model: string;
  readonly backend: Backend;
  readonly threads: number;
  readonly width: number;
  readonly height: number;
  /** @throws {EngineError} when the run fails or the device is lost */
  run(rgba: Uint8Array): Promise<ReadonlyMap<string, Tensor>>;
  /** Runs an all-zero picture so that the last frame's input and activations are overwritten. */
  wipe(): Promise<void>;
  release(): Promise<void>;
}

/** Times the two parts of a detection apart. */
export interface StageClock {
  prepare<T>(work: () => T): T;
  infer<T>(work: () => Promise<T>): Promise<T>;
}

/** Picture in, detections out: letterbox, engine, decoder, non-maximum suppression. */
export interface Detector {
  readonly model: string;
  readonly backend: Backend;
  readonly threads: number;
  readonly width: number;
  readonly height: number;
  readonly labels: readonly string[];
  /** Bytes of picture the detector itself holds (its letterboxed input), for the ledger. */
  readonly inputBytes: number;
  detect(picture: Picture, clock: StageClock): Promise<Detection[]>;
  wipe(): Promise<void>;
  release(): Promise<void>;
}
