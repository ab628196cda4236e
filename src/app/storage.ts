/**
 * The page's own memory between visits: settings and drawn lines, never records. Storage may be switched off by the
 * reader; then the page simply forgets.
 */

export function recall(key: string): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: not worth a word to the reader, who asked for neither.
  }
}
