/**
 * Simulates a sensor of lower resolution: every pixel of the small picture is the mean of the area it covers, as in a
 * larger photosite (a pixel mixing model: no sampling, hence no aliasing).
 */
import { downscaleRow, PIXEL, READ, spanBytes, SUM, type RowOrder } from './downscale-kernel.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a picture after the downscale to `sensorWidth`. It keeps the aspect ratio and never enlarges.
 * @param sensorWidth pixels; absent: unchanged
 */
export function downscaledSize({ width, height }: Size, sensorWidth: number | undefined): Size {
  if (sensorWidth === undefined || sensorWidth >= width) return { width, height };
  return { width: sensorWidth, height: Math.max(1, Math.round((height * sensorWidth) / width)) };
}

const PAGE = 65536;
const aligned = (bytes: number) => Math.ceil(bytes / READ) * READ;

/** Downscales pictures of one size to another, in its own memory. */
export class Downscaler {
  /** Buffer of the picture at full size, RGBA, [height, width, 4], from its arrival to its downscale. */
  readonly full: Uint8ClampedArray<ArrayBuffer>;
  /** Bytes of picture held here: the full one, a row of sums, the small one. */
  readonly bytes: number;
  readonly #picture: Uint8Array;
  readonly #lowered: Uint8Array;
  readonly #orders: readonly RowOrder[];
  readonly #lowerRow: (order: RowOrder) => void;

  /** @throws {RangeError} when `to` is larger than `from` on a side, or memory is not enough for both */
  constructor(
    readonly from: Size,
    readonly to: Size,
  ) {
    if (to.width > from.width || to.height > from.height)
      throw new RangeError('a sensor is lowered, not raised');
    const [across, down] = [spans(from.width, to.width), spans(from.height, to.height)];
    const taps = Math.max(...across.map(({ weights }) => weights.length));
    const stride = from.width * PIXEL;
    // The last read of the last row reaches beyond it, and so do the last span's taps of weight 0.
    const sums = aligned(stride * from.height + READ);
    const sumsBytes = aligned(stride) * (SUM / PIXEL);
    const lowered = sums + sumsBytes + taps * SUM;
    const loweredBytes = to.width * to.height * PIXEL;
    const tables = aligned(lowered + loweredBytes);
    const spansBytes = to.width * spanBytes(taps);
    const weights = tables + spansBytes;
    const end = weights + down.reduce((bytes, span) => bytes + span.weights.length * 4, 0);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE) });
    const floats = new Float32Array(memory.buffer);
    const words = new Int32Array(memory.buffer);

    across.forEach((span, i) => {
      const at = (tables + i * spanBytes(taps)) / 4;
      words[at] = span.first * SUM;
      floats.set(span.weights, at + 1);
    });
    let rowWeights = weights;
    this.#orders = down.map((span, y) => {
      const order = {
        rows: span.first * stride,
        rowsEnd: (span.first + span.weights.length) * stride,
        stride,
        rowWeights,
        sums,
        sumsEnd: sums + sumsBytes,
        spans: tables,
        spansEnd: tables + spansBytes,
        out: lowered + y * to.width * PIXEL,
      };
      floats.set(span.weights, rowWeights / 4);
      rowWeights += span.weights.length * 4;
      return order;
    });
    this.full = new Uint8ClampedArray(memory.buffer, 0, stride * from.height);
    this.bytes = lowered + loweredBytes;
    this.#picture = new Uint8Array(memory.buffer, 0, this.bytes);
    this.#lowered = new Uint8Array(memory.buffer, lowered, loweredBytes);
    this.#lowerRow = downscaleRow(taps, memory);
  }

  fits(from: Size, to: Size): boolean {
    const same = (a: Size, b: Size) => a.width === b.width && a.height === b.height;
    return same(from, this.from) && same(to, this.to);
  }

  /**
   * Downscales the picture in `full`.
   * @param pixels of the small picture, RGBA
   */
  lowerInto(pixels: Uint8ClampedArray): void {
    for (const order of this.#orders) this.#lowerRow(order);
    pixels.set(this.#lowered);
  }

  /** Overwrites all pictures held here with zeros. */
  wipe(): void {
    this.#picture.fill(0);
  }
}

/** The pixels of one axis that an output pixel covers; their weights add up to 1. */
interface Span {
  readonly first: number;
  readonly weights: readonly number[];
}

function spans(from: number, to: number): Span[] {
  const step = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * step, Math.min(from, (i + 1) * step)];
    const first = Math.floor(start);
    const last = Math.ceil(end - 1e-9);
    const weights = Array.from(
      { length: last - first },
      (_, k) => (Math.min(end, first + k + 1) - Math.max(start, first + k)) / (end - start),
    );
    return { first, weights };
  });
}
