import type {
  Backend,
  Engine,
  Outputs,
  StageClock,
  Tensor,
} from '../../../../../workers/camera/inference/engine.ts';
import type { ModelCard } from '../../../../../workers/camera/inference/detector.ts';

/** Does the work of a stage and times nothing. */
export const clock: StageClock = {
  prepare: (work) => work(),
  infer: (work) => work(),
};

/** A tensor of zeros, with single values set. */
export function tensor(
  dims: readonly number[],
  values: readonly (readonly [at: readonly number[], value: number])[],
): Tensor {
  const data = new Float32Array(dims.reduce((product, size) => product * size, 1));
  for (const [at, value] of values) data[at.reduce((index, i, axis) => index * dims[axis]! + i, 0)] = value;
  return { dims, data };
}

export const outputs = (tensors: Record<string, Tensor>): Outputs => new Map(Object.entries(tensors));

/** A card of a small model; only what is looked at when it runs. */
export function card(more: Partial<ModelCard> & Pick<ModelCard, 'family'>): ModelCard {
  return {
    id: 'test-model',
    engine: 'ort',
    input: {
      width: 64,
      height: 64,
      multipleOf: 32,
      fit: 'letterbox',
      align: 'top-left',
      pad: 0,
      channels: 'rgb',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    classes: ['person', 'car'],
    ...more,
  };
}

export interface FakeEngineOptions {
  readonly backend?: Backend;
  readonly threads?: number;
  readonly width?: number;
  readonly height?: number;
  /** What a run gives, or throws. */
  readonly run?: (rgba: Uint8Array) => Outputs | Promise<Outputs>;
}

/** An engine without a model, which remembers what was done with it. */
export class FakeEngine implements Engine {
  readonly model = 'test-model';
  readonly backend: Backend;
  readonly threads: number;
  readonly width: number;
  readonly height: number;
  /** Runs under way at the same time, at most. */
  busiest = 0;
  runs = 0;
  wipes = 0;
  released = 0;
  #busy = 0;
  readonly #run: NonNullable<FakeEngineOptions['run']>;

  constructor({ backend = 'wasm', threads = 1, width = 64, height = 64, run }: FakeEngineOptions = {}) {
    this.backend = backend;
    this.threads = threads;
    this.width = width;
    this.height = height;
    this.#run = run ?? (() => new Map());
  }

  async run(rgba: Uint8Array): Promise<Outputs> {
    this.runs++;
    this.busiest = Math.max(this.busiest, ++this.#busy);
    try {
      return await this.#run(rgba);
    } finally {
      this.#busy--;
    }
  }

  async wipe(): Promise<void> {
    this.wipes++;
  }

  async release(): Promise<void> {
    this.released++;
  }
}
