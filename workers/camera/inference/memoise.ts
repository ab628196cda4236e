/** A function with memoised results. */
export interface Memoised<K, T> {
  (key: K): Promise<T>;
  /** Discards a result, so that the next call computes it again. */
  forget(key: K): void;
}

/**
 * Memoises an asynchronous function by key, including calls in flight. Failures are not kept, so the next call tries
 * again.
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
