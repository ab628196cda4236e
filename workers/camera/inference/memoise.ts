/** A function whose results are remembered. */
export interface Memoised<K, T> {
  (key: K): Promise<T>;
  /** Loads anew when it is next asked for: what was given has turned out to be of no use. */
  forget(key: K): void;
}

/**
 * Remembers what an asynchronous function gave for a key, also while it is still working; failures are forgotten, so
 * that the next call tries again.
 */
export function memoise<K extends string | number | void, T>(load: (key: K) => Promise<T>): Memoised<K, T> {
  const known = new Map<K, Promise<T>>();
  const recall = (key: K): Promise<T> => {
    let promise = known.get(key);
    if (!promise) {
      promise = load(key);
      known.set(key, promise);
      promise.catch(() => known.delete(key));
    }
    return promise;
  };
  return Object.assign(recall, { forget: (key: K) => void known.delete(key) });
}
