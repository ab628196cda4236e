/** The scene's worker inside the sealed frame, as the page speaks to it. */
import type { CameraFrame } from '../camera/setup.ts';

/** As much of a worker as the live scene uses. */
export type SceneWorker = Pick<Worker, 'postMessage' | 'terminate'> & {
  onmessage: ((event: MessageEvent<{ scene: unknown }>) => void) | null;
  onerror: ((event?: ErrorEvent) => void) | null;
};

export class FramedScene implements SceneWorker {
  onmessage: SceneWorker['onmessage'] = null;
  onerror: SceneWorker['onerror'] = null;
  #records: MessagePort | undefined;
  /** Orders until the scene is there. */
  #early: unknown[] = [];
  #ended = false;
  readonly #frame: Pick<CameraFrame, 'startScene' | 'endScene'>;

  constructor(frame: Pick<CameraFrame, 'startScene' | 'endScene'>) {
    this.#frame = frame;
  }

  /** @param transfer with the first order: the port on which pictures leave */
  postMessage(message: { order: unknown }, transfer?: Transferable[] | StructuredSerializeOptions): void {
    const pictures = Array.isArray(transfer) ? transfer[0] : undefined;
    const order = { order: message.order };
    if (pictures instanceof MessagePort) void this.#start(pictures);
    if (this.#records) this.#records.postMessage(order);
    else this.#early.push(order);
  }

  terminate(): void {
    this.#ended = true;
    this.#records?.close();
    this.#frame.endScene();
  }

  async #start(pictures: MessagePort): Promise<void> {
    try {
      const records = await this.#frame.startScene(pictures, () => this.onerror?.());
      if (this.#ended) return records.close();
      records.onmessage = (event: MessageEvent<{ scene: unknown }>) => this.onmessage?.(event);
      this.#records = records;
      for (const order of this.#early.splice(0)) records.postMessage(order);
    } catch {
      this.onerror?.();
    }
  }
}
