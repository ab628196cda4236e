import { Fault } from '../../isolation/fault.ts';
import type { FrameSource, SourceEvents, SourceFrame } from '../source.ts';
import { Condition } from './condition.ts';
import { FrameQueue } from './frame-queue.ts';
import { checkSize } from './limits.ts';
import { DecodedPicture, PictureReader } from './picture.ts';
import { Timeline } from './timeline.ts';

interface Size {
  readonly width: number;
  readonly height: number;
  readonly fps?: number;
}

/** What the two ways a page can feed a camera's frames have in common: the newest wins, older ones go unseen. */
abstract class WebcamSource implements FrameSource {
  readonly kind = 'webcam';
  readonly live = true;
  readonly durationS = undefined;
  readonly width: number;
  readonly height: number;
  readonly fps: number | undefined;

  protected closed = false;
  readonly #bell = new Condition();
  readonly #newest: FrameQueue<DecodedPicture>;
  readonly #reader: PictureReader;
  #unplugged = false;
  /** A device's clock is believed, however long it was asleep; one that is set back goes on. */
  readonly #timeline = new Timeline({ maxGapUs: Infinity });

  constructor(size: Size, events: SourceEvents) {
    checkSize(size.width, size.height);
    this.width = size.width;
    this.height = size.height;
    this.fps = size.fps;
    this.#newest = new FrameQueue(events);
    this.#reader = new PictureReader(size.width, size.height);
  }

  async next(signal: AbortSignal): Promise<SourceFrame | null> {
    while (!this.closed && !signal.aborted) {
      const picture = this.#newest.take();
      if (picture) return picture;
      if (this.#unplugged) throw new Fault('camera-unplugged', 'the camera gives no more frames');
      await this.#bell.wait(signal);
    }
    return null;
  }

  close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      this.#newest.drop();
      this.#reader.close();
      this.release();
      this.#bell.ring();
    }
    return Promise.resolve();
  }

  /** Lets go of the stream or port. */
  protected abstract release(): void;

  protected arrived(frame: VideoFrame): void {
    const timestampUs = this.#timeline.place(frame.timestamp);
    this.#newest.drop();
    this.#newest.push(new DecodedPicture(frame, this.#reader, timestampUs));
    if (this.closed) this.#newest.drop();
    this.#bell.ring();
  }

  protected ended(): void {
    this.#unplugged = true;
    this.#bell.ring();
  }
}

/** Frames from a `MediaStreamTrackProcessor`, whose stream the page has handed over. */
export class StreamWebcam extends WebcamSource {
  readonly #frames: ReadableStreamDefaultReader<VideoFrame>;

  constructor(readable: ReadableStream<VideoFrame>, size: Size, events: SourceEvents) {
    super(size, events);
    this.#frames = readable.getReader();
    void this.#read();
  }

  /** Reads as fast as frames come, for a frame left in the stream would be an old one when it is wanted. */
  async #read(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.#frames.read();
        if (done) break;
        this.arrived(value);
      }
    } catch {
      // A stream that breaks is a camera that is gone, like one that ends.
    }
    this.ended();
  }

  protected override release(): void {
    this.#frames.cancel().catch(() => {});
  }
}

/** What the page posts on the port: a frame, or that the device is gone. */
export type PortMessage = { frame: VideoFrame } | { ended: true };

/** Frames the page posts one by one; it waits for an acknowledgement, so that never more than one is on its way. */
export class PortWebcam extends WebcamSource {
  readonly #port: MessagePort;

  constructor(port: MessagePort, size: Size, events: SourceEvents) {
    super(size, events);
    this.#port = port;

    port.onmessage = ({ data }: MessageEvent<PortMessage>) => {
      if ('frame' in data) {
        this.arrived(data.frame);
        events.acknowledge(port);
      } else this.ended();
    };
    port.onmessageerror = () => this.ended();
  }

  protected override release(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }
}
