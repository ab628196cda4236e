import type { FrameSource, SourceEvents, SourceFrame } from '../source.ts';

/** Containers round their times; a picture a moment early is on time. */
const SLACK_US = 1000;

/**
 * Limits the rate of another source by the source's own time, and destroys the other pictures without delivery. It
 * simulates a slower chip, in real time as well as picture by picture.
 */
export class RateLimitedSource implements FrameSource {
  /** Source time from which the next picture is taken, in microseconds. */
  #dueUs = -Infinity;
  #lastUs = -Infinity;
  readonly #inner: FrameSource;
  readonly #maxFps: number;
  readonly #events: Pick<SourceEvents, 'unseen'>;

  /** @param maxFps maximum rate, pictures a second, above 0 */
  constructor(inner: FrameSource, maxFps: number, events: Pick<SourceEvents, 'unseen'>) {
    this.#inner = inner;
    this.#maxFps = maxFps;
    this.#events = events;
  }

  get kind() {
    return this.#inner.kind;
  }
  get live() {
    return this.#inner.live;
  }
  get width() {
    return this.#inner.width;
  }
  get height() {
    return this.#inner.height;
  }
  get fps() {
    return this.#inner.fps && Math.min(this.#inner.fps, this.#maxFps);
  }
  get durationS() {
    return this.#inner.durationS;
  }

  async next(signal: AbortSignal): Promise<SourceFrame | null> {
    for (;;) {
      const frame = await this.#inner.next(signal);
      if (!frame || this.#takes(frame.timestampUs)) return frame;
      frame.close();
      this.#events.unseen(frame.bytes);
    }
  }

  setPaused(paused: boolean): void {
    this.#inner.setPaused?.(paused);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #takes(timestampUs: number): boolean {
    // A clip that restarts also restarts its time.
    const again = timestampUs < this.#lastUs;
    this.#lastUs = timestampUs;
    if (!again && timestampUs < this.#dueUs - SLACK_US) return false;
    const periodUs = 1e6 / this.#maxFps;
    // Periods are contiguous, so that the rate is independent of the source's; after a gap they restart.
    const onTime = !again && timestampUs - this.#dueUs < periodUs;
    this.#dueUs = (onTime ? this.#dueUs : timestampUs) + periodUs;
    return true;
  }
}
