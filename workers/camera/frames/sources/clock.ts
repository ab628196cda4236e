/** Playback time of a source, in milliseconds since its start. It stands still until `run` is called. */
export class SourceClock {
  #running = false;
  /** Position when standing; `now()` at position 0 when running. */
  #base = 0;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get running(): boolean {
    return this.#running;
  }

  get positionMs(): number {
    return this.#running ? this.#now() - this.#base : this.#base;
  }

  run(): void {
    if (!this.#running) this.#base = this.#now() - this.#base;
    this.#running = true;
  }

  stand(): void {
    if (this.#running) this.#base = this.positionMs;
    this.#running = false;
  }

  /** Seeks to a position; the clock keeps running or standing. */
  seek(positionMs: number): void {
    this.#base = this.#running ? this.#now() - positionMs : positionMs;
  }
}
