/** The page's side of the reading worker: one question at a time, the last one counts. */
import type { Side } from '../../lib/onnx/picture-sizes.ts';
import type { ReadAnswer, ReadRequest } from '../../workers/feasibility/messages.ts';
import { FileError, LARGEST_FILE, type Finding } from '../../workers/feasibility/parse-model.ts';

/** Maximum time of a request: a model of the largest size takes seconds; a longer one is malicious. */
const PATIENCE_MS = 60_000;

export type ReadWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

export class Reader {
  readonly #createWorker: () => ReadWorker;
  #worker: ReadWorker | undefined;
  #id = 0;
  #abandon: (() => void) | undefined;

  constructor(
    createWorker: () => ReadWorker = () =>
      new Worker(new URL('../../workers/feasibility/main.ts', import.meta.url), {
        type: 'module',
        name: 'model-reader',
      }),
  ) {
    this.#createWorker = createWorker;
  }

  /**
   * Reads a file, or examines the last one at another size. Cancels an open request.
   * @returns undefined if another request replaced this one
   * @throws {FileError} for a defect of the file
   */
  ask(side: Side, file?: Blob): Promise<Finding | undefined> {
    // Refuses an oversized file here, before it is handed over.
    if (file && file.size > LARGEST_FILE) {
      this.close();
      return Promise.reject(new FileError({ code: 'too-large', bytes: file.size }));
    }
    if (file) this.close();
    this.#abandon?.();
    const id = ++this.#id;
    const worker = (this.#worker ??= this.#createWorker());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail('took-too-long'), PATIENCE_MS);
      const settle = (then: () => void) => {
        clearTimeout(timer);
        this.#abandon = undefined;
        then();
      };
      const fail = (code: 'took-too-long' | 'unreadable') => {
        settle(() => reject(new FileError({ code })));
        this.close();
      };
      this.#abandon = () => settle(() => resolve(undefined));
      worker.onmessage = ({ data }: MessageEvent<ReadAnswer>) => {
        if (data.id !== id) return;
        settle(() => ('fault' in data ? reject(new FileError(data.fault)) : resolve(data.finding)));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        fail('unreadable');
      };
      worker.postMessage({ id, side, ...(file && { file }) } satisfies ReadRequest);
    });
  }

  /** Ends the worker and its current request. */
  close(): void {
    this.#abandon?.();
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
