/** One after the other: work that shares a buffer waits until what was asked for before is over. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` in its turn; its failure is the caller's and does not stop those after it. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    const over = () => {};
    this.#last = result.then(over, over);
    return result;
  }

  /** Resolves when all that was asked for till now is over. */
  async over(): Promise<void> {
    await this.#last;
  }
}
