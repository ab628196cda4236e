/**
 * Face detection by MediaPipe's tasks, on the CPU.
 *
 * The version is pinned to 0.10.35: from 1.0.0 on the package reports its usage to its maker, without a switch to turn
 * that off. The picture is letterboxed to the model's own size before MediaPipe sees it, so that it holds no more
 * pixels than other engines.
 */
import type * as Tasks from '@mediapipe/tasks-vision';
import { Fault } from '../isolation/fault.ts';
import { decodeMediapipeFace } from './decoders/mediapipe-face.ts';
import { plausible } from './plausible.ts';
import { detectorAround, thresholds, type DetectorOptions, type ModelCard } from './detector.ts';
import type { Detector } from './engine.ts';
import { supplies, type CodeName } from '../isolation/supplies.ts';
import { sweepKnownHeap, type Heap } from './sweep-heap.ts';

/**
 * @param weights the .tflite file, with the metadata MediaPipe asks for
 * @throws {Fault} 'backend-unavailable' where there is no WebGL, which MediaPipe needs even on the CPU;
 *   'model-unsupported' for another family; 'model-corrupt' when MediaPipe rejects the file
 */
export async function createMediapipeDetector(
  card: ModelCard,
  weights: Uint8Array,
  options: DetectorOptions = {},
): Promise<Detector> {
  if (card.family !== 'mediapipe-face')
    throw new Fault('model-unsupported', `MediaPipe detects faces only, not ${card.family}`, {
      subject: card.id,
    });
  const { minScore, maxIou } = thresholds(card, options);
  const { width, height } = card.input;
  const { task, sweep } = await createTask(weights, minScore, maxIou, card.id);
  const labels = card.classes;
  const detectFaces = (rgba: Uint8Array) => {
    const pixels = new Uint8ClampedArray(rgba.buffer as ArrayBuffer, rgba.byteOffset, rgba.byteLength);
    return task.detect(new ImageData(pixels, width, height));
  };
  return detectorAround(
    { model: card.id, backend: 'mediapipe', threads: 1, width, height, labels },
    card.input,
    {
      find: async (rgba) =>
        plausible(decodeMediapipeFace(detectFaces(rgba), { width, height, labels, minScore }), {
          width,
          height,
        }),
      wipe: async () => {
        detectFaces(new Uint8Array(width * height * 4));
        sweep();
      },
      release: async () => {
        task.close();
        sweep();
      },
    },
  );
}

async function createTask(
  weights: Uint8Array,
  minDetectionConfidence: number,
  minSuppressionThreshold: number,
  subject: string,
): Promise<{ readonly task: Tasks.FaceDetector; sweep(): void }> {
  const unavailable = (message: string, cause?: unknown) =>
    new Fault('backend-unavailable', message, { cause, subject });
  if (!new OffscreenCanvas(1, 1).getContext('webgl2')) throw unavailable('MediaPipe needs WebGL');
  const from = supplies();
  const importCode = async <T>(name: CodeName): Promise<T> =>
    import(/* @vite-ignore */ await from.code(name)) as Promise<T>;
  const [{ FaceDetector }, { default: ModuleFactory }, binary] = await Promise.all([
    importCode<Pick<typeof Tasks, 'FaceDetector'>>('mediapipe'),
    importCode<{ default: (options: unknown) => Promise<Heap> }>('mediapipe-loader'),
    from.binary('mediapipe-binary'),
  ]).catch((cause: unknown) => {
    throw unavailable('MediaPipe could not be loaded', cause);
  });
  const wasmBinaryPath =
    typeof binary === 'string'
      ? binary
      : URL.createObjectURL(new Blob([binary], { type: 'application/wasm' }));
  // In a module worker MediaPipe cannot load this by itself. It looks here, and deletes the property after use.
  let heap: Heap | undefined;
  const noted = async (options: unknown) => (heap = await ModuleFactory(options));
  Object.assign(self, { ModuleFactory: noted });
  const fileset = { wasmLoaderPath: '', wasmBinaryPath };
  const task = await FaceDetector.createFromOptions(fileset, {
    baseOptions: { modelAssetBuffer: weights, delegate: 'CPU' },
    runningMode: 'IMAGE',
    minDetectionConfidence,
    minSuppressionThreshold,
  }).catch((cause: unknown) => {
    // Errors of its graph about the model begin with a status; other errors happen before that.
    if (!/\b(INVALID_ARGUMENT|NOT_FOUND|UNIMPLEMENTED|OUT_OF_RANGE)\b/.test(String(cause)))
      throw unavailable('MediaPipe could not be loaded', cause);
    throw new Fault('model-corrupt', 'MediaPipe does not take the model', { cause, subject });
  });
  return { task, sweep: () => heap && sweepKnownHeap(heap) };
}
