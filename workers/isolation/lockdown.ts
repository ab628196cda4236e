/**
 * Takes away every way out of the worker except the port that the gate was given.
 *
 * The browser's walls around the sealed frame stand without this (opaque origin, a policy that names no address). This is the
 * wall inside: a compromised library finds nothing to try them with. Must run before any library is evaluated.
 */
import { ALLOWED_GLOBALS, ALLOWED_NAVIGATOR } from './allowed-globals.ts';

type Scope = Record<string, unknown>;

/**
 * Deletes from an object and all its prototypes what is not allowed.
 * @returns names that could not be deleted
 */
export function deleteAllBut(allowed: ReadonlySet<string>, target: object): string[] {
  const left = new Set<string>();
  for (
    let holder: object | null = target;
    holder && holder !== Object.prototype;
    holder = Reflect.getPrototypeOf(holder)
  ) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (allowed.has(name) || Reflect.deleteProperty(holder, name)) continue;
      // Constants of an interface (TEMPORARY, PERSISTENT) cannot be deleted and lead nowhere.
      const value: unknown = Reflect.getOwnPropertyDescriptor(holder, name)?.value;
      if (typeof value !== 'number') left.add(name);
    }
  }
  return [...left];
}

/** Only what lies in this frame's own memory can be fetched: MediaPipe gets its runtime so. */
function blobFetch(scope: { fetch: typeof fetch }): typeof fetch {
  const native = scope.fetch.bind(scope);
  return (input) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : '';
    if (!url.startsWith('blob:')) return Promise.reject(new TypeError('the camera reaches no address'));
    return native(url);
  };
}

export interface Lockdown {
  /** Calls allowed to start a thread of the runtime; the names of other globals that stay as they are. */
  readonly createWorker?: (native: typeof Worker) => unknown;
  readonly keep?: readonly string[];
}

/**
 * Closes a worker's global scope.
 * @throws {TypeError} when something that is not allowed cannot be taken away; the camera does not start then
 */
export function lockdown(scope: object, { createWorker, keep = [] }: Lockdown = {}): void {
  const globals = scope as Scope & { fetch?: typeof fetch; Worker?: typeof Worker; navigator?: object };
  const fetchBlob = globals.fetch && blobFetch(globals as { fetch: typeof fetch });
  const thread = createWorker && globals.Worker && createWorker(globals.Worker);
  const left = [
    ...deleteAllBut(new Set([...ALLOWED_GLOBALS, ...keep]), scope),
    ...(globals.navigator ? deleteAllBut(ALLOWED_NAVIGATOR, globals.navigator) : []),
  ];
  if (left.length > 0) throw new TypeError(`cannot be closed: ${left.join(', ')}`);
  const define = (name: string, value: unknown) =>
    Object.defineProperty(scope, name, { value, writable: false, configurable: false });
  if (fetchBlob) define('fetch', fetchBlob);
  if (thread) define('Worker', thread);
}

/** Errors stay inside: their text could carry anything. */
export function muteErrors(scope: EventTarget): void {
  for (const type of ['error', 'unhandledrejection'])
    scope.addEventListener(type, (event) => event.preventDefault());
}
