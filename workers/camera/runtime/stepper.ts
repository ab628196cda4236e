/**
 * Walks one frame through stage by stage, for the explainer: processing calls `reached` after each stage and waits
 * there until the visitor goes on. Without a walk `reached` returns at once.
 */
export class Stepper {
  #go: (() => void) | undefined;
  #abort: ((reason: unknown) => void) | undefined;
  #arrived: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #stepping = false;

  /** Whether a walk is in progress. */
  get stepping(): boolean {
    return this.#stepping;
  }

  /** Starts `work` on one frame in stepping mode; resolves at its first checkpoint, or when it is over. */
  begin(work: () => Promise<void>): Promise<void> {
    if (this.#stepping) throw new Error('a frame is being stepped through already');
    this.#stepping = true;
    const arrived = this.#nextArrival();
    const finished = work().finally(() => {
      this.#stepping = false;
      this.#go = undefined;
      this.#abort = undefined;
    });
    return Promise.race([arrived, finished]).then(() => {
      this.#running = finished;
      // The next step reports a failure; until then it must not count as unhandled.
      finished.catch(() => {});
    });
  }

  /** Lets the frame go on to its next checkpoint or its end. */
  async advance(): Promise<void> {
    const go = this.#go;
    if (!go || !this.#running) throw new Error('no frame is being stepped through');
    const arrived = this.#nextArrival();
    go();
    await Promise.race([arrived, this.#running]);
  }

  /** Ends the walk: the frame's processing gets `reason` thrown at its checkpoint and cleans up. */
  async cancel(reason: unknown): Promise<void> {
    if (!this.#stepping) return;
    this.#abort?.(reason);
    await this.#running?.catch(() => {});
  }

  /** Lets the frame run to its end without further stops. */
  async finish(): Promise<void> {
    while (this.#stepping) await this.advance();
  }

  /** Called by the processing after each stage. */
  async reached(report: () => void): Promise<void> {
    if (!this.#stepping) return;
    report();
    const waiting = new Promise<void>((resolve, reject) => {
      this.#go = resolve;
      this.#abort = reject;
    });
    this.#arrived?.();
    await waiting;
  }

  #nextArrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }
}
