import type { EncodedPacket } from 'mediabunny';
import { Fault } from '../../isolation/fault.ts';
import type { FrameSource, SourceEvents, SourceFrame } from '../source.ts';
import { Condition } from './condition.ts';
import { openContainer, type VideoTrack } from './container.ts';
import { endsTooEarly } from './truncation.ts';
import { PictureDecoder } from './decoder.ts';
import { FrameQueue } from './frame-queue.ts';
import { asFault } from './limits.ts';
import { DecodedPicture, PictureReader } from './picture.ts';
import { Timeline } from './timeline.ts';

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

/** One recording of a file, opened. */
interface Part {
  readonly file: Blob;
  readonly track: VideoTrack;
}

/**
 * Every picture of a file exactly once, in presentation order, however long the camera takes for each. Time starts at
 * 0 with the first picture and never runs backwards, also across the seams of a loop and of recordings that were joined;
 * `Timeline` has the rule.
 */
export class FileSource implements FrameSource {
  readonly live = false;
  readonly width: number;
  readonly height: number;
  readonly fps: number | undefined;
  readonly durationS: number | undefined;

  readonly #bell = new Condition();
  readonly #ready: FrameQueue<DecodedPicture>;
  readonly #timeline: Timeline;
  #reader: PictureReader;
  #decoder: PictureDecoder | undefined;
  #track: VideoTrack | undefined;
  #started = false;
  #ended = false;
  #closed = false;
  #broken: Fault | undefined;
  /** Whether a picture of the present part has come out. */
  #partBegun = false;
  #lastDurationUs: number | undefined;
  #toldJumps = 0;
  readonly #parts: readonly Blob[];
  readonly #first: VideoTrack;
  readonly #loop: boolean;
  readonly #events: SourceEvents;

  /**
   * @param parts the recordings in the file, in order; most files are one
   * @param first the first of them, opened
   */
  constructor(
    readonly kind: 'file' | 'sample',
    parts: readonly Blob[],
    first: VideoTrack,
    loop: boolean,
    events: SourceEvents,
  ) {
    this.#parts = parts;
    this.#first = first;
    this.#loop = loop;
    this.#events = events;
    ({ width: this.width, height: this.height, fps: this.fps } = first);
    // How long the others are is known only when their turn has come.
    this.durationS = parts.length === 1 ? first.durationS : undefined;
    this.#ready = new FrameQueue(events);
    this.#timeline = new Timeline({ fps: first.fps });
    this.#reader = new PictureReader(first.width, first.height, first.orientation);
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
      this.#decoder?.close();
      this.#ready.drop();
      this.#reader.close();
      this.#first.dispose();
      this.#track?.dispose();
      this.#bell.ring();
    }
    return Promise.resolve();
  }

  /** Goes through the file from the first packet to the last, again and again in a loop. Never rejects. */
  async #run(): Promise<void> {
    try {
      do {
        for (const [i, file] of this.#parts.entries()) {
          await this.#play({ file, track: i === 0 ? this.#first : await this.#open(file) });
          if (this.#closed) return;
        }
        this.#timeline.restart(this.#lastDurationUs);
      } while (this.#loop && !this.#closed);
      this.#ended = true;
    } catch (error) {
      if (!this.#closed) this.#broken = asFault(error, 'source-unreadable', 'reading a video file');
    } finally {
      this.#bell.ring();
    }
  }

  async #open(file: Blob): Promise<VideoTrack> {
    this.#track?.dispose();
    this.#track = await openContainer(file);
    return this.#track;
  }

  /** @throws {Fault} 'source-truncated', 'source-no-key-picture', 'source-unreadable' */
  async #play({ file, track }: Part): Promise<void> {
    this.#partBegun = false;
    // The pictures of the part before are still read with its reader.
    if (this.#parts.length > 1) this.#reader = new PictureReader(this.width, this.height, track.orientation);
    this.#decoder?.close();
    this.#decoder = new PictureDecoder(track.config, (frame) => this.#arrived(frame), this.#bell);
    const last = await this.#feed(this.#decoder, track);
    if (this.#closed) return;
    if (await endsTooEarly(file, track.packets, last)) {
      throw new Fault('source-truncated', 'the file breaks off before its end');
    }
    if (!this.#partBegun)
      throw new Fault('source-no-key-picture', 'no picture that a decoder could begin with');
  }

  /** One pass over a part; returns its last packet. */
  async #feed(decoder: PictureDecoder, { packets }: VideoTrack): Promise<EncodedPacket | undefined> {
    const hasRoom = () => this.#ready.size < LOOK_AHEAD;
    let last: EncodedPacket | undefined;
    let packet = await packets.getFirstKeyPacket({ verifyKeyPackets: true });
    while (packet && !this.#closed) {
      await decoder.feed(packet, hasRoom);
      last = packet;
      packet = this.#closed ? null : await packets.getNextPacket(packet);
    }
    if (!this.#closed) await decoder.drain();
    return last;
  }

  #arrived(frame: VideoFrame): void {
    // Once a part has begun, a time before 0 is a counter that was wrapped or set, and no lead-in.
    const isLeadIn = !this.#partBegun && frame.timestamp < -LEAD_IN_US;
    if (this.#closed || isLeadIn) {
      const { unreadBytes } = new DecodedPicture(frame, this.#reader, 0);
      frame.close();
      this.#events.unseen(unreadBytes);
      return;
    }
    this.#partBegun = true;
    const timestampUs = this.#timeline.place(frame.timestamp);
    this.#lastDurationUs = frame.duration ?? undefined;
    this.#tellTime();
    this.#ready.push(new DecodedPicture(frame, this.#reader, timestampUs));
  }

  /** Says when time stamps had to be bridged, or replaced. */
  #tellTime(): void {
    const { jumps, assumedFps } = this.#timeline;
    const told = jumps + (assumedFps === undefined ? 0 : 1);
    if (told === this.#toldJumps) return;
    this.#toldJumps = told;
    this.#events.time?.({ jumps, assumedFps });
  }
}
