/**
 * A picture inside the camera. It lives in a buffer of the pool and nowhere else. Its holder must call `destroy()`,
 * which zeroes the buffer and enters the destruction in the ledger.
 */
export interface SensorFrame {
  /** Running number of the frame in its source, from 0. */
  readonly index: number;
  /** Source time in microseconds. */
  readonly timestampUs: number;
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row, width * height * 4 bytes; alpha is 255. A view on a pooled buffer: do not keep it. */
  readonly pixels: Uint8ClampedArray;
  /** `performance.now()` when the frame was acquired. */
  readonly acquiredMs: number;
  destroy(): void;
}

/** The part of a frame that vision code may see: pixels and their size. */
export type Picture = Pick<SensorFrame, 'width' | 'height' | 'pixels'>;
