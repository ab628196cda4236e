/** Runs one turn after the other, until the caller halts it, the source ends, or a turn fails. */
import { yieldTask } from './yield-task.ts';

export interface Turns {
  /** @param signal aborted when the loop is halted. @returns whether there is more */
  readonly turn: (signal: AbortSignal) => Promise<boolean>;
  /** The source has ended. */
  readonly ended: () => void;
  readonly failed: (error: unknown) => Promise<void>;
}

export class FrameLoop {
  #now: { abort: AbortController; done: Promise<void> } | undefined;

  get running(): boolean {
    return this.#now !== undefined;
  }

  start(turns: Turns): void {
    const abort = new AbortController();
    this.#now = { abort, done: this.#run(turns, abort.signal) };
  }

  /** Halts between two turns; the caller decides the next state. @returns whether it was running */
  async halt(): Promise<boolean> {
    const now = this.#now;
    this.#now = undefined;
    now?.abort.abort();
    await now?.done;
    return now !== undefined;
  }

  async #run({ turn, ended, failed }: Turns, signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        const more = await turn(signal);
        if (signal.aborted) return;
        if (!more) {
          this.#now = undefined;
          return ended();
        }
        // Inference blocks this thread; without a real turn of the event loop a pause would never be heard.
        await yieldTask();
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#now = undefined;
      await failed(error);
    }
  }
}
