/**
 * Remembers what an asynchronous function gave for a key, also while it is still working; failures are forgotten, so
 * that the next call tries again.
 */
export function memoise<K extends string | number | void, T>(load: (key: K) => Promise<T>) {
  const known = new Map<K, Promise<T>>();
  return (key: K): Promise<T> => {
    let promise = known.get(key);
    if (!promise) {
      promise = load(key);
      known.set(key, promise);
      promise.catch(() => known.delete(key));
    }
    return promise;
  };
}
