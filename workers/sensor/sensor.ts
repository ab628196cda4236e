/** Copies a webcam's pictures into the camera, one by one. */
import type { SensorMessage, SensorPicture } from '../isolation/sensor-message.ts';

/** The page's one message to the sensor. */
export interface SensorStart {
  readonly frames: ReadableStream<VideoFrame> | MessagePort;
  readonly camera: MessagePort;
}

/** What the page posts where it has no stream to hand over: a frame, or that the device is gone. */
export type FrameMessage = { frame: VideoFrame } | { ended: true };

/** Buffers that may have been freed and not yet overwritten. */
const FREED = 8;

type Turn = Partial<Pick<SensorPicture, 'rotation' | 'flip'>>;

export class Sensor {
  /** One picture, until the camera asks for the next. */
  #wanted = true;
  #unseen = 0;
  #ended = false;
  /** Of the latest picture, in bytes. */
  #size = 0;
  readonly #post: (message: SensorMessage, transfer: Transferable[]) => void;

  constructor(camera: MessagePort) {
    this.#post = camera.postMessage.bind(camera);
    camera.onmessage = () => (this.#wanted = true);
  }

  /** Takes pictures until the device is gone. */
  async run(frames: ReadableStream<VideoFrame> | MessagePort): Promise<void> {
    if (frames instanceof MessagePort) return this.#listen(frames);
    const reader = frames.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        await this.take(value);
      }
    } catch {
      // A stream that breaks is a device that is gone, like one that ends.
    }
    this.#post({ ended: true }, []);
  }

  /** Copies one picture and closes it, whatever happens. */
  async take(frame: VideoFrame): Promise<void> {
    if (!this.#wanted || this.#ended) {
      frame.close();
      this.#unseen++;
      return;
    }
    this.#wanted = false;
    let buffer = new Uint8Array();
    try {
      // A picture on a graphics device has no planes that could be read: the browser converts it.
      const options: VideoFrameCopyToOptions | undefined =
        frame.format === null ? { format: 'RGBA' } : undefined;
      const size = frame.allocationSize(options);
      this.#size = size;
      buffer = new Uint8Array(size);
      const layout = await frame.copyTo(buffer, options);
      if (this.#ended) return;
      const { width, height } = frame.visibleRect!;
      const { rotation = 0, flip = false } = frame as Turn;
      const picture: SensorPicture = {
        bytes: buffer.buffer,
        format: frame.format ?? 'RGBA',
        layout: layout.map(({ offset, stride }) => ({ offset, stride })),
        width,
        height,
        displayWidth: frame.displayWidth,
        displayHeight: frame.displayHeight,
        rotation,
        flip,
        matrix: frame.colorSpace.matrix,
        fullRange: frame.colorSpace.fullRange,
        timestamp: frame.timestamp,
        unseen: this.#unseen,
      };
      this.#unseen = 0;
      // Posted by value, it would lie in the message as well, in both processes, until garbage is collected.
      this.#post({ picture }, [buffer.buffer]);
    } catch {
      // A picture that cannot be read is one that the device did not give.
      this.#wanted = true;
    } finally {
      // It has none left where it was handed over.
      if (buffer.byteLength > 0) buffer.fill(0);
      frame.close();
    }
  }

  /**
   * Takes no more, and overwrites what the browser has freed: a buffer that was handed over is given back as it was, and the
   * next one of its size comes to lie where it lay.
   */
  end(): void {
    this.#ended = true;
    const over = Array.from({ length: FREED }, () => new Uint8Array(this.#size));
    for (const buffer of over) buffer.fill(0);
  }

  #listen(frames: MessagePort): void {
    frames.onmessage = ({ data }: MessageEvent<FrameMessage>) => {
      if ('ended' in data) return this.#post(data, []);
      void this.take(data.frame).then(() => frames.postMessage('next'));
    };
  }
}
