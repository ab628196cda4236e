/// <reference lib="webworker" />
/**
 * Their side: the human library doing the same job, set up in its favour. Only the modules that the job needs are on
 * (face detector and description; no mesh, iris, emotion, liveness), image filters and result caching are off, and a
 * picture is handed over as a tensor, which spares the library a detour over a canvas.
 */
import { expose } from 'comlink';
import { Human, type Config } from '@vladmandic/human';
import type { Answer, FoundFace, Frames, Job, Side } from './sides.ts';

const at = (path: string) => new URL(path, self.location.origin).href;
const off = { enabled: false };

/** As many faces and objects as there are; by default it would stop at one face. */
const MAX = 50;

const configOf = (job: Job): Partial<Config> =>
  ({
    backend: 'wasm',
    wasmPath: at('/tfjs-wasm/'),
    modelBasePath: at('/human-models/'),
    debug: false,
    warmup: 'none',
    cacheSensitivity: 0,
    skipAllowed: false,
    filter: { enabled: false },
    gesture: off,
    body: off,
    hand: off,
    segmentation: off,
    object: { enabled: job === 'objects', maxDetected: MAX },
    face: {
      enabled: job === 'attributes',
      detector: { maxDetected: MAX, rotation: false },
      description: { enabled: true },
      mesh: off,
      attention: off,
      iris: off,
      emotion: off,
      antispoof: off,
      liveness: off,
    },
  }) as Partial<Config>;

let human: Human;
let frames: Frames;

/** The parts of TensorFlow.js that the bundle exposes and its types do not describe. */
interface Tf {
  setThreadsCount(count: number): void;
  getThreadsCount(): number;
  tensor3d(values: Uint8ClampedArray, shape: [number, number, number], type: 'int32'): unknown;
  dispose(tensor: unknown): void;
}
const tf = () => human.tf as unknown as Tf;

/** The library's boxes are [x, y, width, height]. */
const corners = ([x, y, width, height]: readonly [number, number, number, number]) =>
  [x, y, x + width, y + height] as const;

async function look(frame: number): Promise<Answer> {
  const { width, height, pixels } = frames;
  const start = performance.now();
  const tensor = tf().tensor3d(pixels[frame]!, [height, width, 4], 'int32');
  const result = await human.detect(tensor as Parameters<Human['detect']>[0]);
  tf().dispose(tensor);
  const ms = performance.now() - start;
  if (result.error) throw new Error(`human: ${String(result.error)}`);
  return {
    ms,
    faces: result.face.map(({ box, score, age, gender }): FoundFace => ({
      box: corners(box),
      score,
      ...(age !== undefined && { age }),
      ...((gender === 'male' || gender === 'female') && { sex: gender }),
    })),
    objects: result.object.map(({ box, score, label }) => ({ box: corners(box), score, label })),
  };
}

const theirs = {
  async open(job: Job, threads: number, given: Frames): Promise<void> {
    frames = given;
    human = new Human(configOf(job));
    // The thread pool is made with the backend, so this must come first.
    if (threads > 0) tf().setThreadsCount(threads);
    await human.init();
    await human.load();
    await look(0);
  },
  look,
  async threads(): Promise<number> {
    return tf().getThreadsCount();
  },
} satisfies Side;

expose(theirs);
