import { vi } from 'vitest';
import type {
  FrameSource,
  SourceEvents,
  SourceFrame,
} from '../../../../../../workers/camera/frames/source.ts';

/** Counts what a source tells by itself. */
export function listen() {
  const heard = { unseen: 0, unseenBytes: 0, held: 0, heldBytes: 0, heldPeak: 0 };
  const events: SourceEvents = {
    unseen: (bytes) => {
      heard.unseen++;
      heard.unseenBytes += bytes;
    },
    held: (frames, bytes) => {
      heard.held = frames;
      heard.heldBytes = bytes;
      heard.heldPeak = Math.max(heard.heldPeak, frames);
    },
    acknowledge: vi.fn(),
  };
  return { heard, events };
}

export interface FakeFrame extends SourceFrame {
  closed: number;
}

export function fakeFrame(timestampUs: number, bytes = 100): FakeFrame {
  return {
    timestampUs,
    bytes,
    width: 4,
    height: 2,
    closed: 0,
    copyTo: () => Promise.resolve(),
    close() {
      this.closed++;
    },
  };
}

/** A source that has all its frames ready at once, or needs `decodeMs` for each, and then ends or breaks. */
export class FakeSource implements FrameSource {
  readonly kind = 'file';
  readonly live = false;
  readonly width = 4;
  readonly height = 2;
  readonly fps = undefined;
  readonly durationS = undefined;
  readonly frames: FakeFrame[];
  closed = 0;
  #next = 0;
  readonly #breaks: Error | undefined;
  readonly #decodeMs: number;

  constructor(timesMs: readonly number[], decodeMs = 0, breaks?: Error) {
    this.#breaks = breaks;
    this.#decodeMs = decodeMs;

    this.frames = timesMs.map((ms) => fakeFrame(ms * 1000));
  }

  async next(signal: AbortSignal): Promise<SourceFrame | null> {
    if (this.#decodeMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#decodeMs));
    if (this.closed || signal.aborted) return null;
    const frame = this.frames[this.#next++];
    if (!frame && this.#breaks) throw this.#breaks;
    return frame ?? null;
  }

  close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }
}

/** As much of a `VideoFrame` as the sources look at. */
export function fakeVideoFrame(timestamp: number, width = 4, height = 2) {
  return {
    timestamp,
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    displayWidth: width,
    displayHeight: height,
    visibleRect: { width, height },
    colorSpace: { matrix: null, fullRange: null },
    allocationSize: (wish?: VideoFrameCopyToOptions) => width * height * (wish?.format === 'RGBA' ? 4 : 1.5),
    close: vi.fn(),
  } as unknown as VideoFrame & { close: ReturnType<typeof vi.fn> };
}
