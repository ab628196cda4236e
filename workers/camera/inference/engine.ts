import type { Picture } from '../frames/frame.ts';
import type { Detection } from '../vision/geometry/detection.ts';
import type { Region } from '../vision/geometry/letterbox.ts';

/** One output of a model. Memory belongs to the engine and is valid until the next run, which zeroes it. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** A run's outputs by name. */
export type Outputs = ReadonlyMap<string, Tensor>;

export type Backend = 'wasm' | 'webgpu' | 'mediapipe';

/** Why an engine is not the requested one; shown to the visitor. */
export type Fallback = 'no-adapter' | 'slower' | 'failed' | 'lost' | 'not-isolated' | 'no-webgl';

/** The engine and input size of a model. The size is in pixels. */
export interface EngineInfo {
  readonly model: string;
  readonly backend: Backend;
  readonly threads: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A loaded model that takes pixels and gives tensors. The input is always RGBA bytes [height, width, 4]; colour order,
 * normalisation and layout are part of the graph (design, section 4).
 */
export interface Engine extends EngineInfo {
  /**
   * Runs are serialised: a second call waits for the first.
   * @throws {Fault} 'gpu-lost', 'memory-exhausted' or 'model-run-failed' when the run fails; 'model-nan' when its results are no
   *   numbers
   */
  run(rgba: Uint8Array): Promise<Outputs>;
  /** Runs an all-zero picture so that the last frame's input and activations are overwritten, and zeroes the outputs. */
  wipe(): Promise<void>;
  /** Frees the model. Safe to call twice. */
  release(): Promise<void>;
}

/** Times the two parts of a detection separately. */
export interface StageClock {
  prepare<T>(work: () => T): T;
  infer<T>(work: () => Promise<T>): Promise<T>;
}

/** Picture in, detections out: letterbox, engine, decoder, non-maximum suppression. */
export interface Detector extends EngineInfo {
  readonly labels: readonly string[];
  /** Bytes of picture the detector holds between `prepare` and the end of `detect` (its letterboxed input), for the ledger. */
  readonly inputBytes: number;
  /**
   * Detections in pixels of the picture, best first. The detector's copy of the picture is zeroed before this
   * settles, whether it succeeds or not.
   * @param region part of the picture to process; the whole by default
   * @throws {Fault} of the engine, or 'model-wrong-shape' when the outputs do not fit the model's family
   */
  detect(picture: Picture, clock: StageClock, region?: Region): Promise<Detection[]>;
  wipe(): Promise<void>;
  release(): Promise<void>;
}
