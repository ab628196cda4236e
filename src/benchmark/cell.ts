/** One round of one cell: a fresh camera, its models, the case's sample clip, every frame once. */
import * as Comlink from 'comlink';
import { models } from '../app/models.svelte.ts';
import { DEFAULTS, engineChoice } from '../app/settings.svelte.ts';
import { admit } from '../camera/admit.ts';
import { SPECS } from '../cases/specs.ts';
import { loadSample, sampleUrl } from '../cases/shared/source.ts';
import { toMasks } from '../drawing/drawing.ts';
import type { CameraApi, EngineChoice, OutRecord, OutRecordOf } from '../../contract/index.ts';
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

/** How long a camera may say nothing before it counts as stuck, in milliseconds. */
const PATIENCE_MS = 180_000;

class Stopped extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const newWorker = () =>
  new Worker(new URL('../../workers/camera/main.ts', import.meta.url), {
    type: 'module',
    name: 'incam-bench',
  });

/** What the camera is told of the engine; a case's first model takes the size, all take the backend and threads. */
export function enginesOf(cell: Cell): EngineChoice[] {
  const spec = SPECS[cell.case];
  const backend = cell.backend === 'webgpu' ? 'webgpu' : 'wasm';
  // MediaPipe has a runtime of its own; the models beside it get what suits them.
  const threads = cell.backend === 'mediapipe' ? 0 : cell.threads;
  return spec.needs.map((role, i) => ({
    ...engineChoice(DEFAULTS, i === 0 ? cell.model : (spec.models?.[role] ?? models.defaultFor(role)), role),
    backend,
    threads,
    ...(i === 0 && cell.longSide !== undefined && { longSide: cell.longSide }),
  }));
}

/**
 * A fault of the camera is a result, too, and comes back as such.
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
  const sample = await loadSample(spec.sampleId, spec.sample).catch(() => {
    throw new Stopped('no-sample');
  });
  // Else the camera would fall back to WASM, and its times would stand in the row of another engine.
  if (cell.backend === 'webgpu' && !(await adapterName())) throw new Stopped('no-adapter');
  const truth = wanted === 0 ? await truthOf(cell, sample) : undefined;
  const worker = newWorker();
  const log = new Log(wanted, onProgress);
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  const failed = new Promise<never>((_, reject) => {
    let watchdog = setTimeout(() => reject(new Stopped('stuck')), PATIENCE_MS);
    worker.addEventListener(
      'error',
      (event) => (event.preventDefault(), reject(new Stopped('worker-crashed'))),
    );
    worker.addEventListener('message', ({ data }) => {
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
  const camera = Comlink.wrap<CameraApi>(worker);
  const drawing = spec.preset(sample);
  const work = async () => {
    // As the page of the case does it: masks before the source, the source before the model that takes its shape.
    await camera.setGlass('opaque');
    await camera.configure([spec.configOf(drawing, sample)]);
    await camera.setMasks(toMasks(drawing));
    await camera.open(
      { kind: 'sample', url: sampleUrl(sample), pace: 'exact', loop: false },
      cell.slowed?.maxFps,
    );
    for (const engine of enginesOf(cell)) {
      log.loading();
      await camera.load(engine);
    }
    const memory = measureMemory();
    await camera.start();
    await log.enough;
    // Where the browser has not told by now, it is not waited for.
    const memoryBytes = await Promise.race([memory, Promise.resolve(undefined)]);
    await camera.stop();
    await log.wiped;
    return { ...log.result(), ...(memoryBytes !== undefined && { memoryBytes }) };
  };
  try {
    const result = await Promise.race([work(), failed, aborted]);
    const error = truth && log.whole ? countError(truth, log.records) : undefined;
    return { ...result, ...(error !== undefined && { countError: error }) };
  } finally {
    worker.terminate();
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
  // The case's own schema may drop what only the truth has.
  return trueCounts(cell.case, sample, file);
}

/** Follows a camera's records and notes when what happened. */
class Log {
  readonly records: OutRecord[] = [];
  readonly enough: Promise<void>;
  readonly wiped: Promise<void>;
  /** Whether the clip came to its end by itself. */
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

  /** Ends the phase before; without a name none begins. */
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
