/** The decoder: the worker's own where it has one, else one that the frame's main thread lends. */
import type { Lender } from './lender.ts';
import { lender } from './lender.ts';

/** A packet of a film. */
export interface Packet {
  readonly type: EncodedVideoChunkType;
  /** Microseconds. */
  readonly microsecondTimestamp: number;
  readonly microsecondDuration: number;
  readonly data: Uint8Array;
  toEncodedVideoChunk(): EncodedVideoChunk;
}

/** As much of WebCodecs' decoder as the camera uses. */
export interface FilmDecoder {
  readonly state: 'unconfigured' | 'configured' | 'closed';
  /** Packets that were fed and not taken yet. */
  readonly decodeQueueSize: number;
  decode(packet: Packet): void;
  flush(): Promise<void>;
  close(): void;
}

export interface FilmDecoderEars {
  output(frame: VideoFrame): void;
  error(error: unknown): void;
  /** The decoder has taken a packet. */
  dequeued(): void;
}

const ownDecoder = () => 'VideoDecoder' in globalThis;

/** @throws what the browser throws for a codec it cannot even parse */
export async function isDecodable(config: VideoDecoderConfig): Promise<boolean> {
  if (ownDecoder()) return (await VideoDecoder.isConfigSupported(config)).supported === true;
  return lender()?.ask<boolean>({ ask: 'supported', config }) ?? false;
}

/** @throws {Error} where there is no decoder at all */
export function createFilmDecoder(config: VideoDecoderConfig, ears: FilmDecoderEars): FilmDecoder {
  if (ownDecoder()) return new OwnDecoder(config, ears);
  const from = lender();
  if (!from) throw new Error('no decoder in this worker, and nobody lends one');
  return new LentDecoder(from, config, ears);
}

class OwnDecoder implements FilmDecoder {
  readonly #decoder: VideoDecoder;

  constructor(config: VideoDecoderConfig, { output, error, dequeued }: FilmDecoderEars) {
    this.#decoder = new VideoDecoder({ output, error });
    this.#decoder.addEventListener('dequeue', dequeued);
    this.#decoder.configure(config);
  }

  get state() {
    return this.#decoder.state;
  }
  get decodeQueueSize() {
    return this.#decoder.decodeQueueSize;
  }
  decode(packet: Packet): void {
    this.#decoder.decode(packet.toEncodedVideoChunk());
  }
  flush(): Promise<void> {
    return this.#decoder.flush();
  }
  close(): void {
    this.#decoder.close();
  }
}

class LentDecoder implements FilmDecoder {
  state: FilmDecoder['state'] = 'configured';
  decodeQueueSize = 0;
  readonly #id: number;
  readonly #from: Lender;

  constructor(from: Lender, config: VideoDecoderConfig, { output, error, dequeued }: FilmDecoderEars) {
    this.#from = from;

    this.#id = from.addDecoder({
      frame: output,
      queued: (queued) => {
        this.decodeQueueSize = queued;
        dequeued();
      },
      broken: () => {
        this.close();
        error(new Error('the decoder gave up'));
      },
    });
    from.tell({ tell: 'open-decoder', decoder: this.#id, config });
  }

  decode({ type, microsecondTimestamp, microsecondDuration, data }: Packet): void {
    // A copy that is given away: the packet belongs to the film.
    const bytes = data.slice().buffer as ArrayBuffer;
    const chunk = { type, timestamp: microsecondTimestamp, duration: microsecondDuration, data: bytes };
    this.decodeQueueSize++;
    this.#from.tell({ tell: 'decode', decoder: this.#id, chunk }, [bytes]);
  }

  flush(): Promise<void> {
    return this.#from.ask({ ask: 'flush', decoder: this.#id });
  }

  close(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.#from.removeDecoder(this.#id);
    this.#from.tell({ tell: 'close-decoder', decoder: this.#id });
  }
}
