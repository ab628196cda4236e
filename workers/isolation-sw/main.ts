/**
 * The service worker for hosts that let nobody set headers: it adds the site's headers to every answer of the site itself.
 * The page registers it where it finds itself without isolation, and loads once more. It keeps nothing and answers nothing
 * by itself. (What the sealed frame does never comes by here: the frame reaches no address.)
 */

/** Written by the build, from the one source of headers. */
declare const __SITE_HEADERS__: Readonly<Record<string, string>>;

/** As much of a service worker's scope as is used; its types do not live beside those of other workers. */
interface ServiceScope {
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEventLike) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEventLike) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: { readonly origin: string };
}
interface ExtendableEventLike {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEventLike {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const POLICY = 'Content-Security-Policy';

const scope = self as unknown as ServiceScope;

scope.addEventListener('install', () => void scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin === scope.location.origin) event.respondWith(answer(event.request));
});

async function answer(request: Request): Promise<Response> {
  const plain = await fetch(request);
  if (plain.type === 'opaque' || plain.type === 'opaqueredirect' || plain.type === 'error') return plain;
  const headers = new Headers(plain.headers);
  for (const [name, value] of Object.entries(__SITE_HEADERS__)) {
    // The page carries its own policy, of the day it was built; an older one from here would shut a newer frame out.
    if (request.mode === 'navigate' && name === POLICY) continue;
    headers.set(name, value);
  }
  // An answer without a body (304, 204) may not be given one.
  const body = [101, 204, 205, 304].includes(plain.status) ? null : plain.body;
  return new Response(body, { status: plain.status, statusText: plain.statusText, headers });
}
