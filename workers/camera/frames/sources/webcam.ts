import { Fault } from '../../isolation/fault.ts';
import type { SensorMessage, SensorPicture } from '../../../isolation/sensor-message.ts';
import type { FrameSource, Shape, SourceEvents, SourceFrame } from '../source.ts';
import { Condition } from './condition.ts';
import { FrameQueue } from './frame-queue.ts';
import { checkSize } from './limits.ts';
import { PictureReader } from './picture.ts';
import { Timeline } from './timeline.ts';

interface Size {
  readonly width: number;
  readonly height: number;
  readonly fps?: number;
}

/** Planes that came from the sensor; on the way there was one of the same size in the browser's message. */
class SensedPicture implements SourceFrame {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly shape: Shape;
  readonly #picture: SensorPicture;
  readonly #reader: PictureReader;

  constructor(
    picture: SensorPicture,
    reader: PictureReader,
    readonly timestampUs: number,
  ) {
    this.#picture = picture;
    this.#reader = reader;

    this.width = reader.width;
    this.height = reader.height;
    this.bytes = reader.bytes(2 * picture.bytes.byteLength, picture);
    this.shape = reader.shapeOf(picture);
  }

  copyTo(target: Uint8ClampedArray): Promise<void> {
    const { bytes, layout } = this.#picture;
    return this.#reader.readPlanes(new Uint8Array(bytes), layout, this.#picture, target);
  }

  close(): void {
    new Uint8Array(this.#picture.bytes).fill(0);
  }
}

/**
 * A webcam, whose pictures the page's sensor worker copies and posts one by one. The newest wins: the sensor may send the
 * next as soon as one has come, and the older one is destroyed unseen.
 */
export class SensorWebcam implements FrameSource {
  readonly kind = 'webcam';
  readonly live = true;
  readonly durationS = undefined;
  readonly width: number;
  readonly height: number;
  readonly fps: number | undefined;

  readonly #bell = new Condition();
  readonly #newest: FrameQueue<SensedPicture>;
  readonly #reader: PictureReader;
  #closed = false;
  #unplugged = false;
  /** A device's clock is believed, however long it was asleep; one that is set back goes on. */
  readonly #timeline = new Timeline({ maxGapUs: Infinity });
  readonly #port: MessagePort;
  readonly #events: SourceEvents;

  constructor(port: MessagePort, size: Size, events: SourceEvents) {
    this.#port = port;
    this.#events = events;

    checkSize(size.width, size.height);
    this.width = size.width;
    this.height = size.height;
    this.fps = size.fps;
    this.#newest = new FrameQueue(events);
    this.#reader = new PictureReader(size.width, size.height);
    port.onmessage = ({ data }: MessageEvent<SensorMessage>) => {
      if ('picture' in data) this.#arrived(data.picture);
      else this.#end();
    };
    port.onmessageerror = () => this.#end();
  }

  async next(signal: AbortSignal): Promise<SourceFrame | null> {
    while (!this.#closed && !signal.aborted) {
      const picture = this.#newest.take();
      if (picture) return picture;
      if (this.#unplugged) throw new Fault('camera-unplugged', 'the camera gives no more frames');
      await this.#bell.wait(signal);
    }
    return null;
  }

  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#newest.drop();
      this.#reader.close();
      this.#port.onmessage = null;
      this.#port.close();
      this.#bell.ring();
    }
    return Promise.resolve();
  }

  #arrived(picture: SensorPicture): void {
    const timestampUs = this.#timeline.place(picture.timestamp);
    for (let i = 0; i < picture.unseen; i++) this.#events.unseen(picture.bytes.byteLength);
    this.#newest.drop();
    this.#newest.push(new SensedPicture(picture, this.#reader, timestampUs));
    if (this.#closed) this.#newest.drop();
    this.#bell.ring();
    this.#events.acknowledge(this.#port);
  }

  #end(): void {
    this.#unplugged = true;
    this.#bell.ring();
  }
}
