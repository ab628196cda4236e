import type { SourceKind } from '../../../contract/index.ts';

/** Sides of an upright picture in square pixels. */
export interface Shape {
  readonly width: number;
  readonly height: number;
}

/** A picture as the source has it, before the camera copied it into its pool. */
export interface SourceFrame {
  /** Source time in microseconds. */
  readonly timestampUs: number;
  /** The source's size, in upright square pixels; a decoder's padding is already left out. */
  readonly width: number;
  readonly height: number;
  /**
   * The picture's own upright size in square pixels where that may differ from the source's, as when a phone is turned;
   * then it is fitted in, on black.
   */
  readonly shape?: Shape;
  /** Bytes the source's own picture occupies, its passing copies included, for the ledger. */
  readonly bytes: number;
  /**
   * Writes RGBA rows without padding, alpha 255; `target` has width * height * 4 bytes.
   * @throws {Fault} 'source-unreadable' when the picture was closed or is unreadable
   */
  copyTo(target: Uint8ClampedArray): Promise<void>;
  /** Destroys the source's picture. Safe to call twice. */
  close(): void;
}

export interface FrameSource {
  readonly kind: SourceKind;
  /** Live sources do not wait: the newest frame wins, older ones are closed without being processed. */
  readonly live: boolean;
  readonly width: number;
  readonly height: number;
  /** Nominal frames a second, where the source states it. */
  readonly fps: number | undefined;
  readonly durationS: number | undefined;
  /**
   * The next picture, or null at the end, after `close()` and when `signal` was aborted (ask the signal which). The
   * caller closes it. One call at a time; an aborted call loses no frame.
   * @throws {Fault} when the source breaks; what was delivered before stays valid
   */
  next(signal: AbortSignal): Promise<SourceFrame | null>;
  /**
   * Stops and restarts the source's own clock; only sources paced in real time have one, and it stands until it is
   * first started. While it stands, `next` gives the following frame at once: a single step.
   */
  setPaused?(paused: boolean): void;
  /** Closes all frames that the source still holds. Safe to call twice. */
  close(): Promise<void>;
}

/** Callbacks for what a source does on its own, so that the ledger is complete. */
export interface SourceEvents {
  /**
   * The device or decoder delivered a frame that was destroyed without being processed: a newer one had arrived, or the
   * source closed.
   */
  unseen(bytes: number): void;
  /**
   * Frames that the source holds and has not delivered yet (decoded ahead, or the newest so far). Called on each
   * change.
   */
  held(frames: number, bytes: number): void;
  /** The source's time stamps were bridged so often, or were senseless and so many pictures a second are assumed. */
  time?(found: { readonly jumps: number; readonly assumedFps: number | undefined }): void;
  /** Tells the page on the webcam's port that it may send its next frame. Only the gate can do that. */
  acknowledge(port: MessagePort): void;
}
