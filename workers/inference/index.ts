/** What the camera's core knows of inference: ask for a detector, get one, and how it came about. */
import type { EngineChoice, OutRecordOf } from '../contract.ts';
import { Fault } from '../faults.ts';
import { EngineChooser, type Chosen, type MakeEngine } from './choose.ts';
import { createDetector, type DetectorOptions, type ModelCard } from './detector.ts';
import type { Detector, Fallback } from './engine.ts';
import { browserHost } from './host.ts';
import { inputSize } from './input-size.ts';
import { fetchWeights, findModel, verifyWeights } from './load.ts';
import { createMediapipeDetector } from './mediapipe.ts';
import { wasmRuntime, webgpuRuntime } from './ort-import.ts';
import { createOrtEngine } from './ort.ts';

export type { Detector, Engine, EngineInfo, Fallback, StageClock } from './engine.ts';
export type { Region } from '../vision/letterbox.ts';

type Progress = OutRecordOf<'progress'>;
/** Tells that a phase has begun, or how far it is. */
type Report = (phase: Progress['phase'], more?: Pick<Progress, 'loaded' | 'total' | 'ms'>) => void;

export interface LoadedDetector {
  readonly detector: Detector;
  /** Why it does not run on what was asked for, or on what would have been first choice. */
  readonly fallback: Fallback | undefined;
}

/** A model the user dropped in, with what the page says about it. */
export interface ModelFile {
  readonly data: Blob;
  readonly card: unknown;
}

let chooser: EngineChooser | undefined;

/**
 * Downloads, checks and starts a model, and runs it once.
 *
 * @param aspect width / height of the source, which the input's proportions follow
 * @param progress receives a record at each phase; during the download many
 * @throws {Fault} 'model-missing', 'model-corrupt', 'model-wrong-hash', 'model-wrong-shape', 'model-unsupported',
 *   'backend-unavailable', 'memory-exhausted', 'config-invalid'
 */
export async function loadDetector(
  choice: EngineChoice,
  aspect: number,
  progress: (record: Progress) => void,
  _file?: ModelFile,
  options: DetectorOptions = {},
): Promise<LoadedDetector> {
  const report: Report = (phase, more) => progress({ type: 'progress', model: choice.model, phase, ...more });
  const started = performance.now();
  const model = await findModel(choice.model);
  const weights = await fetchWeights(model, (loaded, total) => report('download', { loaded, total }));
  report('verify');
  await verifyWeights(model, weights);
  const loaded = await start(model, weights, choice, aspect, report, options);
  report('done', { ms: performance.now() - started });
  return loaded;
}

async function start(
  card: ModelCard,
  weights: Uint8Array,
  choice: EngineChoice,
  aspect: number,
  report: Report,
  options: DetectorOptions,
): Promise<LoadedDetector> {
  report('initialise');
  let loaded: LoadedDetector;
  if (card.engine === 'mediapipe') {
    loaded = { detector: await createMediapipeDetector(card, weights, options), fallback: undefined };
  } else {
    const { engine, fallback } = await chooseEngine(card, weights, choice, aspect, report);
    loaded = { detector: createDetector(card, engine, options), fallback };
  }
  report('warm-up');
  try {
    await loaded.detector.wipe();
  } catch (error) {
    await loaded.detector.release();
    throw error;
  }
  return loaded;
}

function chooseEngine(
  card: ModelCard,
  weights: Uint8Array,
  choice: EngineChoice,
  aspect: number,
  report: Report,
): Promise<Chosen> {
  const size = inputSize(card, aspect, choice);
  chooser ??= new EngineChooser(browserHost());
  const make: MakeEngine = async (backend, threads) => {
    const runtime = await (backend === 'wasm' ? wasmRuntime(threads) : webgpuRuntime());
    runtime.lost.catch(() => chooser?.gpuLost());
    try {
      return await createOrtEngine(runtime, { model: card.id, weights, ...size });
    } catch (error) {
      if (error instanceof Fault && error.code === 'backend-unavailable') {
        if (backend === 'wasm') wasmRuntime.forget(threads);
        else webgpuRuntime.forget();
      }
      throw error;
    }
  };
  return chooser.choose(choice, make, () => report('measure'));
}
