import { Fault } from '../../isolation/fault.ts';
import type { FrameSource, SourceFrame } from '../source.ts';
import { Condition } from './condition.ts';
import { SourceClock } from './clock.ts';
import { checkSize } from './limits.ts';
import { TestCard } from './testcard.ts';

/** A live test card: frames are due at `fps`; a frame that is not requested in time is never drawn. */
export class PatternSource implements FrameSource {
  readonly kind = 'pattern';
  readonly live = true;
  readonly durationS = undefined;
  readonly #bell = new Condition();
  readonly #card: TestCard;
  readonly #clock: SourceClock;
  #index = -1;
  #closed = false;

  /** @throws {Fault} 'source-too-large', 'source-unreadable' or 'config-invalid' for an invalid size or rate */
  constructor(
    readonly width: number,
    readonly height: number,
    readonly fps: number,
    now?: () => number,
  ) {
    checkSize(width, height);
    if (!Number.isInteger(width) || !Number.isInteger(height) || !(fps > 0 && fps <= 240)) {
      throw new Fault('config-invalid', `a test card of ${width} x ${height} at ${fps} a second`);
    }
    this.#clock = new SourceClock(now);
    this.#card = new TestCard(width, height, fps);
  }

  async next(signal: AbortSignal): Promise<SourceFrame | null> {
    const frameMs = 1000 / this.fps;
    while (!this.#closed && !signal.aborted) {
      if (!this.#clock.running) {
        this.#clock.seek((this.#index + 1) * frameMs);
        return this.#frame(++this.#index);
      }
      const due = Math.floor(this.#clock.positionMs / frameMs);
      if (due > this.#index) return this.#frame((this.#index = due));
      // A timer may fire early; the tolerance of a hundredth of a millisecond covers rounding.
      await this.#bell.wait(signal, (this.#index + 1) * frameMs - this.#clock.positionMs + 0.01);
    }
    return null;
  }

  setPaused(paused: boolean): void {
    if (paused) this.#clock.stand();
    else this.#clock.run();
    this.#bell.ring();
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#bell.ring();
    return Promise.resolve();
  }

  #frame(index: number): SourceFrame {
    return {
      timestampUs: Math.round((index / this.fps) * 1e6),
      width: this.width,
      height: this.height,
      // Drawn directly into the camera's buffer, without a copy.
      bytes: 0,
      copyTo: (target) => Promise.resolve(this.#card.draw(target, index)),
      close: () => {},
    };
  }
}
