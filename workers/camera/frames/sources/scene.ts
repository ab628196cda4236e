import { Fault } from '../../isolation/fault.ts';
import type { FrameSource, SourceEvents, SourceFrame } from '../source.ts';
import { Condition } from './condition.ts';
import { FrameQueue } from './frame-queue.ts';
import { checkSize } from './limits.ts';
import { DecodedPicture, PictureReader } from './picture.ts';

/** A message of the synthetic scene's worker on the port: a frame, or the end of rendering. */
export type SceneMessage = { frame: VideoFrame } | { ended: true };

/**
 * Frames of the synthetic scene, straight from the worker that draws them; the page only passes the port on.
 *
 * The next frame is requested when the last one was taken. So at most one waits here, and a scene on a slow machine
 * draws no frame in vain. Time stamps are the scene's own time, unchanged: its truth has the same time. The size may
 * change from frame to frame (it is one of the scene's knobs).
 */
export class SceneSource implements FrameSource {
  readonly kind = 'scene';
  readonly live = true;
  readonly durationS = undefined;
  readonly fps: number | undefined;

  readonly #bell = new Condition();
  readonly #waiting: FrameQueue<DecodedPicture>;
  #reader: PictureReader;
  #lost = false;
  #closed = false;
  #lastUs = -1;
  readonly #port: MessagePort;
  readonly #events: SourceEvents;

  constructor(
    port: MessagePort,
    size: { readonly width: number; readonly height: number; readonly fps?: number },
    events: SourceEvents,
  ) {
    this.#port = port;
    this.#events = events;

    checkSize(size.width, size.height);
    this.fps = size.fps;
    this.#reader = new PictureReader(size.width, size.height);
    this.#waiting = new FrameQueue(events);
    port.onmessage = ({ data }: MessageEvent<SceneMessage>) => {
      if ('frame' in data) this.#arrived(data.frame);
      else this.#end();
    };
    port.onmessageerror = () => this.#end();
  }

  get width(): number {
    return this.#reader.width;
  }

  get height(): number {
    return this.#reader.height;
  }

  async next(signal: AbortSignal): Promise<SourceFrame | null> {
    while (!this.#closed && !signal.aborted) {
      const picture = this.#waiting.take();
      if (picture) {
        this.#events.acknowledge(this.#port);
        return picture;
      }
      if (this.#lost) throw new Fault('scene-lost', 'the scene draws no more');
      await this.#bell.wait(signal);
    }
    return null;
  }

  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#port.onmessage = this.#port.onmessageerror = null;
      this.#port.close();
      this.#waiting.drop();
      this.#reader.close();
      this.#bell.ring();
    }
    return Promise.resolve();
  }

  #arrived(frame: VideoFrame): void {
    this.#fit(frame);
    const timestampUs = Math.max(frame.timestamp, this.#lastUs + 1);
    this.#lastUs = timestampUs;
    // A scene that does not wait for the request loses its older frame.
    this.#waiting.drop();
    this.#waiting.push(new DecodedPicture(frame, this.#reader, timestampUs));
    this.#bell.ring();
  }

  #fit({ displayWidth, displayHeight }: VideoFrame): void {
    if (displayWidth === this.width && displayHeight === this.height) return;
    // The reader of the old size stays with the frame that still uses it.
    this.#reader = new PictureReader(displayWidth, displayHeight);
  }

  #end(): void {
    this.#lost = true;
    this.#bell.ring();
  }
}
