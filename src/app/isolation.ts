/** Gets the page the walls that its host does not give, and tells which are missing. */

/** Loaded again once, and not again and again where it does not help. */
const TRIED = 'incam.isolation-tried';

/** A wall that a host or browser can leave out; the content security policy is in the page itself. */
export type Wall = 'isolation' | 'secure-context';

/** Walls that this host or browser does not give. */
export function missingWalls(): Wall[] {
  const missing: Wall[] = [];
  if (globalThis.isSecureContext === false) missing.push('secure-context');
  if (globalThis.crossOriginIsolated === false) missing.push('isolation');
  return missing;
}

/**
 * Where the host sets no headers, a service worker adds them; the page is then loaded once more.
 * @returns whether the page is about to be loaded again
 */
export async function isolate(): Promise<boolean> {
  if (crossOriginIsolated || !isSecureContext || import.meta.env.DEV) return false;
  try {
    if (sessionStorage.getItem(TRIED)) return false;
    sessionStorage.setItem(TRIED, '1');
    await navigator.serviceWorker.register('service-worker.js');
    await navigator.serviceWorker.ready;
  } catch {
    // No service worker (a private window, a browser without): the page says what is missing.
    return false;
  }
  location.reload();
  return true;
}
