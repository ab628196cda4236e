/** Notices that a source gives no picture any more, although nothing broke: a frozen webcam, a muted track, a long gap. */

/** A source is called stalled after this time without a sign of life, in milliseconds. The page says so within 3 s. */
const STALL_MS = 2000;
/** How often it is looked at, in milliseconds. */
const CHECK_MS = 250;

export interface StallListener {
  /** The source has stalled, or goes on. */
  changed(stalled: boolean): void;
  /** Called at every look while the camera waits. */
  waiting(): void;
}

export class StallWatch {
  #stalled = false;
  #sinceMs = 0;
  readonly #listener: StallListener;
  readonly #now: () => number;

  constructor(listener: StallListener, now: () => number = () => performance.now()) {
    this.#listener = listener;
    this.#now = now;
  }

  get stalled(): boolean {
    return this.#stalled;
  }

  /** The source did something, though it gave no picture: one was thinned out, or decoded ahead. */
  alive(): void {
    this.#sinceMs = this.#now();
  }

  /** Another source is opened, or none is. */
  reset(): void {
    this.#stalled = false;
  }

  /** Waits for the next picture. Time in which the camera itself works on one is no stall. */
  async during<T>(next: () => Promise<T>): Promise<T> {
    this.#sinceMs = this.#now();
    const timer = setInterval(() => {
      this.#set(this.#now() - this.#sinceMs >= STALL_MS);
      this.#listener.waiting();
    }, CHECK_MS);
    try {
      return await next();
    } finally {
      clearInterval(timer);
      this.#set(false);
    }
  }

  #set(stalled: boolean): void {
    if (stalled === this.#stalled) return;
    this.#stalled = stalled;
    this.#listener.changed(stalled);
  }
}
