/** Video decoders lent to the camera's worker, which has none in Chromium. Pictures pass through unread. */
import type { LentChunk, ToCamera } from '../isolation/lending.ts';

export class LentDecoders {
  readonly #decoders = new Map<number, VideoDecoder>();
  readonly #tell: (message: ToCamera, transfer?: Transferable[]) => void;

  /** @param tell posts to the worker; a picture is handed over, not copied */
  constructor(tell: (message: ToCamera, transfer?: Transferable[]) => void) {
    this.#tell = tell;
  }

  open(id: number, config: VideoDecoderConfig): void {
    const decoder = new VideoDecoder({
      output: (frame) => this.#tell({ decoder: id, frame }, [frame]),
      error: () => this.#tell({ decoder: id, broken: true }),
    });
    decoder.addEventListener('dequeue', () => this.#tell({ decoder: id, queued: decoder.decodeQueueSize }));
    this.#decoders.set(id, decoder);
    try {
      decoder.configure(config);
    } catch {
      this.#tell({ decoder: id, broken: true });
    }
  }

  decode(id: number, chunk: LentChunk): void {
    const decoder = this.#decoders.get(id);
    if (decoder?.state !== 'configured') return;
    try {
      decoder.decode(new EncodedVideoChunk(chunk));
    } catch {
      this.#tell({ decoder: id, broken: true });
    }
  }

  async flush(id: number): Promise<void> {
    const decoder = this.#decoders.get(id);
    if (decoder?.state === 'configured') await decoder.flush();
  }

  close(id: number): void {
    const decoder = this.#decoders.get(id);
    this.#decoders.delete(id);
    if (decoder && decoder.state !== 'closed') decoder.close();
  }
}
