/** The worker's side of what the frame's main thread lends: questions get answers, pictures of decoders arrive by themselves. */
import type { FromCamera, Question, Telling, ToCamera } from '../../isolation/lending.ts';

/** What a lent decoder hears. */
export interface DecoderEars {
  frame(frame: VideoFrame): void;
  /** @param queued packets that wait in the decoder */
  queued(queued: number): void;
  broken(): void;
}

export class Lender {
  readonly #post: (message: FromCamera, transfer: Transferable[]) => void;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (reason: unknown) => void }
  >();
  readonly #decoders = new Map<number, DecoderEars>();
  readonly #onPart: (name: string, bytes: ArrayBuffer) => void;
  #last = 0;
  /** What the vault on the device is kept in was taken away. */
  onVaultLost: () => void = () => {};

  /** @param onPart called for each part that was handed in, checked already */
  constructor(port: MessagePort, onPart: (name: string, bytes: ArrayBuffer) => void) {
    // Bound before any library is evaluated: a changed prototype does not get hold of the port.
    this.#post = port.postMessage.bind(port);
    this.#onPart = onPart;
    port.onmessage = ({ data }: MessageEvent<ToCamera>) => this.#hear(data);
  }

  /** @throws {Error} when it cannot be done */
  ask<T>(question: Question, transfer: Transferable[] = []): Promise<T> {
    const id = ++this.#last;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#post({ ...question, id }, transfer);
    });
  }

  tell(telling: Telling, transfer: Transferable[] = []): void {
    this.#post(telling, transfer);
  }

  /** @returns the number under which the decoder is spoken to */
  addDecoder(ears: DecoderEars): number {
    const decoder = ++this.#last;
    this.#decoders.set(decoder, ears);
    return decoder;
  }

  removeDecoder(decoder: number): void {
    this.#decoders.delete(decoder);
  }

  #hear(message: ToCamera): void {
    if ('part' in message) return this.#onPart(message.part, message.bytes);
    if ('vault' in message) return this.onVaultLost();
    if ('decoder' in message) {
      const ears = this.#decoders.get(message.decoder);
      if ('frame' in message) {
        // No caller waits for it any more: it is destroyed, not kept.
        if (ears) ears.frame(message.frame);
        else message.frame.close();
      } else if ('queued' in message) ears?.queued(message.queued);
      else ears?.broken();
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('failed' in message) waiting?.reject(new Error('the frame could not do it'));
    else waiting?.resolve(message.value);
  }
}

let current: Lender | undefined;

/** The camera has one lender, from its start on; a camera of the laboratory has none and uses what its worker has. */
export const lender = (): Lender | undefined => current;
export function useLender(lent: Lender): void {
  current = lent;
}
