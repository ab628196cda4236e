/** The interface of inference for the rest of the camera: load a detector or reader, with a report of its engine. */
import { COMPANIONS, type EngineChoice, type OutRecordOf } from '../../../contract/index.ts';
import { Fault } from '../isolation/fault.ts';
import { EngineChooser, type Chosen, type MakeEngine } from './choose.ts';
import { createDetector, decoderOf, type DetectorOptions, type ModelCard } from './detector.ts';
import type { Detector, Engine } from './engine.ts';
import { readModelFile, type ModelFile } from './file.ts';
import { browserHost } from './host.ts';
import {
  createAgeReader,
  createDescriptorReader,
  createSexReader,
  type FaceAge,
  type FaceDescription,
  type FaceReader,
  type FaceSex,
} from './faces.ts';
import { inputSize } from './input-size.ts';
import { findModel, readWeights } from './load.ts';
import { createMediapipeDetector } from './mediapipe.ts';
import { wasmRuntime, webgpuRuntime } from './ort-import.ts';
import { createOrtEngine, startUp } from './ort.ts';
import { createSignKindReader } from './sign-kinds.ts';
import { createSignReader, type SignReader } from './signs.ts';

export type { StageClock } from './engine.ts';

type Progress = OutRecordOf<'progress'>;
/** Reports the beginning or the progress of a phase. */
type Report = (phase: Progress['phase'], more?: Pick<Progress, 'loaded' | 'total' | 'ms'>) => void;

export interface LoadedDetector {
  readonly detector: Detector;
  /** Why it does not run on the requested engine, or on the first choice. */
  readonly fallback: Chosen['fallback'];
}

let chooser: EngineChooser | undefined;

/**
 * Has the runtime on the CPU compiled and its memory laid out before the first model is there.
 * @throws {Fault} 'backend-unavailable'
 */
export async function prepareRuntime({ threads }: EngineChoice): Promise<void> {
  chooser ??= new EngineChooser(browserHost());
  await startUp(await wasmRuntime(chooser.firstThreads(threads)));
}

/**
 * Gets a model, checks it, starts it on the engine that suits the device best, and runs it once.
 *
 * @param aspect width / height of the source, which the input's proportions follow
 * @param progress receives a record at each phase, and many during the download
 * @param file a model that the visitor dropped in, instead of one of the registry
 * @throws {Fault} 'model-missing', 'model-corrupt', 'model-wrong-hash', 'model-wrong-shape', 'model-unsupported',
 *   'backend-unavailable', 'memory-exhausted', 'config-invalid'
 */
export async function loadDetector(
  choice: EngineChoice,
  aspect: number,
  progress: (record: Progress) => void,
  file?: ModelFile,
  options: DetectorOptions = {},
): Promise<LoadedDetector> {
  const started = performance.now();
  const report: Report = (phase, more) => progress({ type: 'progress', model: choice.model, phase, ...more });
  const { card, weights } = file ? await readModelFile(file) : await download(choice.model, report);
  const loaded = await start(card, weights, choice, aspect, report, options);
  report('done', { ms: performance.now() - started });
  return loaded;
}

/** A reader of signs with what the status record says about its finder. */
export interface LoadedSignReader {
  readonly reader: SignReader;
  readonly fallback: Chosen['fallback'];
}

/** A reader of faces with what the status record says about it. */
export interface LoadedReader<T> {
  readonly reader: FaceReader<T>;
  readonly fallback: Chosen['fallback'];
}

/**
 * Gets the network that reads ages; it has no other output.
 * @throws {Fault} as `loadDetector`
 */
export const loadAgeReader = (
  choice: EngineChoice,
  progress: (record: Progress) => void,
): Promise<LoadedReader<FaceAge>> => loadReader(choice, progress, createAgeReader);

/**
 * Gets the network that reads sexes; it has no other output.
 * @throws {Fault} as `loadDetector`
 */
export const loadSexReader = (
  choice: EngineChoice,
  progress: (record: Progress) => void,
): Promise<LoadedReader<FaceSex>> => loadReader(choice, progress, createSexReader);

/**
 * Gets the network that gives descriptors (case 3 only).
 * @throws {Fault} as `loadDetector`
 */
export const loadDescriptorReader = (
  choice: EngineChoice,
  progress: (record: Progress) => void,
): Promise<LoadedReader<FaceDescription>> => loadReader(choice, progress, createDescriptorReader);

/** The classifier that looks at what a finder of signs has found; it has no other use. */
const SIGN_KINDS = COMPANIONS.signs!;

/**
 * Gets both networks that read signs (case 5 only).
 * @param aspect width / height of the source
 * @throws {Fault} as `loadDetector`
 */
export async function loadSignReader(
  choice: EngineChoice,
  aspect: number,
  progress: (record: Progress) => void,
  options: DetectorOptions = {},
): Promise<LoadedSignReader> {
  const { detector, fallback } = await loadDetector(choice, aspect, progress, undefined, options);
  const report: Report = (phase, more) => progress({ type: 'progress', model: SIGN_KINDS, phase, ...more });
  try {
    const { card, weights } = await download(SIGN_KINDS, report);
    report('initialise');
    const { role, backend, threads } = choice;
    const chosen = await chooseEngine(
      card,
      weights,
      { role, model: SIGN_KINDS, backend, threads },
      1,
      report,
    );
    const reader = createSignReader(detector, createSignKindReader(card, chosen.engine));
    report('done');
    return { reader, fallback };
  } catch (error) {
    await detector.release();
    throw error;
  }
}

async function loadReader<T>(
  choice: EngineChoice,
  progress: (record: Progress) => void,
  create: (card: ModelCard, engine: Engine) => FaceReader<T>,
): Promise<LoadedReader<T>> {
  const started = performance.now();
  const report: Report = (phase, more) => progress({ type: 'progress', model: choice.model, phase, ...more });
  const { card, weights } = await download(choice.model, report);
  report('initialise');
  const { engine, fallback } = await chooseEngine(card, weights, choice, 1, report);
  const reader = create(card, engine);
  if (choice.warmUp !== false) {
    report('warm-up');
    try {
      // The first run takes the engine's memory.
      await reader.wipe();
    } catch (error) {
      await reader.release();
      throw error;
    }
  }
  report('done', { ms: performance.now() - started });
  return { reader, fallback };
}

async function download(id: string, report: Report): Promise<{ card: ModelCard; weights: Uint8Array }> {
  const card = await findModel(id);
  const weights = await readWeights(card, (loaded, total) => report('download', { loaded, total }));
  return { card, weights };
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
  const loaded = await createOn(card, weights, choice, aspect, report, options);
  if (choice.warmUp === false) return loaded;
  report('warm-up');
  try {
    await warmUp(loaded.detector);
  } catch (error) {
    await loaded.detector.release();
    throw error;
  }
  return loaded;
}

async function createOn(
  card: ModelCard,
  weights: Uint8Array,
  choice: EngineChoice,
  aspect: number,
  report: Report,
  options: DetectorOptions,
): Promise<LoadedDetector> {
  if (card.engine === 'mediapipe')
    return { detector: await createMediapipeDetector(card, weights, options), fallback: undefined };
  // Before anything is measured.
  decoderOf(card);
  const { engine, fallback } = await chooseEngine(card, weights, choice, aspect, report);
  return { detector: createDetector(card, engine, options), fallback };
}

/** The first run takes an engine's memory, and shows whether the outputs are what the decoder expects. */
async function warmUp(detector: Detector): Promise<void> {
  const { width, height } = detector;
  const black = { width, height, pixels: new Uint8ClampedArray(width * height * 4) };
  await detector.detect(black, { prepare: (work) => work(), infer: (work) => work() });
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
    runtime.onLost(() => chooser?.gpuLost());
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
