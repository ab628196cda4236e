/** A condition variable: wakes all waiters on a change. A woken waiter must check its condition again. */
export class Condition {
  readonly #waiting = new Set<() => void>();

  ring(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves at the next wake, when `signal` is aborted, or after `ms` milliseconds. Never rejects. */
  wait(signal?: AbortSignal, ms?: number): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(wake, Math.max(0, ms));
      signal?.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }
}
