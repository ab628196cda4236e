/** Runs one clip through the laboratory's camera and hands back all that came out; driven by Playwright. */
import * as Comlink from 'comlink';
import type {
  CameraApi,
  CaseConfig,
  EngineChoice,
  OutRecord,
  Polygon,
  SourceSpec,
} from '../../contract/index.ts';
import type { Observation } from './observation.ts';

export interface Run {
  /** One video, or pictures in order with their rate. URLs below the laboratory's own server. */
  source: { video: string } | { stills: string[]; fps: number };
  engine: EngineChoice;
  /** Further models, for cases that need several: faces and what is read from them. */
  readers?: EngineChoice[];
  /** An optional model as the user would drop it in, instead of an installed one. */
  modelFile?: { url: string; card: unknown };
  cases: CaseConfig[];
  masks?: Polygon[];
  /** Leaves out closer looks at far rows, to see what they are worth. */
  wholeOnly?: boolean;
  /** Pictures a second at most, as of a slower chip. */
  maxFps?: number;
  /** Whether tracks and detections of each frame are wanted. */
  observe: boolean;
}

export interface RunResult {
  records: OutRecord[];
  observations: Observation[];
  wallMs: number;
}

const blob = async (url: string) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.blob();
};

async function sourceOf(source: Run['source']): Promise<SourceSpec> {
  if ('video' in source) return { kind: 'file', file: await blob(source.video), pace: 'exact' };
  const files: Blob[] = [];
  for (const url of source.stills) files.push(await blob(url));
  return { kind: 'stills', files, fps: source.fps, pace: 'exact' };
}

/** @throws {Error} with the fault's code, when the camera reports one */
async function run(order: Run): Promise<RunResult> {
  const { source, engine, readers, modelFile, cases, masks, maxFps, wholeOnly, observe } = order;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: wholeOnly ? 'whole-only' : 'camera',
  });
  const camera = Comlink.wrap<CameraApi>(worker);
  const records: OutRecord[] = [];
  const observations: Observation[] = [];
  const spec = await sourceOf(source);
  const ended = new Promise<void>((resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.addEventListener('message', ({ data }) => {
      if (data.observed && observe) observations.push(data.observed);
      const record = data.record as OutRecord | undefined;
      if (!record) return;
      if (record.type === 'fault' && record.severity === 'error') reject(new Error(`fault: ${record.code}`));
      if (record.type === 'status' && record.state === 'ended') resolve();
      records.push(record);
    });
  });
  const work = async () => {
    if (modelFile) await camera.loadFile(await blob(modelFile.url), modelFile.card, engine);
    else await camera.load(engine);
    for (const reader of readers ?? []) await camera.load(reader);
    await camera.configure(cases);
    if (masks) await camera.setMasks(masks);
    await camera.open(spec as Parameters<CameraApi['open']>[0], maxFps);
    const start = performance.now();
    await camera.start();
    await ended;
    return performance.now() - start;
  };
  try {
    const wallMs = await Promise.race([work(), ended.then(() => new Promise<never>(() => {}))]);
    return { records, observations, wallMs };
  } finally {
    worker.terminate();
  }
}

declare global {
  interface Window {
    lab: { run: typeof run };
  }
}
window.lab = { run };
