/**
 * Turns a region of an RGBA picture into a model's input, in integers.
 *
 * Up to a factor of two the filter is bilinear, one pass per axis. Beyond, bilinear sampling would skip source pixels
 * and small objects would flicker, so the picture is halved first, as often as it takes, each pixel the average of
 * four. Channels share 32-bit words: two at a time with 8-bit weights that add up to 256, which keep each within its
 * 16 bits. Results are within three grey levels of exact arithmetic, and areas of one colour keep it; so alpha stays
 * 255, which the graphs rely on (design, section 9: the alpha channel's weight carries the normalisation's shift).
 */
import type { Picture } from '../frames/frame.ts';
import { place, type Fit, type Placement, type Region } from '../vision/letterbox.ts';

/** The two weights of an output pixel add up to this. */
const ONE = 256;
/** Channels 0 and 2 of a pixel; channels 1 and 3 get here by a shift of 8. */
const PAIR = 0x00ff00ff;
/** One half in each of two channels, to round when 8 bits are shifted out. */
const HALF = 0x00800080;
/** All but the lowest bit of every channel. */
const UPPER_BITS = 0xfefefefe;

/** How one axis of the output is put together from the source, after that was halved. */
interface Axis {
  /** Pixels on the axis after halving; what is left over there is less than one pixel of the output. */
  readonly size: number;
  /** Output pixels [first, last) that show the picture; the others are border. */
  readonly first: number;
  readonly last: number;
  /** The pixel left of (above) the centre of output pixel `first + i`; the other one follows it. */
  readonly starts: Int32Array;
  /** Weight of that pixel, 0..256; the other one has the rest. */
  readonly weights: Int32Array;
}

/**
 * @param length source pixels on this axis
 * @param block source pixels that halving makes one of
 * @param from start of the region in source pixels; it and its end may lie outside of the source
 * @param span source pixels of the region
 * @param at first output pixel of the region
 * @param pixels output pixels of the region
 */
function planAxis(
  length: number,
  block: number,
  from: number,
  span: number,
  at: number,
  pixels: number,
): Axis {
  const step = span / pixels;
  const size = Math.floor(length / block);
  // An output pixel shows the picture if its centre falls inside.
  const first = Math.min(pixels, Math.max(0, Math.ceil(-from / step - 0.5)));
  const last = Math.max(first, Math.min(pixels, Math.ceil((length - from) / step - 0.5)));
  const starts = new Int32Array(last - first);
  const weights = new Int32Array(last - first);
  for (let i = 0; i < starts.length; i++) {
    const position = (from + (first + i + 0.5) * step) / block - 0.5;
    const start = Math.min(Math.max(Math.floor(position), 0), Math.max(size - 2, 0));
    starts[i] = start;
    // A single pixel has no second one beside it; whatever is read in its place then weighs nothing.
    weights[i] = size === 1 ? ONE : Math.round(Math.min(Math.max(1 - (position - start), 0), 1) * ONE);
  }
  return { size, first: at + first, last: at + last, starts, weights };
}

/** How often to halve so that a factor of one to two is left to the bilinear passes, on the axis that shrinks less. */
function halvings({ region, width, height }: Placement, picture: Picture): number {
  const step = Math.min(region.width / width, region.height / height);
  return Math.max(0, Math.floor(Math.log2(Math.min(step, picture.width, picture.height))));
}

type RowPair = readonly [Uint32Array, Uint32Array];
const rowPair = (length: number): RowPair => [new Uint32Array(length), new Uint32Array(length)];

export interface Preparation extends Fit {
  readonly width: number;
  readonly height: number;
  /** Grey level of the border, 0..255. */
  readonly pad: number;
}

/**
 * A model's input picture, in a buffer that is reused for every frame.
 *
 * The buffer and the few rows in between hold a copy of what the camera saw; `wipe` zeroes them.
 */
export class ModelInput {
  /** RGBA, [height, width, 4]. */
  readonly pixels: Uint8Array;
  readonly #words: Uint32Array;
  readonly #border: number;
  /** The two rows that the current output row is blended of, already as wide as the output. */
  readonly #rows: RowPair;
  /** Two rows of the picture after each halving. */
  #halves: RowPair[] = [];
  #plan: { key: string; placement: Placement; x: Axis; y: Axis } | undefined;

  /** @throws {RangeError} when a side is not a positive whole number */
  constructor(private readonly preparation: Preparation) {
    const { width, height, pad } = preparation;
    if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0))
      throw new RangeError(`a model input of ${width} x ${height} pixels is not possible`);
    this.pixels = new Uint8Array(width * height * 4);
    this.#words = new Uint32Array(this.pixels.buffer);
    this.#rows = rowPair(width);
    this.#border = new Uint32Array(Uint8Array.of(pad, pad, pad, 255).buffer)[0]!;
  }

  /** Bytes of picture held after `fill`: the input and the rows in between. */
  get bytes(): number {
    return this.#buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
  }

  /**
   * Fills the input with a region of the picture, by default all of it; what lies beyond the picture's border becomes
   * the card's grey.
   * @returns where the region now lies, for the way back
   * @throws {RangeError} when the picture's buffer does not match its size, or the region has none
   */
  fill(picture: Picture, region?: Region): Placement {
    const { width, height, pixels } = picture;
    if (pixels.byteLength !== width * height * 4 || pixels.byteOffset % 4 !== 0)
      throw new RangeError(`${width} x ${height} pixels need ${width * height * 4} bytes, aligned to words`);
    const { placement, x, y } = this.#planFor(picture, region ?? { x: 0, y: 0, width, height });
    this.#fillBorder(x, y);
    this.#resize(new Uint32Array(pixels.buffer, pixels.byteOffset, width * height), width, x, y);
    return placement;
  }

  /** Overwrites everything with zeros. */
  wipe(): void {
    for (const buffer of this.#buffers) buffer.fill(0);
  }

  get #buffers(): Uint32Array[] {
    return [this.#words, ...this.#rows, ...this.#halves.flat()];
  }

  #planFor(picture: Picture, region: Region) {
    const key = [picture.width, picture.height, region.x, region.y, region.width, region.height].join();
    if (this.#plan?.key !== key) {
      const placement = place(region, this.preparation.width, this.preparation.height, this.preparation);
      const times = halvings(placement, picture);
      const block = 2 ** times;
      const x = planAxis(picture.width, block, region.x, region.width, placement.x, placement.width);
      const y = planAxis(picture.height, block, region.y, region.height, placement.y, placement.height);
      this.#plan = { key, placement, x, y };
      this.wipe();
      this.#halves = Array.from({ length: times }, (_, i) => rowPair(picture.width >> (i + 1)));
    }
    return this.#plan;
  }

  #fillBorder(x: Axis, y: Axis): void {
    const { width, height } = this.preparation;
    const words = this.#words;
    words.fill(this.#border, 0, y.first * width);
    words.fill(this.#border, y.last * width, height * width);
    if (x.first === 0 && x.last === width) return;
    for (let row = y.first; row < y.last; row++) {
      words.fill(this.#border, row * width, row * width + x.first);
      words.fill(this.#border, row * width + x.last, (row + 1) * width);
    }
  }

  #resize(source: Uint32Array, width: number, x: Axis, y: Axis): void {
    const times = this.#halves.length;
    let [upper, lower] = this.#rows;
    let upperIs = -1;
    let lowerIs = -1;
    for (let row = y.first; row < y.last; row++) {
      const start = y.starts[row - y.first]!;
      const next = Math.min(start + 1, y.size - 1);
      if (lowerIs === start) {
        [upper, lower] = [lower, upper];
        [upperIs, lowerIs] = [lowerIs, upperIs];
      }
      if (upperIs !== start) blendAlong(this.#halved(source, width, times, (upperIs = start), 0), x, upper);
      if (lowerIs !== next) blendAlong(this.#halved(source, width, times, (lowerIs = next), 0), x, lower);
      const at = row * this.preparation.width;
      blendAcross(upper, lower, y.weights[row - y.first]!, this.#words.subarray(at + x.first, at + x.last));
    }
  }

  /** A row of the picture after it was halved so many times, in the first or the second buffer there is for it. */
  #halved(source: Uint32Array, width: number, times: number, row: number, buffer: 0 | 1): Uint32Array {
    if (times === 0) return source.subarray(row * width, (row + 1) * width);
    const result = this.#halves[times - 1]![buffer];
    const above = this.#halved(source, width, times - 1, 2 * row, 0);
    const below = this.#halved(source, width, times - 1, 2 * row + 1, 1);
    average(above, below, result);
    return result;
  }
}

/** Each pixel of the result is the average of two by two, all channels at once. */
function average(above: Uint32Array, below: Uint32Array, result: Uint32Array): void {
  for (let i = 0; i < result.length; i++) {
    const a = above[2 * i]!;
    const b = above[2 * i + 1]!;
    const c = below[2 * i]!;
    const d = below[2 * i + 1]!;
    // One mean rounded down, one up, so that the picture does not darken.
    const left = ((a & c) + (((a ^ c) & UPPER_BITS) >>> 1)) | 0;
    const right = ((b | d) - (((b ^ d) & UPPER_BITS) >>> 1)) | 0;
    result[i] = (left & right) + (((left ^ right) & UPPER_BITS) >>> 1);
  }
}

/** Resizes one row to `x`'s output pixels. */
function blendAlong(source: Uint32Array, { starts, weights }: Axis, row: Uint32Array): void {
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i]!;
    row[i] = blend(source[start]!, source[start + 1]!, weights[i]!);
  }
}

/** Blends two rows into one of the output. */
function blendAcross(upper: Uint32Array, lower: Uint32Array, weight: number, output: Uint32Array): void {
  for (let i = 0; i < output.length; i++) output[i] = blend(upper[i]!, lower[i]!, weight);
}

/** Both pixels' channels, weighted `weight` to `256 - weight`. */
function blend(a: number, b: number, weight: number): number {
  const rest = ONE - weight;
  const even = Math.imul(a & PAIR, weight) + Math.imul(b & PAIR, rest) + HALF;
  const odd = Math.imul((a >>> 8) & PAIR, weight) + Math.imul((b >>> 8) & PAIR, rest) + HALF;
  return ((even >>> 8) & PAIR) | (odd & ~PAIR);
}
