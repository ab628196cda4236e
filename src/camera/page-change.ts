/**
 * Tells cameras that the page which shows them is about to be taken away.
 *
 * Svelte removes the elements of a page before it runs the page's own teardown, and Chromium calls the listeners of
 * `hashchange` in the order in which they were added; neither comes early enough to keep a frame alive.
 */
type Listener = () => void;

const listeners = new Set<Listener>();

/**
 * Calls `listener` before each change of page.
 * @returns removes the listener
 */
export function beforePageChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** To be called while the elements of the page that goes are still in the document. */
export function announcePageChange(): void {
  for (const listener of [...listeners]) listener();
}
