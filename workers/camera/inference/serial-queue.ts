/** Runs tasks one after the other: tasks that share a buffer wait for all earlier ones. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` in its turn. A failure goes to the caller and does not stop later tasks. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    const over = () => {};
    this.#last = result.then(over, over);
    return result;
  }

  /** Resolves when all tasks queued so far have settled. */
  async over(): Promise<void> {
    await this.#last;
  }
}
