/** ONNX Runtime on the graphics device, which lives in a worker of its own, with the face it has elsewhere. */
import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { GpuAnswer, GpuOutput, GpuQuestion, GpuSession } from '../../isolation/gpu-message.ts';
import type { Losable, OrtModule } from './ort-runtime.ts';
import { supplies } from '../isolation/supplies.ts';

interface Connected {
  readonly module: OrtModule;
  /** The device as far as it can be lost. */
  readonly device: () => Promise<Losable>;
}

/**
 * @param port to the worker on the graphics device
 * @throws {Error} when the runtime does not come up there
 */
export async function connectGpuHost(port: MessagePort): Promise<Connected> {
  const host = new GpuHost(port);
  const binary = await supplies().binary('ort-webgpu-binary');
  if (typeof binary === 'string') throw new Error('the runtime for the graphics device was not handed in');
  await host.ask({ do: 'begin', binary });
  const create = async (weights: Uint8Array, options: InferenceSession.SessionOptions) => {
    const sides = (options.freeDimensionOverrides ?? {}) as Record<string, number>;
    return new RemoteSession(host, await host.ask<GpuSession>({ do: 'open', weights, sides }));
  };
  const module = { InferenceSession: { create }, Tensor: PlainTensor } as unknown as OrtModule;
  return { module, device: () => Promise.resolve({ lost: host.lost }) };
}

/** Numbers with their shape; the runtime's own class is where the runtime is. */
class PlainTensor {
  constructor(
    readonly type: string,
    readonly data: Uint8Array | Float32Array,
    readonly dims: readonly number[],
  ) {}
  dispose(): void {}
}

class GpuHost {
  readonly lost: Promise<{ readonly reason: string }>;
  readonly #post: (question: GpuQuestion & { id: number }) => void;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (reason: Error) => void }
  >();
  #lost!: (info: { reason: string }) => void;
  #last = 0;

  constructor(port: MessagePort) {
    this.#post = port.postMessage.bind(port);
    this.lost = new Promise((resolve) => (this.#lost = resolve));
    port.onmessage = ({ data }: MessageEvent<GpuAnswer>) => this.#hear(data);
    // Its worker has broken down.
    port.addEventListener('close', () => this.#end());
  }

  ask<T>(question: GpuQuestion): Promise<T> {
    const id = ++this.#last;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#post({ ...question, id });
    });
  }

  #hear(answer: GpuAnswer): void {
    if ('lost' in answer) return this.#lost({ reason: answer.lost });
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('wrong' in answer) waiting?.reject(new Error(answer.wrong));
    else waiting?.resolve(answer.value);
  }

  #end(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('device lost'));
    this.#waiting.clear();
    this.#lost({ reason: 'unknown' });
  }
}

class RemoteSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly unknown[];
  readonly #session: number;
  readonly #host: GpuHost;

  constructor(host: GpuHost, { session, inputNames, outputNames, inputMetadata }: GpuSession) {
    this.#host = host;

    this.#session = session;
    this.inputNames = inputNames;
    this.outputNames = outputNames;
    this.inputMetadata = inputMetadata;
  }

  async run(feeds: Readonly<Record<string, PlainTensor>>): Promise<Record<string, Tensor>> {
    const [[input, { data, dims }]] = Object.entries(feeds) as [[string, PlainTensor]];
    const question = { do: 'run', session: this.#session, input, data: data as Uint8Array, dims } as const;
    const outputs = await this.#host.ask<GpuOutput[]>(question);
    return Object.fromEntries(
      outputs.map(({ name, type, data, dims }) => [
        name,
        new PlainTensor(type, data, dims) as unknown as Tensor,
      ]),
    );
  }

  async release(): Promise<void> {
    await this.#host.ask({ do: 'release', session: this.#session });
  }
}
