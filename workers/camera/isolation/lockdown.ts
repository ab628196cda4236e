/**
 * Takes away every way out of the worker except the one given to the gate.
 *
 * ESLint forbids these calls in our own sources; this forbids them to everybody else's code in the same worker too,
 * at run time. The content security policy is the third wall. Must run before any library is imported.
 */
import type { Post } from './gate.ts';

/** Globals of a dedicated worker through which data could leave it, or be stored beyond its life. */
const EXITS = [
  'BroadcastChannel',
  'EventSource',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'XMLHttpRequest',
  'caches',
  'cookieStore',
  'importScripts',
  'indexedDB',
] as const;

const closed = (name: string) => () => {
  throw new TypeError(`${name} is closed in the camera: nothing leaves but through the gate`);
};

/**
 * Requests may only read, and only from where the site came from: models and sample clips.
 * @throws {TypeError} like `fetch` itself, for anything else
 */
function readOnlyFetch(scope: typeof globalThis & { location: { origin: string; href: string } }) {
  const native = scope.fetch.bind(scope);
  return (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : undefined;
    const url = new URL(request ? request.url : String(input), scope.location.href);
    const method = (init?.method ?? request?.method ?? 'GET').toUpperCase();
    const local =
      url.origin === scope.location.origin || url.protocol === 'blob:' || url.protocol === 'data:';
    if (!local || method !== 'GET' || init?.body || url.search) {
      return Promise.reject(new TypeError('the camera only reads, and only from its own site'));
    }
    // Headers could carry something out as well, so that none of the caller's are passed on.
    const signal = init?.signal ?? request?.signal;
    return native(url, { credentials: 'omit', referrerPolicy: 'no-referrer', ...(signal && { signal }) });
  };
}

/** Closes the exits of `scope` and returns the one that is left, for the gate. */
export function lockdown(
  scope: typeof globalThis & { postMessage: Post; location: { origin: string; href: string } },
): Post {
  const post = scope.postMessage.bind(scope) as Post;
  const define = (name: string, value: unknown) =>
    Object.defineProperty(scope, name, { value, writable: false, configurable: false });
  define('postMessage', closed('postMessage'));
  for (const name of EXITS) if (name in scope) define(name, undefined);
  define('fetch', readOnlyFetch(scope));
  // The origin's private files would outlive the worker.
  if (scope.navigator && 'storage' in scope.navigator) {
    Object.defineProperty(scope.navigator, 'storage', { value: undefined, configurable: false });
  }
  return post;
}
