/** Stand-ins for what a browser has and Node has not. */
import type { OpenFrame } from '../../../src/camera/setup.ts';
import type { OutRecord, OutRecordOf } from '../../../contract/index.ts';

/** A `localStorage` in memory. */
export const memoryStorage = {
  /** @param refuse called on every write, to throw */
  install(refuse?: () => void): Map<string, string> {
    const items = new Map<string, string>();
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      value: {
        getItem: (key: string) => items.get(key) ?? null,
        setItem: (key: string, value: string) => {
          refuse?.();
          items.set(key, value);
        },
      },
    });
    return items;
  },
  remove(): void {
    Reflect.deleteProperty(globalThis, 'localStorage');
  },
};

export const status = (state: OutRecordOf<'status'>['state']): OutRecord => ({
  type: 'status',
  state,
  glass: 'clear',
  engines: [],
});

export const crossing = (part: Partial<OutRecordOf<'count'>> = {}): OutRecordOf<'count'> => ({
  type: 'count',
  case: 'counting',
  line: 'l1',
  kind: 'pedestrian',
  direction: 'forward',
  atS: 1,
  ...part,
});

const pair = { made: 0, destroyed: 0 };
/** Of a camera that two cases shared, after its wipe. */
export const ledger: OutRecordOf<'ledger'> = {
  type: 'ledger',
  frames: {
    acquired: 50,
    destroyed: 50,
    unseen: 3,
    alive: 0,
    alivePeak: 1,
    capacity: 2,
    waiting: 0,
    waitingPeak: 4,
  },
  pixelBytes: { acquired: 9, destroyed: 9, alive: 0 },
  lifeMs: { p50: 1, p95: 2, max: 3 },
  crops: pair,
  vectors: { ...pair, held: 0 },
  out: { records: 9, bytes: 90, pictures: 0, caseRecords: 5, caseBytes: 50, refused: 0 },
  cases: [
    { case: 'counting', records: 4, bytes: 40, pictures: 0, crops: pair, vectors: { ...pair, held: 0 } },
    { case: 'trajectories', records: 1, bytes: 10, pictures: 0, crops: pair, vectors: { ...pair, held: 0 } },
  ],
  perSecond: { acquired: 0, destroyed: 0, pixelBytesIn: 0, bytesOut: 0 },
  wipes: 1,
};

/** What Comlink sends. */
interface Call {
  id: string;
  type: string;
  path: string[];
  argumentList?: { value: unknown }[];
}

/**
 * A worker that answers Comlink calls the way the camera does: with nothing, after whatever records the call gives
 * rise to. `calls` names the methods in the order in which they came.
 */
export class FakeWorker extends EventTarget {
  readonly calls: string[] = [];
  /** What the frame was told to expect of it. */
  readonly expected: unknown[] = [];
  readonly given: Record<string, unknown[]> = {};
  terminated = false;
  /** Records that a method gives rise to, by its name. */
  readonly gives: Record<string, OutRecord[]> = { stop: [status('wiped')] };
  /** Methods that never answer. */
  readonly deaf = new Set<string>();
  readonly #ids = new Map<string, string>();
  /** Codes that methods fail with. */
  readonly fails: Record<string, string> = {};

  postMessage(message: unknown): void {
    const { id, path = [], argumentList = [] } = message as Partial<Call>;
    // What Comlink sends when a proxy is collected has no path and wants no answer.
    const method = path.at(-1);
    if (id === undefined || method === undefined) return;
    this.calls.push(method);
    this.#ids.set(method, id);
    this.given[method] = argumentList.map(({ value }) => value);
    queueMicrotask(() => {
      for (const record of this.gives[method] ?? []) this.say({ record });
      if (this.deaf.has(method)) return;
      const code = this.fails[method];
      if (code === undefined) return this.say({ id, type: 'RAW', value: undefined });
      const value = { isError: true, value: { name: 'Fault', message: code, stack: '' } };
      this.say({ id, type: 'HANDLER', name: 'throw', value });
    });
  }

  /** Answers the last call of a method that was deaf to it. */
  answer(method: string): void {
    this.say({ id: this.#ids.get(method), type: 'RAW', value: undefined });
  }

  /** A message from the worker. */
  say(data: unknown): void {
    if (!this.terminated) this.dispatchEvent(new MessageEvent('message', { data }));
  }

  /** What the frame does when its camera breaks down. */
  gone: () => void = () => {};
  /** What the frame does when its camera does not answer, or answers again. */
  silent: (silent: boolean) => void = () => {};
  crash(): void {
    this.gone();
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** Makes frames with such workers in them for a camera, each prepared before it is used, and keeps them. */
export function fakeWorkers(prepare: (worker: FakeWorker) => void = () => {}) {
  const workers: FakeWorker[] = [];
  const openFrame: OpenFrame = (_place, ears) => {
    const worker = new FakeWorker();
    worker.gone = () => ears.gone();
    worker.silent = (silent) => ears.silent(silent);
    prepare(worker);
    workers.push(worker);
    return Promise.resolve({
      start: () => Promise.resolve(worker),
      hand: () => Promise.resolve(),
      startScene: () => Promise.reject(new Error('no scene here')),
      endScene: () => {},
      unlockVault: () => Promise.resolve(void worker.calls.push('unlock the vault')),
      lockVault: () => void worker.calls.push('lock the vault'),
      close: () => worker.terminate(),
      expect: (work) => void worker.expected.push(work),
    });
  };
  return { workers, openFrame, last: () => workers.at(-1)! };
}

/** Lets everything that is under way come to rest. */
export const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
