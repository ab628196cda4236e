/** Models of ONNX Runtime: a session, its input, and the meaning of its errors. */
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web/wasm';
import type { FaultCode } from '../../../contract/index.ts';
import { writeModel } from '../../../lib/onnx/write.ts';
import { Fault } from '../isolation/fault.ts';
import type { Engine, Outputs, Tensor } from './engine.ts';
import { isNotANumber } from './not-a-number.ts';
import type { OrtRuntime } from './ort-runtime.ts';

export interface OrtModel {
  /** Id of the card. */
  readonly model: string;
  /** The ONNX file: one input, RGBA bytes [1, height, width, 4]. */
  readonly weights: Uint8Array;
  /** Input size in pixels; must be the graph's own unless the graph leaves it open. */
  readonly width: number;
  readonly height: number;
}

/** One number in, the same out. */
const EMPTY = writeModel({
  irVersion: 8,
  producer: 'incam',
  opsets: { '': 17 },
  graph: {
    name: 'empty',
    nodes: [{ name: 'n', op: 'Identity', domain: '', inputs: ['in'], outputs: ['out'], attributes: {} }],
    initialisers: [],
    inputs: [{ name: 'in', type: 'float32', dims: [1] }],
    outputs: [{ name: 'out', type: 'float32', dims: [1] }],
    values: [],
  },
});

/**
 * Sizes for sides that a graph leaves open under these names; names it does not have are ignored. A graphics device
 * compiles its programs for them. The CPU engine does not get them: CenterNet was 5 to 10 % slower there with them.
 */
const openSides = ({ width, height }: OrtModel) => ({ batch: 1, height, width });

const started = new WeakMap<OrtRuntime, Promise<void>>();

/**
 * Has a runtime compile its code and lay out its memory, once: it does that with its first session, which here is of a graph that
 * hands its input on. The next session takes a third of the time.
 */
export function startUp(runtime: OrtRuntime): Promise<void> {
  const known = started.get(runtime);
  if (known) return known;
  const starting = runtime.exclusively(async () => {
    const { backend, module } = runtime;
    const session = await module.InferenceSession.create(EMPTY, { executionProviders: [backend] });
    await session.release();
  });
  started.set(runtime, starting);
  return starting;
}

/**
 * Loads a model into a runtime.
 * @throws {Fault} 'model-corrupt', 'model-unsupported', 'model-wrong-shape', 'memory-exhausted', 'backend-unavailable'
 */
export async function createOrtEngine(runtime: OrtRuntime, model: OrtModel): Promise<Engine> {
  const session = await runtime.exclusively(() =>
    runtime.module.InferenceSession.create(model.weights, {
      executionProviders: [runtime.backend],
      graphOptimizationLevel: 'all',
      // What is freed goes back to the heap, where `sweep` finds it; an arena would keep it for itself.
      enableCpuMemArena: false,
      logSeverityLevel: 3,
      ...(runtime.backend === 'webgpu' && { freeDimensionOverrides: openSides(model) }),
    }).catch((error: unknown) => {
      throw loadFault(error, model.model);
    }),
  );
  await runtime.watchDevice();
  try {
    checkInput(session, model);
  } catch (error) {
    await runtime.exclusively(() => session.release());
    throw error;
  }
  return new OrtEngine(runtime, session, model);
}

class OrtEngine implements Engine {
  readonly model: string;
  readonly backend: 'wasm' | 'webgpu';
  readonly threads: number;
  readonly width: number;
  readonly height: number;
  readonly #runtime: OrtRuntime;
  #session: InferenceSession | undefined;
  readonly #input: string;
  #last: InferenceSession.ReturnType | undefined;

  constructor(runtime: OrtRuntime, session: InferenceSession, { model, width, height }: OrtModel) {
    this.model = model;
    this.backend = runtime.backend;
    this.threads = runtime.threads;
    this.width = width;
    this.height = height;
    this.#runtime = runtime;
    this.#session = session;
    this.#input = session.inputNames[0]!;
  }

  async run(rgba: Uint8Array): Promise<Outputs> {
    const outputs = await this.#run(rgba);
    if (isNotANumber(outputs, rgba)) {
      throw new Fault('model-nan', `${this.model} gives NaN`, { subject: this.model });
    }
    return outputs;
  }

  async #run(rgba: Uint8Array): Promise<Outputs> {
    const bytes = this.width * this.height * 4;
    if (rgba.byteLength !== bytes)
      throw new RangeError(`${this.model} takes ${bytes} bytes, not ${rgba.byteLength}`);
    return this.#runtime.exclusively(async () => {
      this.#forget();
      if (!this.#session) throw new Error(`${this.model} was released`);
      const input = new this.#runtime.module.Tensor('uint8', rgba, [1, this.height, this.width, 4]);
      try {
        this.#last = await this.#session.run({ [this.#input]: input });
      } catch (error) {
        const fault = runFault(error, this.model);
        if (fault.code === 'gpu-lost') this.#runtime.lose();
        throw fault;
      }
      return new Map(Object.entries(this.#last).map(([name, value]) => [name, this.#read(name, value)]));
    });
  }

  async wipe(): Promise<void> {
    const black = new Uint8Array(this.width * this.height * 4);
    try {
      if (this.#session) await this.#run(black);
      this.#forget();
      await this.#runtime.sweep();
    } catch (error) {
      // With the graphics device its memory is gone.
      if (!this.#runtime.isLost) throw error;
    } finally {
      this.#forget();
    }
  }

  async release(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (session && !this.#runtime.isLost) await this.#runtime.exclusively(() => session.release());
    this.#forget();
    if (!this.#runtime.isLost) await this.#runtime.sweep();
  }

  #read(name: string, value: OrtTensor): Tensor {
    if (!(value.data instanceof Float32Array))
      throw new Fault('model-wrong-shape', `output ${name} is ${value.type}, not float32`, {
        subject: this.model,
      });
    return { dims: value.dims, data: value.data };
  }

  /** Zeroes the last run's outputs. */
  #forget(): void {
    for (const value of Object.values(this.#last ?? {})) {
      if (value.data instanceof Float32Array) value.data.fill(0);
      value.dispose();
    }
    this.#last = undefined;
  }
}

/** @throws {Fault} 'model-wrong-shape' unless the graph takes RGBA bytes of the given size */
function checkInput({ inputMetadata }: InferenceSession, { model, width, height }: OrtModel): void {
  const [input, another] = inputMetadata;
  const wanted = [1, height, width, 4];
  const fits =
    input?.isTensor &&
    !another &&
    input.type === 'uint8' &&
    input.shape.length === 4 &&
    // A side that the graph leaves open has a name or, in some builds, a negative size.
    input.shape.every((side, i) => typeof side === 'string' || side < 0 || side === wanted[i]);
  if (fits) return;
  const found = inputMetadata.map((value) =>
    value.isTensor ? `${value.type} [${value.shape.join()}]` : value.name,
  );
  throw new Fault(
    'model-wrong-shape',
    `${model} takes ${found.join(' and ')}, not uint8 [${wanted.join()}]`,
    {
      subject: model,
    },
  );
}

const OUT_OF_MEMORY =
  /out of memory|bad_alloc|integer overflow|failed to allocate|allocation fail|memory allocation|enlarge memory/i;

/** Number formats that the runtime computes with in a few operations only. */
const RARE_TYPE = /tensor\((bfloat16|float8\w*|float4\w*|u?int[24]|complex\d+|string)\)/i;
/** The runtime names an operation that it does not have. */
const OPERATOR = /(?:no op registered for|could not find an implementation for|fatal error:) ([\w.:]+)/i;

/** How the runtime words its errors; the first that fits tells what it means. */
const MEANINGS: readonly (readonly [FaultCode, RegExp])[] = [
  ['memory-exhausted', OUT_OF_MEMORY],
  ['model-wrong-shape', /shape ?inference ?error|merge shape|invalid dimension/i],
  ['model-number-format', RARE_TYPE],
  ['model-operator', OPERATOR],
  ['model-external-data', /external data/i],
  ['model-unsupported', /not[ _]implemented|unsupported model|opset \d+ is/i],
  ['model-corrupt', /protobuf|no graph was found|invalid model|invalid graph|data pointer|type error/i],
];

/** The fault for a session that could not be created. */
function loadFault(cause: unknown, model: string): Fault {
  const text = cause instanceof Error ? cause.message : String(cause);
  const code = MEANINGS.find(([, words]) => words.test(text))?.[0] ?? 'backend-unavailable';
  const [, named] =
    { 'model-number-format': RARE_TYPE, 'model-operator': OPERATOR }[code as string]?.exec(text) ?? [];
  return new Fault(code, `${model} could not be loaded: ${text}`, {
    cause,
    subject: shortName(named) ?? model,
  });
}

/** A name out of the file as the contract lets it pass: without its domain, in small letters. */
const shortName = (name: string | undefined): string | undefined =>
  /[a-z0-9][a-z0-9._-]{0,63}$/.exec(name?.toLowerCase() ?? '')?.[0];

/** What it means that a run failed. */
function runFault(cause: unknown, model: string): Fault {
  const text = cause instanceof Error ? cause.message : String(cause);
  const lost = /device.{0,20}lost|lost.{0,20}device/i.test(text);
  const code = lost ? 'gpu-lost' : OUT_OF_MEMORY.test(text) ? 'memory-exhausted' : 'model-run-failed';
  return new Fault(code, `${model} failed: ${text}`, { cause, subject: model });
}
