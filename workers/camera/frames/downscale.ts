/**
 * A sensor of lower resolution, simulated from one of higher: every pixel of the lower picture is the mean of the area
 * that it covers, as a larger photosite would have it (a pixel mixing model; no sampling, hence no aliasing).
 */
import { downscaleRow, PIXEL, READ, spanBytes, SUM, type RowOrder } from './downscale-kernel.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a picture after it was lowered to `sensorWidth`; the shape is kept, and nothing is ever made larger.
 * @param sensorWidth pixels; absent: as it is
 */
export function downscaledSize({ width, height }: Size, sensorWidth: number | undefined): Size {
  if (sensorWidth === undefined || sensorWidth >= width) return { width, height };
  return { width: sensorWidth, height: Math.max(1, Math.round((height * sensorWidth) / width)) };
}

const PAGE = 65536;
const aligned = (bytes: number) => Math.ceil(bytes / READ) * READ;

/** Lowers pictures of one size to another, in a memory of its own. */
export class Downscaler {
  /** Where the picture at full size stands, RGBA, [height, width, 4], from its arrival to its lowering. */
  readonly full: Uint8ClampedArray<ArrayBuffer>;
  /** Bytes of picture that stand here from then on: the full one, a row of sums, the lower one. */
  readonly bytes: number;
  readonly #picture: Uint8Array;
  readonly #lowered: Uint8Array;
  readonly #orders: readonly RowOrder[];
  readonly #lowerRow: (order: RowOrder) => void;

  /**
   * @throws {RangeError} when `to` is larger than `from` on a side, or there is no memory for both
   */
  constructor(
    readonly from: Size,
    readonly to: Size,
  ) {
    if (to.width > from.width || to.height > from.height)
      throw new RangeError('a sensor is lowered, not raised');
    const [across, down] = [spans(from.width, to.width), spans(from.height, to.height)];
    const taps = Math.max(...across.map(({ weights }) => weights.length));
    const stride = from.width * PIXEL;
    // The last read of the last row reaches beyond it, and so do the last span's taps that weigh nothing.
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
   * Lowers what stands in `full`.
   * @param pixels of the lower picture, RGBA
   */
  lowerInto(pixels: Uint8ClampedArray): void {
    for (const order of this.#orders) this.#lowerRow(order);
    pixels.set(this.#lowered);
  }

  /** Overwrites every picture in here with zeros. */
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
