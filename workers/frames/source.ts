import type { SourceKind } from '../contract.ts';

/** A picture as the source has it, before the camera copied it into its pool. */
export interface SourceFrame {
  /** Source time in microseconds. */
  readonly timestampUs: number;
  /** Visible size; a decoder's padding is already left out. */
  readonly width: number;
  readonly height: number;
  /** Bytes the source's own picture occupies, for the ledger. */
  readonly bytes: number;
  /** Writes RGBA rows without padding; `target` has width * height * 4 bytes. */
  copyTo(target: Uint8ClampedArray): Promise<void>;
  /** Destroys the source's picture. Safe to call twice. */
  close(): void;
}

export interface FrameSource {
  readonly kind: SourceKind;
  /** Live sources do not wait: the newest frame wins and older ones are closed unseen. */
  readonly live: boolean;
  readonly width: number;
  readonly height: number;
  /** Nominal frames a second, where the source says. */
  readonly fps: number | undefined;
  readonly durationS: number | undefined;
  /**
   * The next picture, or null at the end. The caller closes it.
   * @throws {Fault} when the source breaks; what was delivered before stays valid
   */
  next(signal: AbortSignal): Promise<SourceFrame | null>;
  /** Stops and restarts the source's own clock; only sources paced in real time have one. */
  setPaused?(paused: boolean): void;
  /** Closes everything the source still holds. Safe to call twice. */
  close(): Promise<void>;
}

/** The camera's ears on what a source does by itself, so that the ledger misses nothing. */
export interface SourceEvents {
  /** A frame was delivered by the device or decoder but destroyed unseen, because a newer one was there. */
  unseen(bytes: number): void;
}
