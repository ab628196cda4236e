import type { SourceEvents } from '../source.ts';

/** An item of the queue: it holds memory and must be destroyed. */
export interface Keepable {
  readonly bytes: number;
  /** Of a picture that is never read, so that no copy of it is made; absent: `bytes`. */
  readonly unreadBytes?: number;
  close(): void;
}

/** Pictures that a source holds before delivery, oldest first; it reports every change to the camera. */
export class FrameQueue<T extends Keepable> {
  #kept: T[] = [];
  #bytes = 0;
  readonly #events: Pick<SourceEvents, 'held' | 'unseen'>;

  constructor(events: Pick<SourceEvents, 'held' | 'unseen'>) {
    this.#events = events;
  }

  get size(): number {
    return this.#kept.length;
  }

  /** A picture without removing it; 0 is the oldest. */
  at(index: number): T | undefined {
    return this.#kept[index];
  }

  push(picture: T): void {
    this.#kept.push(picture);
    this.#bytes += picture.bytes;
    this.#tell();
  }

  /** Delivers the oldest picture; the caller must destroy it. */
  take(): T | undefined {
    const picture = this.#kept.shift();
    if (picture) {
      this.#bytes -= picture.bytes;
      this.#tell();
    }
    return picture;
  }

  /** Destroys the `count` oldest pictures without delivery; by default all. */
  drop(count = this.#kept.length): void {
    while (count-- > 0 && this.#kept.length > 0) {
      const picture = this.#kept.shift()!;
      this.#bytes -= picture.bytes;
      picture.close();
      this.#events.unseen(picture.unreadBytes ?? picture.bytes);
      this.#tell();
    }
  }

  #tell(): void {
    this.#events.held(this.#kept.length, this.#bytes);
  }
}

/**
 * Combines the events of several queues of one source: the camera gets the sum.
 * @returns a function that makes the events of one more queue
 */
export function addUp(events: SourceEvents): () => SourceEvents {
  let frames = 0;
  let bytes = 0;
  return () => {
    let own = { frames: 0, bytes: 0 };
    return {
      ...events,
      held(nowFrames, nowBytes) {
        frames += nowFrames - own.frames;
        bytes += nowBytes - own.bytes;
        own = { frames: nowFrames, bytes: nowBytes };
        events.held(frames, bytes);
      },
    };
  };
}
