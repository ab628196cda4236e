/**
 * Turns a region of an RGBA picture into a model's input: one separable pass per axis, in integers.
 *
 * Up to a factor of two the filter is bilinear; beyond, each input pixel averages the area it covers, because bilinear
 * sampling would then skip source pixels and small objects would flicker. The four channels of a pixel are blended two
 * at a time in one 32-bit word: weights are 8-bit and add up to 256, so neighbouring channels cannot reach into each
 * other. Results are within two grey levels of exact arithmetic. Alpha stays 255, which the graphs rely on (design,
 * section 9: the alpha channel's weight carries the normalisation's shift).
 */
import type { Picture } from '../frames/frame.ts';
import { place, type Fit, type Placement, type Region } from '../vision/letterbox.ts';

/** Weights of one output pixel add up to this. */
const ONE = 256;
const ODD = 0x00ff00ff;
const HALF = 0x00800080;

/** How one axis of the output is put together from the source. */
interface Axis {
  /** Output pixels [first, last) that show the picture; the others are border. */
  readonly first: number;
  readonly last: number;
  /** Source pixels per output pixel. */
  readonly taps: number;
  /** First source pixel of output pixel `first + i`. */
  readonly starts: Int32Array;
  /** `taps` weights of output pixel `first + i`, adding up to 256. */
  readonly weights: Int32Array;
}

/**
 * @param size source pixels on this axis
 * @param from start of the region in source pixels; it and its end may lie outside of the source
 * @param length of the region in source pixels
 * @param at first output pixel of the region
 * @param pixels output pixels of the region
 */
function planAxis(size: number, from: number, length: number, at: number, pixels: number): Axis {
  const step = length / pixels;
  // An output pixel shows the picture if its centre falls inside.
  const first = Math.max(0, Math.ceil(-from / step - 0.5));
  const last = Math.min(pixels, Math.ceil((size - from) / step - 0.5));
  const count = Math.max(0, last - first);
  const area = step > 2;
  const taps = Math.min(size, area ? Math.ceil(step) + 1 : 2);
  const starts = new Int32Array(count);
  const weights = new Int32Array(count * taps);
  const shares = new Float64Array(taps);
  for (let i = 0; i < count; i++) {
    const centre = from + (first + i + 0.5) * step;
    const reach = area ? step / 2 : 1;
    const start = Math.min(Math.max(Math.floor(area ? centre - reach : centre - 0.5), 0), size - taps);
    starts[i] = start;
    shares.fill(0);
    for (let t = 0; t < taps; t++) {
      const pixel = start + t;
      shares[t] = area
        ? Math.max(0, Math.min(pixel + 1, centre + reach) - Math.max(pixel, centre - reach))
        : Math.max(0, 1 - Math.abs(Math.min(Math.max(centre, 0.5), size - 0.5) - (pixel + 0.5)));
    }
    quantise(shares, weights.subarray(i * taps, (i + 1) * taps));
  }
  return { first: at + first, last: at + first + count, taps, starts, weights };
}

/** Whole weights in proportion to `shares` that add up to exactly 256; the largest takes the rounding error. */
function quantise(shares: Float64Array, weights: Int32Array): void {
  let sum = 0;
  for (const share of shares) sum += share;
  let rest = ONE;
  let largest = 0;
  for (let t = 0; t < shares.length; t++) {
    weights[t] = Math.round((shares[t]! / sum) * ONE);
    rest -= weights[t]!;
    if (shares[t]! > shares[largest]!) largest = t;
  }
  weights[largest]! += rest;
}

export interface Preparation extends Fit {
  readonly width: number;
  readonly height: number;
  /** Grey level of the border, 0..255. */
  readonly pad: number;
}

/**
 * A model's input picture, in a buffer that is reused for every frame.
 *
 * The buffer and the few rows in between hold a copy of what the camera saw; `wipe` zeroes both.
 */
export class ModelInput {
  /** RGBA, [height, width, 4]. */
  readonly pixels: Uint8Array;
  readonly #words: Uint32Array;
  /** Horizontally resized source rows that the current output row is made of. */
  #rows = new Uint32Array(0);
  /** Which source row each slot of `#rows` holds. */
  #held = new Int32Array(0);
  readonly #border: number;
  #plan: { key: string; placement: Placement; x: Axis; y: Axis } | undefined;

  /** @throws {RangeError} when a side is not a positive whole number */
  constructor(private readonly preparation: Preparation) {
    const { width, height, pad } = preparation;
    if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0))
      throw new RangeError(`a model input of ${width} x ${height} pixels is not possible`);
    this.pixels = new Uint8Array(width * height * 4);
    this.#words = new Uint32Array(this.pixels.buffer);
    this.#border = new Uint32Array(Uint8Array.of(pad, pad, pad, 255).buffer)[0]!;
  }

  /** Bytes of picture held after `fill`: the input and the rows in between. */
  get bytes(): number {
    return this.pixels.byteLength + this.#rows.byteLength;
  }

  /**
   * Fills the input with a region of the picture, by default all of it; what lies beyond the picture's border becomes
   * the card's grey.
   * @returns where the region now lies, for the way back
   * @throws {RangeError} when the picture's buffer does not match its size, or the region has none
   */
  fill(picture: Picture, region?: Region): Placement {
    const { width, height, pixels } = picture;
    if (pixels.byteLength !== width * height * 4)
      throw new RangeError(
        `${width} x ${height} pixels need ${width * height * 4} bytes, not ${pixels.byteLength}`,
      );
    const { placement, x, y } = this.#planFor(width, height, region ?? { x: 0, y: 0, width, height });
    this.#fillBorder(x, y);
    this.#resize(wordsOf(pixels), width, x, y);
    return placement;
  }

  /** Overwrites everything with zeros. */
  wipe(): void {
    this.#words.fill(0);
    this.#rows.fill(0);
    this.#held.fill(-1);
  }

  #planFor(width: number, height: number, region: Region) {
    const key = [width, height, region.x, region.y, region.width, region.height].join();
    if (this.#plan?.key !== key) {
      const placement = place(region, this.preparation.width, this.preparation.height, this.preparation);
      const x = planAxis(width, region.x, region.width, placement.x, placement.width);
      const y = planAxis(height, region.y, region.height, placement.y, placement.height);
      this.#plan = { key, placement, x, y };
      this.#rows.fill(0);
      const needed = y.taps * (x.last - x.first);
      if (this.#rows.length !== needed) this.#rows = new Uint32Array(needed);
      this.#held = new Int32Array(y.taps);
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

  #resize(source: Uint32Array, sourceWidth: number, x: Axis, y: Axis): void {
    const span = x.last - x.first;
    if (span === 0) return;
    const rows = this.#rows;
    const held = this.#held.fill(-1);
    for (let row = y.first; row < y.last; row++) {
      const i = row - y.first;
      const start = y.starts[i]!;
      for (let t = 0; t < y.taps; t++) {
        const sourceRow = start + t;
        const slot = sourceRow % y.taps;
        if (held[slot] === sourceRow || y.weights[i * y.taps + t] === 0) continue;
        held[slot] = sourceRow;
        blendAlong(source, sourceRow * sourceWidth, rows, slot * span, x);
      }
      blendAcross(
        rows,
        span,
        start,
        y.weights,
        i * y.taps,
        y.taps,
        this.#words,
        row * this.preparation.width + x.first,
      );
    }
  }
}

/** Resizes one source row to `x`'s pixels. */
function blendAlong(source: Uint32Array, from: number, rows: Uint32Array, to: number, x: Axis): void {
  const { taps, starts, weights } = x;
  const span = x.last - x.first;
  if (taps === 2) {
    for (let i = 0; i < span; i++) {
      const s = from + starts[i]!;
      const a = source[s]!;
      const b = source[s + 1]!;
      const u = weights[2 * i]!;
      const v = ONE - u;
      const odd = (Math.imul(a & ODD, u) + Math.imul(b & ODD, v) + HALF) >>> 8;
      const even = Math.imul((a >>> 8) & ODD, u) + Math.imul((b >>> 8) & ODD, v) + HALF;
      rows[to + i] = (odd & ODD) | (even & ~ODD);
    }
    return;
  }
  for (let i = 0; i < span; i++) {
    const s = from + starts[i]!;
    let odd = HALF;
    let even = HALF;
    for (let t = 0; t < taps; t++) {
      const a = source[s + t]!;
      const u = weights[i * taps + t]!;
      odd = (odd + Math.imul(a & ODD, u)) | 0;
      even = (even + Math.imul((a >>> 8) & ODD, u)) | 0;
    }
    rows[to + i] = ((odd >>> 8) & ODD) | (even & ~ODD);
  }
}

/** Blends `taps` resized rows into one output row. */
function blendAcross(
  rows: Uint32Array,
  span: number,
  start: number,
  weights: Int32Array,
  w: number,
  taps: number,
  words: Uint32Array,
  to: number,
): void {
  if (taps === 2) {
    const a0 = (start % 2) * span;
    const b0 = ((start + 1) % 2) * span;
    const u = weights[w]!;
    const v = ONE - u;
    for (let i = 0; i < span; i++) {
      const a = rows[a0 + i]!;
      const b = rows[b0 + i]!;
      const odd = (Math.imul(a & ODD, u) + Math.imul(b & ODD, v) + HALF) >>> 8;
      const even = Math.imul((a >>> 8) & ODD, u) + Math.imul((b >>> 8) & ODD, v) + HALF;
      words[to + i] = (odd & ODD) | (even & ~ODD);
    }
    return;
  }
  for (let i = 0; i < span; i++) {
    let odd = HALF;
    let even = HALF;
    for (let t = 0; t < taps; t++) {
      const a = rows[((start + t) % taps) * span + i]!;
      const u = weights[w + t]!;
      odd = (odd + Math.imul(a & ODD, u)) | 0;
      even = (even + Math.imul((a >>> 8) & ODD, u)) | 0;
    }
    words[to + i] = ((odd >>> 8) & ODD) | (even & ~ODD);
  }
}

/** The picture as one word per pixel. Pooled buffers are aligned; copying one that is not would leave a second picture. */
function wordsOf({ buffer, byteOffset, length }: Uint8ClampedArray): Uint32Array {
  if (byteOffset % 4 !== 0) throw new RangeError('the picture must start at a multiple of four bytes');
  return new Uint32Array(buffer, byteOffset, length / 4);
}
