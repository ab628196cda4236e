import type { EncodedPacket } from 'mediabunny';
import { Fault } from '../../isolation/fault.ts';
import type { FrameSource, SourceEvents, SourceFrame } from '../source.ts';
import { Condition } from './condition.ts';
import type { VideoTrack } from './container.ts';
import { endsTooEarly } from './truncation.ts';
import { PictureDecoder } from './decoder.ts';
import { FrameQueue } from './frame-queue.ts';
import { asFault } from './limits.ts';
import { DecodedPicture, PictureReader } from './picture.ts';

/**
 * Pictures decoded ahead, so that the next one is there when the camera has done with the last. A decoder that works on
 * several at once, or reorders, may briefly give a few more than were asked for; when it is emptied at the end, at most
 * the 16 that H.264 and H.265 allow it to hold back.
 */
const LOOK_AHEAD = 1;

/**
 * Pictures that begin before time 0 are there for the decoder only (an edit list cuts them off), and players do not
 * show them either. Less than this, in microseconds, is rounding.
 */
const LEAD_IN_US = 1000;

/**
 * Every picture of a file exactly once, in presentation order, however long the camera takes for each. Time starts at
 * 0 with the first picture and never runs backwards, also across the seams of a loop.
 */
export class FileSource implements FrameSource {
  readonly live = false;
  readonly width: number;
  readonly height: number;
  readonly fps: number | undefined;
  readonly durationS: number | undefined;

  readonly #bell = new Condition();
  readonly #ready: FrameQueue<DecodedPicture>;
  readonly #reader: PictureReader;
  readonly #decoder: PictureDecoder;
  #started = false;
  #ended = false;
  #closed = false;
  #broken: Fault | undefined;
  /** What is added to the container's time stamps, in microseconds; unknown before the first picture. */
  #shiftUs: number | undefined;
  #lastUs = -1;
  /** Where the next round of a loop begins. */
  #endUs = 0;
  readonly #file: Blob;
  readonly #track: VideoTrack;
  readonly #loop: boolean;
  readonly #events: SourceEvents;

  constructor(
    readonly kind: 'file' | 'sample',
    file: Blob,
    track: VideoTrack,
    loop: boolean,
    events: SourceEvents,
  ) {
    this.#file = file;
    this.#track = track;
    this.#loop = loop;
    this.#events = events;

    ({ width: this.width, height: this.height, fps: this.fps, durationS: this.durationS } = track);
    this.#ready = new FrameQueue(events);
    this.#reader = new PictureReader(track.width, track.height, track.orientation);
    this.#decoder = new PictureDecoder(track.config, (frame) => this.#arrived(frame), this.#bell);
  }

  async next(signal: AbortSignal): Promise<SourceFrame | null> {
    if (!this.#started) {
      this.#started = true;
      void this.#run();
    }
    while (!this.#closed && !signal.aborted) {
      const picture = this.#ready.take();
      if (picture) {
        this.#bell.ring();
        return picture;
      }
      if (this.#broken) throw this.#broken;
      if (this.#ended) return null;
      await this.#bell.wait(signal);
    }
    return null;
  }

  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#decoder.close();
      this.#ready.drop();
      this.#reader.close();
      this.#track.dispose();
      this.#bell.ring();
    }
    return Promise.resolve();
  }

  /** Feeds the decoder from the first packet to the last, again and again in a loop. Never rejects. */
  async #run(): Promise<void> {
    try {
      do {
        const last = await this.#round();
        if (this.#closed) return;
        if (await endsTooEarly(this.#file, this.#track.packets, last)) {
          throw new Fault('source-truncated', 'the file breaks off before its end');
        }
        if (this.#shiftUs === undefined) {
          throw new Fault('source-unreadable', 'no picture that a decoder could begin with');
        }
        this.#shiftUs = undefined;
      } while (this.#loop && !this.#closed);
      this.#ended = true;
    } catch (error) {
      if (!this.#closed) this.#broken = asFault(error, 'source-unreadable', 'reading a video file');
    } finally {
      this.#bell.ring();
    }
  }

  /** One pass over the file; returns its last packet. */
  async #round(): Promise<EncodedPacket | undefined> {
    const { packets } = this.#track;
    const hasRoom = () => this.#ready.size < LOOK_AHEAD;
    let last: EncodedPacket | undefined;
    let packet = await packets.getFirstKeyPacket({ verifyKeyPackets: true });
    while (packet && !this.#closed) {
      await this.#decoder.feed(packet, hasRoom);
      last = packet;
      packet = this.#closed ? null : await packets.getNextPacket(packet);
    }
    if (!this.#closed) await this.#decoder.drain();
    return last;
  }

  #arrived(frame: VideoFrame): void {
    const isLeadIn = frame.timestamp < -LEAD_IN_US;
    if (this.#closed || isLeadIn) {
      const { unreadBytes } = new DecodedPicture(frame, this.#reader, 0);
      frame.close();
      this.#events.unseen(unreadBytes);
      return;
    }
    this.#shiftUs ??= this.#endUs - frame.timestamp;
    const timestampUs = Math.max(frame.timestamp + this.#shiftUs, this.#lastUs + 1);
    this.#lastUs = timestampUs;
    this.#endUs = timestampUs + (frame.duration ?? 1e6 / (this.fps ?? 30));
    this.#ready.push(new DecodedPicture(frame, this.#reader, timestampUs));
  }
}
