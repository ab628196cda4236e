import type { SourceEvents } from '../source.ts';

/** What a source can keep for a while: it takes up memory and must be destroyed. */
export interface Keepable {
  readonly bytes: number;
  close(): void;
}

/** Pictures a source keeps before it hands them out, oldest first; every change is told to the camera. */
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

  /** A picture left where it is; 0 is the oldest. */
  at(index: number): T | undefined {
    return this.#kept[index];
  }

  push(picture: T): void {
    this.#kept.push(picture);
    this.#bytes += picture.bytes;
    this.#tell();
  }

  /** Hands out the oldest picture; from here on the taker answers for it. */
  take(): T | undefined {
    const picture = this.#kept.shift();
    if (picture) {
      this.#bytes -= picture.bytes;
      this.#tell();
    }
    return picture;
  }

  /** Destroys the `count` oldest pictures unseen; by default all. */
  drop(count = this.#kept.length): void {
    while (count-- > 0 && this.#kept.length > 0) {
      const picture = this.#kept.shift()!;
      this.#bytes -= picture.bytes;
      picture.close();
      this.#events.unseen(picture.bytes);
      this.#tell();
    }
  }

  #tell(): void {
    this.#events.held(this.#kept.length, this.#bytes);
  }
}

/**
 * Lets several holders of one source tell what they keep: the camera hears the sum.
 * @returns makes the events for one more holder
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
