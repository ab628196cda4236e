/// <reference lib="webworker" />
/** Our side: the camera's own detectors and readers, called picture by picture. */
import { expose } from 'comlink';
import { calibrateOdds } from '../../../workers/camera/cases/attributes/vision/ages.ts';
import { CALIBRATION } from '../../../workers/camera/cases/attributes/vision/face-calibration.ts';
import {
  loadAgeReader,
  loadDetector,
  loadSexReader,
  type StageClock,
} from '../../../workers/camera/inference/index.ts';
import type { EngineChoice } from '../../../contract/index.ts';
import type { Detector, Engine } from '../../../workers/camera/inference/engine.ts';
import type { FaceAge, FaceReader, FaceSex } from '../../../workers/camera/inference/faces.ts';
import { findModel, readWeights } from '../../../workers/camera/inference/load.ts';
import { createOrtEngine } from '../../../workers/camera/inference/ort.ts';
import { wasmRuntime } from '../../../workers/camera/inference/ort-import.ts';
import { useSupplies } from '../../../workers/camera/isolation/supplies.ts';
import { siteSupplies } from '../../tools/site-supplies.ts';
import type { Answer, FoundFace, Frames, Job, Network, Side } from './sides.ts';

const untimed: StageClock = { prepare: (work) => work(), infer: (work) => work() };
const quiet = () => {};

useSupplies(siteSupplies);

let frames: Frames;
let detector: Detector;
let readers: { age: FaceReader<FaceAge>; sex: FaceReader<FaceSex> } | undefined;
let engine: Engine;

const ours = {
  async open(job: Job, threads: number, given: Frames): Promise<void> {
    frames = given;
    // The models and input sizes of the site's own pages (`src/app/settings.svelte.ts`).
    const wasm = { backend: 'wasm', threads } as const;
    const find: EngineChoice =
      job === 'objects'
        ? { ...wasm, role: 'objects', model: 'centernet-street' }
        : { ...wasm, role: 'faces', model: 'blazeface', longSide: 384 };
    detector = (await loadDetector(find, frames.width / frames.height, quiet)).detector;
    if (job === 'objects') return;
    const { reader: age } = await loadAgeReader({ ...wasm, role: 'age', model: 'age' }, quiet);
    const { reader: sex } = await loadSexReader({ ...wasm, role: 'sex', model: 'sex' }, quiet);
    readers = { age, sex };
  },

  async look(frame: number): Promise<Answer> {
    const picture = { width: frames.width, height: frames.height, pixels: frames.pixels[frame]! };
    const start = performance.now();
    const found = await detector.detect(picture, untimed);
    const faces: FoundFace[] = [];
    for (const face of readers ? found : []) {
      const { years } = await readers!.age.read(picture, face, untimed);
      const { male } = await readers!.sex.read(picture, face, untimed);
      faces.push({
        box: [...face.box],
        score: face.score,
        age: years,
        sex: calibrateOdds(male, CALIBRATION.male, years) > 0.5 ? 'male' : 'female',
      });
    }
    const ms = performance.now() - start;
    const objects = readers
      ? []
      : found.map(({ box, score, label }) => ({ box: [...box] as const, score, label }));
    return { ms, faces, objects };
  },

  async threads(): Promise<number> {
    return detector.threads;
  },

  /** One network alone, for the comparison with the native runtime. */
  async openNetwork({ model, width, height }: Network, threads: number): Promise<void> {
    const weights = await readWeights(await findModel(model), quiet);
    engine = await createOrtEngine(await wasmRuntime(threads), { model, weights, width, height });
  },

  /** @returns milliseconds, and every `stride`-th number of each output for the comparison of values */
  async runNetwork(
    rgba: Uint8Array,
    stride: number,
  ): Promise<{ ms: number; sample: Record<string, number[]> }> {
    const start = performance.now();
    const outputs = await engine.run(rgba);
    const ms = performance.now() - start;
    const sample = [...outputs].map(([name, { data }]): [string, number[]] => [
      name,
      [...data.filter((_, i) => i % stride === 0)],
    ]);
    return { ms, sample: Object.fromEntries(sample) };
  },
} satisfies Side & Record<string, unknown>;

export type Ours = typeof ours;
expose(ours);
