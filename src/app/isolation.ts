/** Gets the page the walls that its host does not give, and tells which are missing. */

import { framed } from './framing.ts';

/** Loaded again once, and not again and again where it does not help. */
const TRIED = 'incam.isolation-tried';

/** A wall that a host or browser can leave out; the content security policy is in the page itself. */
export type Wall = 'isolation' | 'secure-context' | 'own-window';

/** Walls that this host or browser does not give. */
export function missingWalls(): Wall[] {
  const missing: Wall[] = [];
  if (globalThis.isSecureContext === false) missing.push('secure-context');
  if (globalThis.crossOriginIsolated === false) missing.push('isolation');
  // A page around this one could lay something over it, and lead a visitor's hand.
  if (framed()) missing.push('own-window');
  return missing;
}

/**
 * Where the host sets no headers, a service worker adds them; the page is then loaded once more.
 * @returns whether the page is about to be loaded again
 */
export async function isolate(): Promise<boolean> {
  if (crossOriginIsolated || !isSecureContext || import.meta.env.DEV) return false;
  // In a frame isolation is the outer page's to give.
  if (framed()) return false;
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
