/**
 * "Prove it": a canary made before the visitor's eyes goes the way of a frame through the camera as it runs now, and the camera
 * searches its own memories for it: while it is there (so that a search that finds nothing is known to find something), after
 * the frame was destroyed, and after the wipe that follows every stop.
 *
 * The models, the buffers and the memories are those at work. The cases are run as copies of themselves, with the same code
 * and settings, so that a picture of nothing is not counted.
 */
import type { CaseConfig, OutRecord, OutRecordOf, ProofPlace } from '../../../../contract/index.ts';
import { noteArrays, wasmMemories } from '../../isolation/memories.ts';
import type { Pipeline } from '../../cases/pipeline.ts';
import type { SourceFrame } from '../../frames/source.ts';
import type { Detection } from '../../vision/geometry/detection.ts';
import { Timing } from '../../ledger/timing.ts';
import { processFrame, type FrameContext } from '../frame-processor.ts';
import { yieldTask } from '../yield-task.ts';
import { drawCanary, makeCanary, type Canary } from './canary.ts';
import { Traces } from './traces.ts';

type ProofRecord = OutRecordOf<'proof'>;

/** How long the pattern stays before the visitor's eyes, in milliseconds. */
const SHOWN_MS = 700;

export interface ProofSetup {
  /** The stations of the camera at work; its pipelines are only asked what they hold. */
  readonly stations: FrameContext;
  readonly size: { readonly width: number; readonly height: number };
  readonly timestampUs: number;
  readonly configs: readonly CaseConfig[];
  /** A fresh copy of a case, to be closed by the caller. */
  copyCase(config: CaseConfig): Pipeline;
  /** Runs an empty picture through the models, and blanks the glass. */
  wipe(): Promise<void>;
  /** Everything behind the glass, as it is now; empty with the glass opaque. */
  glass(): ArrayBufferLike[];
  tell(record: ProofRecord): void;
  /** For tests; the usual time otherwise. In milliseconds. */
  readonly shownMs?: number;
}

/** @throws what the frame's way throws; the canary is destroyed all the same */
export async function prove(setup: ProofSetup): Promise<void> {
  const { stations, configs, tell, shownMs = SHOWN_MS } = setup;
  const startMs = performance.now();
  const canary = makeCanary(setup.size);
  const traces = new Traces(canary);
  const endNoting = noteArrays(globalThis);
  let arrays: ArrayBufferLike[] = [];
  let ended = false;
  const noted = () => {
    if (!ended) arrays = endNoting();
    ended = true;
    return arrays;
  };
  const search = async (step: ProofRecord['step']) => {
    const places = await searchAll(traces, setup, noted());
    tell({ type: 'proof', step, places, ms: Math.round(performance.now() - startMs) });
  };
  const copies = configs.map((config) => setup.copyCase(inMemory(config)));
  try {
    let stage: string | undefined;
    await processFrame(canaryFrame(canary, setup.timestampUs), 0, {
      ...stations,
      pipelines: [...copies, ...readWhatIsNotThere(stations)],
      timing: new Timing(),
      // What a picture of nothing gives rise to does not leave, nor does it wait among what may leave later.
      disclosure: { take: () => [], news: () => [] },
      gate: { send: (record: OutRecord) => void (stage = record.type === 'step' ? record.stage : stage) },
      stepper: {
        reached: async (report) => {
          report();
          if (stage !== 'preview') return;
          tell({ type: 'proof', step: 'made', places: [], ms: Math.round(performance.now() - startMs) });
          await new Promise((done) => setTimeout(done, shownMs));
          await search('inside');
        },
      },
    });
    await search('destroyed');
    await setup.wipe();
    await search('wiped');
  } finally {
    noted();
    for (const copy of copies) {
      copy.reset();
      await copy.close?.();
    }
  }
}

/** One memory after the other. */
async function searchAll(
  traces: Traces,
  { stations, glass }: ProofSetup,
  arrays: readonly ArrayBufferLike[],
): Promise<ProofRecord['places']> {
  const wasm = wasmMemories().map(({ buffer }) => buffer);
  const vault = stations.pipelines.flatMap((pipeline) => [...(pipeline.memories?.() ?? [])]);
  const pool = stations.pool.memories();
  const named = new Set<ArrayBufferLike>([...pool, ...vault, ...wasm]);
  const rooms: [ProofPlace, readonly ArrayBufferLike[]][] = [
    ['buffers', pool],
    ['models', wasm],
    ['glass', glass()],
    ['vault', vault],
    ['arrays', arrays.filter((buffer) => !named.has(buffer))],
  ];
  const places: ProofRecord['places'] = [];
  for (const [place, memories] of rooms) {
    let found = false;
    for (const memory of memories) {
      found = (await findIn(traces, memory)) || found;
    }
    const bytes = memories.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (memories.length > 0) places.push({ place, bytes, found });
  }
  return places;
}

/** Messages have their turn between two pieces: who watches the camera must not take it for hung. */
async function findIn(traces: Traces, memory: ArrayBufferLike): Promise<boolean> {
  const search = traces.search(memory);
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
    await yieldTask();
  }
}

/** The canary where a source's picture would be. */
function canaryFrame(canary: Canary, timestampUs: number): SourceFrame {
  const { width, height } = canary;
  return {
    timestampUs,
    width,
    height,
    bytes: 0,
    copyTo: (target) => Promise.resolve(drawCanary(canary, target)),
    close: () => {},
  };
}

/** No vault on the device is opened for a picture of nothing. */
const inMemory = (config: CaseConfig): CaseConfig =>
  'keep' in config ? { ...config, keep: 'session' } : config;

/**
 * There is no face and no sign in the canary: the readers are given a box of made-up place, so that they read as they do.
 */
function readWhatIsNotThere({ models }: FrameContext): Pipeline[] {
  const readers = [models.age, models.sex, models.descriptor].filter((reader) => reader !== undefined);
  if (readers.length === 0 && !models.signs) return [];
  const none = {
    case: 'attributes',
    needs: [],
    configure: () => {},
    track: () => {},
    extract: () => [],
    finish: () => [],
    marks: () => [],
    following: 0,
    reset: () => {},
  } as const;
  return [
    {
      ...none,
      read: async (picture, seen, { clock }) => {
        for (const reader of readers) {
          const values = await reader.read(picture, faceIn(seen), clock);
          for (const value of Object.values(values)) {
            if (!ArrayBuffer.isView(value)) continue;
            new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(0);
          }
        }
        (await models.signs?.readKind(picture, faceIn(seen).box, clock))?.fill(0);
      },
    },
  ];
}

/** A level face over the middle of the picture. */
function faceIn({ width, height }: { readonly width: number; readonly height: number }): Detection {
  const side = 0.7 * Math.min(width, height);
  const at = (dx: number, dy: number): [number, number] => [width / 2 + dx * side, height / 2 + dy * side];
  return {
    box: [...at(-0.5, -0.5), ...at(0.5, 0.5)],
    score: 1,
    label: 'face',
    keypoints: [at(-0.18, -0.1), at(0.18, -0.1), at(0, 0.08)],
  };
}
