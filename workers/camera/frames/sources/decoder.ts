import type { EncodedPacket } from 'mediabunny';
import { createFilmDecoder, type FilmDecoder } from '../../isolation/video-decoder.ts';
import type { Condition } from './condition.ts';
import { asFault } from './limits.ts';

/**
 * WebCodecs' decoder with a brake. A browser decodes as fast as it is fed and every decoded picture is memory with
 * people in it, so a packet goes in only when the decoder has taken the one before and `hasRoom` says yes.
 */
export class PictureDecoder {
  readonly #decoder: FilmDecoder;
  #error: unknown;
  readonly #bell: Condition;

  /**
   * @param output takes over each picture, in presentation order, and answers for it
   * @param bell rung whenever the decoder has moved on; the one who empties the room must ring it as well
   */
  constructor(config: VideoDecoderConfig, output: (frame: VideoFrame) => void, bell: Condition) {
    this.#bell = bell;
    this.#decoder = createFilmDecoder(config, {
      output: (frame) => {
        output(frame);
        bell.ring();
      },
      error: (error) => {
        this.#error = error;
        bell.ring();
      },
      dequeued: () => bell.ring(),
    });
  }

  get closed(): boolean {
    return this.#decoder.state === 'closed';
  }

  /**
   * Feeds one packet as soon as there is room.
   * @throws {Fault} 'source-unreadable' when the decoder gave up; silent when it was closed meanwhile
   */
  async feed(packet: EncodedPacket, hasRoom: () => boolean): Promise<void> {
    while (!this.closed && (this.#decoder.decodeQueueSize > 0 || !hasRoom())) await this.#bell.wait();
    this.#check();
    if (!this.closed) this.#decoder.decode(packet);
  }

  /** Waits until everything fed has come out. @throws {Fault} like `feed` */
  async drain(): Promise<void> {
    if (this.closed) return this.#check();
    try {
      await this.#decoder.flush();
    } catch (error) {
      if (!this.closed) throw asFault(error, 'source-unreadable', 'decoding');
    }
    this.#check();
  }

  close(): void {
    if (!this.closed) this.#decoder.close();
    this.#bell.ring();
  }

  #check(): void {
    if (this.#error !== undefined) throw asFault(this.#error, 'source-unreadable', 'decoding');
  }
}
