/**
 * The page's own storage between visits: settings and drawn lines, never records. The reader may switch storage off;
 * then nothing is kept.
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
    // Full or forbidden storage is not reported: the reader has not asked for it.
  }
}
