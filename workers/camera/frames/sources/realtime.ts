import type { FrameSource, SourceEvents, SourceFrame } from '../source.ts';
import { Condition } from './condition.ts';
import { SourceClock } from './clock.ts';
import { FrameQueue } from './frame-queue.ts';

/**
 * Maximum wait for a decoder behind the clock, in milliseconds. After it, a late picture is taken and the clock is set
 * back: on a slow machine the clip plays slower instead of showing nothing.
 */
const PATIENCE_MS = 250;

/**
 * Plays a waiting source as a real camera: each picture is delivered at its time, the newest one wins, and late ones
 * are destroyed without delivery.
 */
export class RealTimeSource implements FrameSource {
  readonly live = true;
  readonly #bell = new Condition();
  readonly #waiting: FrameQueue<SourceFrame>;
  readonly #clock: SourceClock;
  /** The first picture starts the clock, regardless of its delay. */
  #started = false;
  #over = false;
  #broken: unknown;
  #closed = false;
  readonly #inner: FrameSource;
  readonly #now: () => number;

  constructor(inner: FrameSource, events: SourceEvents, now: () => number = () => performance.now()) {
    this.#inner = inner;
    this.#now = now;

    this.#waiting = new FrameQueue(events);
    this.#clock = new SourceClock(now);
  }

  get kind() {
    return this.#inner.kind;
  }
  get width() {
    return this.#inner.width;
  }
  get height() {
    return this.#inner.height;
  }
  get fps() {
    return this.#inner.fps;
  }
  get durationS() {
    return this.#inner.durationS;
  }

  async next(signal: AbortSignal): Promise<SourceFrame | null> {
    let behindSinceMs = this.#now();
    for (;;) {
      await this.#fill(signal);
      if (this.#closed || signal.aborted) return null;
      const [first, second] = [this.#waiting.at(0), this.#waiting.at(1)];
      if (!first) {
        if (this.#broken !== undefined) throw this.#broken;
        return null;
      }
      const waitMs = this.#dueInMs(first);
      const isLate = this.#now() - behindSinceMs > PATIENCE_MS;
      if (!this.#started || !this.#clock.running || (waitMs <= 0 && isLate)) return this.#take(first);
      if (waitMs > 0) {
        await this.#bell.wait(signal, waitMs);
        behindSinceMs = this.#now();
      } else if (!second || this.#dueInMs(second) > 0) return this.#waiting.take()!;
      else this.#waiting.drop(1);
    }
  }

  setPaused(paused: boolean): void {
    if (paused) this.#clock.stand();
    else this.#clock.run();
    this.#bell.ring();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting.drop();
    this.#bell.ring();
    await this.#inner.close();
  }

  /** Reads two pictures ahead: the first is the newest due as long as the second is not due yet. */
  async #fill(signal: AbortSignal): Promise<void> {
    try {
      while (this.#waiting.size < 2 && !this.#over && !signal.aborted) {
        const picture = await this.#inner.next(signal);
        if (picture) this.#waiting.push(picture);
        else if (!signal.aborted) this.#over = true;
        if (this.#closed) this.#waiting.drop();
      }
    } catch (error) {
      // Pictures before the break are still delivered.
      this.#over = true;
      this.#broken = error;
    }
  }

  #dueInMs(picture: SourceFrame): number {
    return picture.timestampUs / 1000 - this.#clock.positionMs;
  }

  /** Delivers the first picture at once, and sets the clock to its time. */
  #take(first: SourceFrame): SourceFrame {
    this.#started = true;
    this.#clock.seek(first.timestampUs / 1000);
    return this.#waiting.take()!;
  }
}
