/**
 * The site's one service worker. It adds the site's headers to every answer, for hosts that let no one set them, and it
 * answers from the device where the visitor has chosen to keep the site. Without that choice it keeps nothing.
 * (What the sealed frame does never comes by here: the frame reaches no address.)
 *
 * Not Workbox: its precache begins at the install, before the visitor has chosen, and trusts the storage when it answers.
 */
import { KeepError, KeptFiles } from './kept-files.ts';
import type { ServiceScope } from './scope.ts';
import type { Answer, Order, SiteFiles } from './site-files.ts';

/** Written by the build: the headers from their one source, and the files with their hashes. */
declare const __SITE_HEADERS__: Readonly<Record<string, string>>;
declare const __SITE_FILES__: SiteFiles;

const POLICY = 'Content-Security-Policy';

const scope = self as unknown as ServiceScope;
const kept = new KeptFiles(__SITE_FILES__, scope.registration.scope);

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin === scope.location.origin) event.respondWith(answer(event.request));
});
scope.addEventListener('message', (event) => {
  const [port] = event.ports;
  event.waitUntil(obey(event.data as Order).then((said) => port?.postMessage(said)));
});

/**
 * A newer version of a site that is kept is fetched whole before it may take the place of the older one, and waits until the
 * visitor wants it. Where nothing is kept there is nothing to wait for.
 */
async function install(): Promise<void> {
  const chosen = await kept.chosen();
  if (chosen.length > 0) await kept.keepAll(chosen);
  else await scope.skipWaiting();
}

async function activate(): Promise<void> {
  await kept.purge();
  await scope.clients.claim();
}

async function obey(order: Order): Promise<Answer> {
  try {
    switch (order.do) {
      case 'state':
        break;
      case 'keep':
        await kept.keep(order.url);
        break;
      case 'complete':
        await kept.complete(order.groups);
        break;
      case 'forget':
        await kept.forget();
        break;
      case 'take-over':
        await scope.skipWaiting();
        break;
      default:
        throw new KeepError('refused');
    }
    return { ok: true, state: await kept.state() };
  } catch (error) {
    return { ok: false, why: error instanceof KeepError ? error.why : 'refused' };
  }
}

async function answer(request: Request): Promise<Response> {
  const navigation = request.mode === 'navigate';
  // A request that asks for a fresh answer gets one: that is how files are fetched to be kept.
  const asksForKept = request.method === 'GET' && (navigation || request.cache === 'default');
  const found = asksForKept ? await kept.find(request.url, navigation).catch(() => undefined) : undefined;
  if (found) return withHeaders(found, true);
  const plain = await fetch(request);
  if (plain.type === 'opaque' || plain.type === 'opaqueredirect' || plain.type === 'error') return plain;
  // The page carries its own policy, of the day it was built; an older one from here would shut a newer frame out.
  return withHeaders(plain, !navigation);
}

/** @param policy whether the content security policy is set, too */
function withHeaders(plain: Response, policy: boolean): Response {
  const headers = new Headers(plain.headers);
  for (const [name, value] of Object.entries(__SITE_HEADERS__))
    if (policy || name !== POLICY) headers.set(name, value);
  // An answer without a body (304, 204) may not be given one.
  const body = [101, 204, 205, 304].includes(plain.status) ? null : plain.body;
  return new Response(body, { status: plain.status, statusText: plain.statusText, headers });
}
