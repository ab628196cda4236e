/** What the camera's core knows of inference: ask for a detector, get one, and how it came about. */
import type { RegistryEntry } from '../../models/registry.ts';
import type { EngineChoice, OutRecordOf } from '../contract.ts';
import { createDetector, type DetectorOptions } from './detector.ts';
import type { Detector, Fallback } from './engine.ts';
import { inputSize } from './input-size.ts';
import { fetchWeights, findModel, verifyWeights } from './load.ts';
import { wasmRuntime } from './ort-runtime.ts';
import { createOrtEngine } from './ort.ts';

export type { Detector, Engine, EngineInfo, Fallback, StageClock } from './engine.ts';
export type { Region } from '../vision/letterbox.ts';

/** A step on the way to a detector, ready to be sent. */
export type OnProgress = (progress: OutRecordOf<'progress'>) => void;

export interface LoadedDetector {
  readonly detector: Detector;
  readonly entry: RegistryEntry;
  /** Why it does not run on what was asked for, or on what would have been first choice. */
  readonly fallback?: Fallback;
}

/**
 * Downloads, checks and starts a model.
 *
 * @param sourceAspect width / height of the source, which the input's proportions follow
 * @throws {Fault} 'model-*', 'backend-unavailable', 'memory-exhausted', 'config-invalid'
 */
export async function loadDetector(
  choice: EngineChoice,
  sourceAspect: number,
  onProgress: OnProgress,
  options: DetectorOptions = {},
): Promise<LoadedDetector> {
  const model = choice.model;
  const report = (phase: OutRecordOf<'progress'>['phase'], more: Partial<OutRecordOf<'progress'>> = {}) =>
    onProgress({ type: 'progress', model, phase, ...more });
  const started = performance.now();
  const entry = await findModel(model);
  const size = inputSize(entry, sourceAspect, choice);
  const weights = await fetchWeights(entry, (loaded, total) => report('download', { loaded, total }));
  report('verify');
  await verifyWeights(entry, weights);
  report('initialise');
  const cores = navigator.hardwareConcurrency;
  const wanted = choice.threads || Math.max(1, Math.min(cores - 1, 4));
  const threads = self.crossOriginIsolated ? wanted : 1;
  const engine = await createOrtEngine(await wasmRuntime(threads), { model, weights, ...size });
  report('warm-up');
  await engine.wipe();
  report('done', { ms: performance.now() - started });
  return {
    entry,
    detector: createDetector(entry, engine, options),
    ...(threads < wanted && { fallback: 'not-isolated' as const }),
  };
}
