/** One round of one cell: a fresh camera, its models, the case's sample clip, every frame once. */
import * as Comlink from 'comlink';
import { models } from '../app/models.svelte.ts';
import { DEFAULTS, engineChoice } from '../app/settings.svelte.ts';
import { admit } from '../camera/admit.ts';
import { partsOfCases, partsOfEngine } from '../camera/parts.ts';
import { PartFault } from '../camera/fetch-part.ts';
import { SealedFrame } from '../camera/sealed-frame.ts';
import { SPECS } from '../cases/specs.ts';
import { loadSample, samplePath } from '../cases/shared/source.ts';
import { toMasks } from '../drawing/drawing.ts';
import {
  needsOf,
  type CameraApi,
  type EngineChoice,
  type OutRecord,
  type OutRecordOf,
} from '../../contract/index.ts';
import { countError, needsTruthFile, trueCounts } from './accuracy.ts';
import { adapterName, measureMemory } from './device.ts';
import { PHASES, type Cell, type Phase, type Run } from './report.ts';

export interface CellOptions {
  readonly round: number;
  /** First frames of the clip; 0: all. */
  readonly frames: number;
  /** Ends the camera at once; the run is then lost. */
  readonly signal: AbortSignal;
  readonly onProgress?: (at: { phase: Phase | 'frames'; frames: number }) => void;
}

/** Time without a record after which a camera counts as stuck, in milliseconds. */
const PATIENCE_MS = 180_000;

class Stopped extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Engine choices for the camera: a case's first model takes the size, all models take the backend and threads. */
export function enginesOf(cell: Cell): EngineChoice[] {
  const spec = SPECS[cell.case];
  const backend = cell.backend === 'webgpu' ? 'webgpu' : 'wasm';
  // MediaPipe has its own runtime; the models beside it get the engine that suits them.
  const threads = cell.backend === 'mediapipe' ? 0 : cell.threads;
  return needsOf(spec.id).map((role, i) => ({
    ...engineChoice(DEFAULTS, i === 0 ? cell.model : (spec.models?.[role] ?? models.defaultFor(role)), role),
    backend,
    threads,
    ...(i === 0 && cell.longSide !== undefined && { longSide: cell.longSide }),
  }));
}

/**
 * A fault of the camera is also a result and is returned as one.
 * @throws the signal's reason when it was cancelled
 */
export async function runCell(cell: Cell, options: CellOptions): Promise<Run> {
  const { round, signal } = options;
  signal.throwIfAborted();
  const startedAt = new Date().toISOString();
  try {
    return { round, startedAt, ...(await measure(cell, options)) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const fault = error instanceof Stopped ? error.code : 'internal';
    return { round, startedAt, fault, ...NOTHING };
  }
}

const NOTHING = {
  frames: 0,
  frameMs: [],
  stagesMs: {},
  phasesMs: {},
  fps: 0,
  overheadShare: 0,
  engines: [],
} satisfies Partial<Run>;

async function measure(cell: Cell, { frames: wanted, signal, onProgress }: CellOptions) {
  const spec = SPECS[cell.case];
  const sample = await loadSample(spec.id, spec.sample).catch(() => {
    throw new Stopped('no-sample');
  });
  // Else the camera would fall back to WASM, and its times would stand in the row of another engine.
  if (cell.backend === 'webgpu' && !(await adapterName())) throw new Stopped('no-adapter');
  const truth = wanted === 0 ? await truthOf(cell, sample) : undefined;
  const log = new Log(wanted, onProgress);
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  // Cancelled while the frame is being made: nothing waits for this yet.
  aborted.catch(() => {});
  let crash!: (reason: Error) => void;
  const crashed = new Promise<never>((_, reject) => (crash = reject));
  crashed.catch(() => {});
  // Nothing is shown: a benchmark's glass is opaque.
  const frame = await SealedFrame.open(undefined, {
    silent: () => {},
    gone: () => crash(new Stopped('worker-crashed')),
  }).catch(() => {
    throw new Stopped('worker-crashed');
  });
  const records = await frame.start();
  const failed = new Promise<never>((_, reject) => {
    let watchdog = setTimeout(() => reject(new Stopped('stuck')), PATIENCE_MS);
    records.addEventListener('message', ({ data }) => {
      const arrival = admit(data);
      clearTimeout(watchdog);
      watchdog = setTimeout(() => reject(new Stopped('stuck')), PATIENCE_MS);
      if (arrival.is === 'refused') return reject(new Stopped('gate-refused'));
      if (arrival.is !== 'record') return;
      const { record } = arrival;
      if (record.type === 'fault' && record.severity === 'error') reject(new Stopped(record.code));
      const first = record.type === 'status' ? record.engines[0] : undefined;
      if (first?.fallback && first.backend !== cell.backend) reject(new Stopped(first.fallback));
      log.take(record);
    });
    signal.addEventListener('abort', () => clearTimeout(watchdog), { once: true });
  });
  const handAll = (names: readonly string[]) =>
    Promise.all(names.map((name) => frame.hand(name))).catch((error: unknown) => {
      throw new Stopped(error instanceof PartFault ? error.code : 'internal');
    });
  const camera = Comlink.wrap<CameraApi>(records);
  const drawing = spec.preset(sample);
  const work = async () => {
    // As the page of the case does it: masks before the source, the source before the model that takes its shape.
    await camera.setGlass('opaque');
    const cases = [spec.configOf(drawing, sample)];
    await handAll([...partsOfCases(cases), samplePath(sample)]);
    await camera.configure(cases);
    await camera.setMasks(toMasks(drawing));
    await camera.open(
      { kind: 'sample', path: samplePath(sample), pace: 'exact', loop: false },
      cell.slowed?.maxFps,
    );
    for (const engine of enginesOf(cell)) {
      log.loading();
      await handAll(await partsOfEngine(engine));
      await camera.load(engine);
    }
    const memory = measureMemory();
    await camera.start();
    await log.enough;
    // Does not wait for a browser that has not answered by now.
    const memoryBytes = await Promise.race([memory, Promise.resolve(undefined)]);
    await camera.stop();
    await log.wiped;
    return { ...log.result(), ...(memoryBytes !== undefined && { memoryBytes }) };
  };
  try {
    const result = await Promise.race([work(), failed, crashed, aborted]);
    const error = truth && log.whole ? countError(truth, log.records) : undefined;
    return { ...result, ...(error !== undefined && { countError: error }) };
  } finally {
    frame.close();
  }
}

async function truthOf(cell: Cell, sample: object) {
  const { truth } = sample as { truth?: unknown };
  const wanted = needsTruthFile(cell.case) && typeof truth === 'string';
  const file: unknown = wanted
    ? await fetch(`samples/${truth}`)
        .then((answer) => answer.json())
        .catch(() => undefined)
    : undefined;
  // The case's own schema may drop fields that only the truth has.
  return trueCounts(cell.case, sample, file);
}

/** Follows a camera's records and notes the time of each phase. */
class Log {
  readonly records: OutRecord[] = [];
  readonly enough: Promise<void>;
  readonly wiped: Promise<void>;
  /** Whether the clip reached its end. */
  whole = false;
  readonly #frameMs: number[] = [];
  readonly #phases: Partial<Record<Phase, number>> = {};
  #phase: { name: Phase; since: number } | undefined;
  #timing: OutRecordOf<'timing'> | undefined;
  #engines: OutRecordOf<'status'>['engines'] = [];
  #began = 0;
  #ended = 0;
  #full!: () => void;
  #clean!: () => void;
  readonly #wanted: number;
  readonly #onProgress: CellOptions['onProgress'];

  constructor(wanted: number, onProgress: CellOptions['onProgress']) {
    this.#wanted = wanted;
    this.#onProgress = onProgress;

    this.enough = new Promise((resolve) => (this.#full = resolve));
    this.wiped = new Promise((resolve) => (this.#clean = resolve));
  }

  loading(): void {
    this.#enter('download');
  }

  take(record: OutRecord): void {
    switch (record.type) {
      case 'progress':
        return this.#enter(PHASES.find((phase) => phase === record.phase));
      case 'timing':
        return this.#onTiming(record);
      case 'status':
        return this.#onStatus(record);
      case 'ledger':
      case 'step':
      case 'fault':
        return;
      default:
        this.records.push(record);
    }
  }

  result(): Omit<Run, 'round' | 'startedAt'> {
    const frameMs = this.#wanted > 0 ? this.#frameMs.slice(0, this.#wanted) : this.#frameMs;
    const seconds = (this.#ended - this.#began) / 1000;
    return {
      frames: frameMs.length,
      frameMs,
      stagesMs: this.#timing?.stagesMs ?? {},
      phasesMs: this.#phases,
      fps: seconds > 0 ? Math.round((this.#frameMs.length / seconds) * 100) / 100 : 0,
      overheadShare: this.#timing?.overheadShare ?? 0,
      engines: this.#engines.map(({ model, backend, threads, width, height, fallback }) => ({
        ...{ model, backend, threads, width, height },
        ...(fallback && { fallback }),
      })),
    };
  }

  /** Ends the previous phase; without a name none begins. */
  #enter(name: Phase | undefined): void {
    const now = performance.now();
    if (this.#phase?.name === name) return;
    if (this.#phase) {
      const { name: before, since } = this.#phase;
      this.#phases[before] = Math.round(((this.#phases[before] ?? 0) + now - since) * 10) / 10;
    }
    this.#phase = name && { name, since: now };
    if (name) this.#onProgress?.({ phase: name, frames: 0 });
  }

  #onTiming(record: OutRecordOf<'timing'>): void {
    if (this.#began === 0 || this.#ended > 0) return;
    this.#frameMs.push(...record.eachMs);
    if (record.frames > 0) this.#timing = record;
    this.#onProgress?.({ phase: 'frames', frames: this.#frameMs.length });
    if (this.#wanted > 0 && this.#frameMs.length >= this.#wanted) this.#finish();
  }

  #onStatus({ state, engines }: OutRecordOf<'status'>): void {
    if (state === 'running' && this.#began === 0) this.#began = performance.now();
    if (engines.length > 0) this.#engines = engines;
    if (state === 'wiped') this.#clean();
    if (state !== 'ended') return;
    this.whole = this.#ended === 0;
    this.#finish();
  }

  #finish(): void {
    if (this.#ended > 0) return;
    this.#ended = performance.now();
    this.#full();
  }
}
