/**
 * What the camera's worker and the frame's main thread say to one another. In Chromium a blob worker of an opaque origin is
 * no secure context: it has no decoder, no cryptography, no graphics device. The frame's main thread has them and lends them.
 */
import type { KeyHandle, VaultQuestion } from './disk-message.ts';

export type { KeyHandle } from './disk-message.ts';

/** A packet as it crosses; the worker gives its bytes away. */
export interface LentChunk {
  readonly type: EncodedVideoChunkType;
  /** Microseconds. */
  readonly timestamp: number;
  readonly duration?: number;
  readonly data: ArrayBuffer;
}

/** What the worker asks for and gets an answer to. */
export type Question =
  | { ask: 'supported'; config: VideoDecoderConfig }
  | { ask: 'flush'; decoder: number }
  | { ask: 'digest'; bytes: BufferSource }
  | { ask: 'new-key' }
  | { ask: 'drop-key'; key: KeyHandle }
  | {
      ask: 'encrypt' | 'decrypt';
      key: KeyHandle;
      iv: BufferSource;
      context: BufferSource;
      bytes: BufferSource;
    }
  | { ask: 'vault'; question: VaultQuestion }
  | { ask: 'adapter' }
  | { ask: 'gpu-host' };

/** What it tells without waiting. */
export type Telling =
  | { tell: 'open-decoder'; decoder: number; config: VideoDecoderConfig }
  | { tell: 'decode'; decoder: number; chunk: LentChunk }
  | { tell: 'close-decoder'; decoder: number }
  /** A picture was painted: Chromium shows it only after the main thread has made a frame. */
  | { tell: 'painted' }
  | { tell: 'alive' };

export type FromCamera = (Question & { id: number }) | Telling;

/** What the main thread says to the worker. */
export type ToCamera =
  | { id: number; value: unknown }
  | { id: number; failed: true }
  | { decoder: number; frame: VideoFrame }
  | { decoder: number; queued: number }
  | { decoder: number; broken: true }
  | { part: string; bytes: ArrayBuffer }
  | { vault: 'lost' };

/** The first message of the main thread to the camera's worker. */
export interface CameraStart {
  /** Where records leave. */
  readonly records: MessagePort;
  /** Where things are lent. */
  readonly lender: MessagePort;
  /** Behind the glass. */
  readonly canvas: OffscreenCanvas;
}
