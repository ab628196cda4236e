/**
 * A small fixed pool of picture buffers. A frame lives here and nowhere else; destroying it fills the buffer with zeros
 * before its next use, and enters that in the ledger.
 */
import { Fault } from '../isolation/fault.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SensorFrame } from './frame.ts';
import { Downscaler, downscaledSize, type Size } from './downscale.ts';
import type { SourceFrame } from './source.ts';

export class FramePool {
  #free: Uint8ClampedArray[] = [];
  /** Those that hold a frame. */
  readonly #taken = new Set<Uint8ClampedArray>();
  /** Buffer of a picture during its downscale; zeros at all other times. */
  #lowering: Downscaler | undefined;
  #inUse = 0;
  readonly #ledger: Ledger;
  readonly #now: () => number;

  constructor(
    readonly capacity: number,
    ledger: Ledger,
    now: () => number = () => performance.now(),
  ) {
    this.#ledger = ledger;
    this.#now = now;

    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be an integer >= 1');
  }

  /**
   * Copies a source's picture into a buffer and closes the source's own.
   * @param sensorWidth downscales the sensor to this width in pixels: the picture at full size exists only while the
   *   small one is made
   * @throws {Fault} 'memory-exhausted' when there is no memory for the buffer; or the fault of the source's copy
   * @throws {Error} when every buffer is in use: a frame was not destroyed in time, which is a programming error
   */
  async acquire(source: SourceFrame, index: number, sensorWidth?: number): Promise<SensorFrame> {
    if (this.#inUse >= this.capacity) {
      source.close();
      throw new Error(`all ${this.capacity} frame buffers are in use`);
    }
    const { timestampUs, bytes } = source;
    const { width, height } = downscaledSize(source, sensorWidth);
    const acquiredMs = this.#now();
    this.#inUse++;
    this.#ledger.frameAcquired();
    this.#ledger.pixelsMade(bytes);
    let pixels: Uint8ClampedArray | undefined;
    try {
      pixels = this.#take({ width, height });
      this.#taken.add(pixels);
      this.#ledger.pixelsMade(pixels.byteLength);
      if (width === source.width) await source.copyTo(pixels);
      else await this.#copyLowered(source, { width, height }, pixels);
    } catch (error) {
      this.#destroy(pixels, acquiredMs);
      throw error;
    } finally {
      source.close();
      this.#ledger.pixelsDestroyed(bytes);
    }
    let destroyed = false;
    const buffer = pixels;
    return {
      index,
      timestampUs,
      width,
      height,
      pixels,
      acquiredMs,
      destroy: () => {
        if (destroyed) return;
        destroyed = true;
        this.#destroy(buffer, acquiredMs);
      },
    };
  }

  /** The buffers that exist, whatever is in them. */
  memories(): ArrayBufferLike[] {
    return [...this.#free, ...this.#taken, ...(this.#lowering ? [this.#lowering.full] : [])].map(
      ({ buffer }) => buffer,
    );
  }

  /** Zeroes the idle buffers once more and releases them. Frames still alive keep theirs until they are destroyed. */
  wipe(): void {
    for (const buffer of this.#free) buffer.fill(0);
    this.#free = [];
    this.#lowering?.wipe();
    this.#lowering = undefined;
  }

  async #copyLowered(source: SourceFrame, to: Size, pixels: Uint8ClampedArray): Promise<void> {
    const { width, height } = source;
    const from = { width, height };
    const lowering = this.#lowering?.fits(from, to)
      ? this.#lowering
      : attempt(from, () => new Downscaler(from, to));
    // Taken out, so that two frames that arrive at once do not share it.
    this.#lowering = undefined;
    this.#ledger.pixelsMade(lowering.bytes);
    try {
      await source.copyTo(lowering.full);
      lowering.lowerInto(pixels);
    } finally {
      lowering.wipe();
      this.#lowering = lowering;
      this.#ledger.pixelsDestroyed(lowering.bytes);
    }
  }

  #take(size: Size): Uint8ClampedArray {
    const bytes = size.width * size.height * 4;
    const fitting = this.#free.findIndex((buffer) => buffer.byteLength === bytes);
    if (fitting >= 0) return this.#free.splice(fitting, 1)[0]!;
    // The source changed its size: buffers of the old one will not be asked for again.
    this.#free = [];
    return attempt(size, () => new Uint8ClampedArray(bytes));
  }

  #destroy(pixels: Uint8ClampedArray | undefined, acquiredMs: number): void {
    if (pixels) {
      pixels.fill(0);
      this.#taken.delete(pixels);
      this.#ledger.pixelsDestroyed(pixels.byteLength);
      this.#free.push(pixels);
    }
    this.#inUse--;
    this.#ledger.frameDestroyed(this.#now() - acquiredMs);
  }
}

/** @throws {Fault} 'memory-exhausted' when there is no memory for it */
function attempt<T>({ width, height }: Size, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new Fault('memory-exhausted', `no memory for a frame of ${width} x ${height} pixels`, { cause });
  }
}
