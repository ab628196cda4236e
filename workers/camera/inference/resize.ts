/**
 * Turns a region of an RGBA picture into a model's input, in integers.
 *
 * Up to a factor of two the filter is bilinear, one pass per axis. Beyond, bilinear sampling would skip source pixels
 * and small objects would flicker, so the picture is halved first, as often as needed; each pixel is then the average
 * of four. Weights have 8 bits and add up to 256, so that a channel stays within its 16 bits (`resize-kernel.ts`).
 * Results are within three grey levels of exact arithmetic, and areas of one colour keep it; so alpha stays 255, which
 * the graphs rely on (design, section 9: the alpha channel's weight carries the normalisation's shift).
 */
import type { Picture } from '../frames/frame.ts';
import { place, type Fit, type Placement, type Region } from '../vision/geometry/letterbox.ts';
import { ONE, PIXEL, resizing, WEIGHTS, WRITTEN, type Resizing } from './resize-kernel.ts';

/** Composition of one output axis from the halved source. */
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
    // A single pixel has no neighbour; the value read in its place has weight 0.
    weights[i] = size === 1 ? ONE : Math.round(Math.min(Math.max(1 - (position - start), 0), 1) * ONE);
  }
  return { size, first: at + first, last: at + last, starts, weights };
}

/** Number of halvings that leaves a factor of one to two to the bilinear passes, on the axis that shrinks less. */
function halvings({ region, width, height }: Placement, picture: Picture): number {
  const step = Math.min(region.width / width, region.height / height);
  return Math.max(0, Math.floor(Math.log2(Math.min(step, picture.width, picture.height))));
}

export interface Preparation extends Fit {
  readonly width: number;
  readonly height: number;
  /** Grey level of the border, 0..255. */
  readonly pad: number;
}

/** Two rows of pixels in the kernels' memory, by address. */
type RowPair = readonly [number, number];

interface Plan {
  readonly key: string;
  readonly placement: Placement;
  readonly x: Axis;
  readonly y: Axis;
  /** How often the picture is halved. */
  readonly times: number;
  /** Of the picture: first of the pixels on a row that are used, and how many. */
  readonly left: number;
  readonly used: number;
}

/**
 * A model's input picture, in a buffer that is reused for every frame.
 *
 * The buffer and the few rows in between hold a copy of the camera's picture; `wipe` zeroes them.
 */
export class ModelInput {
  readonly #border: number;
  #memory: Memory;
  #plan: Plan | undefined;
  readonly #preparation: Preparation;

  /** @throws {RangeError} when a side is not a positive whole number */
  constructor(preparation: Preparation) {
    this.#preparation = preparation;

    const { width, height, pad } = preparation;
    if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0))
      throw new RangeError(`a model input of ${width} x ${height} pixels is not possible`);
    this.#border = new Uint32Array(Uint8Array.of(pad, pad, pad, 255).buffer)[0]!;
    this.#memory = new Memory(preparation, 0);
  }

  /** RGBA, [height, width, 4]; until the next `fill`. */
  get pixels(): Uint8Array<ArrayBuffer> {
    return this.#memory.input;
  }

  /** Bytes of picture held after `fill`: the input and the rows in between. */
  get bytes(): number {
    return this.#memory.pictures.byteLength;
  }

  /**
   * Fills the input with a region of the picture, by default all of it; the area beyond the picture's border becomes
   * the card's grey.
   * @returns the region's mapping to the input, for the inverse
   * @throws {RangeError} when the picture's buffer does not match its size, or the region has none
   */
  fill(picture: Picture, region?: Region): Placement {
    const { width, height, pixels } = picture;
    if (pixels.byteLength !== width * height * PIXEL)
      throw new RangeError(`${width} x ${height} pixels need ${width * height * PIXEL} bytes`);
    const plan = this.#planFor(picture, region ?? { x: 0, y: 0, width, height });
    this.#fillBorder(plan);
    if (plan.used > 0) this.#resize(picture, plan);
    return plan.placement;
  }

  /** Overwrites everything with zeros. */
  wipe(): void {
    this.#memory.pictures.fill(0);
  }

  #planFor(picture: Picture, region: Region): Plan {
    const key = [picture.width, picture.height, region.x, region.y, region.width, region.height].join();
    if (this.#plan?.key === key) return this.#plan;
    const placement = place(region, this.#preparation.width, this.#preparation.height, this.#preparation);
    const times = halvings(placement, picture);
    const block = 2 ** times;
    const x = planAxis(picture.width, block, region.x, region.width, placement.x, placement.width);
    const y = planAxis(picture.height, block, region.y, region.height, placement.y, placement.height);
    const first = x.starts[0] ?? 0;
    const used = x.starts.length > 0 ? Math.min(x.starts.at(-1)! + 2, x.size) - first : 0;
    this.wipe();
    if (picture.width > this.#memory.across) this.#memory = new Memory(this.#preparation, picture.width);
    this.#memory.tabulate(x);
    return (this.#plan = { key, placement, x, y, times, left: first * block, used: used * block });
  }

  #fillBorder({ x, y }: Plan): void {
    const { width, height } = this.#preparation;
    const { words } = this.#memory;
    words.fill(this.#border, 0, y.first * width);
    words.fill(this.#border, y.last * width, height * width);
    if (x.first === 0 && x.last === width) return;
    for (let row = y.first; row < y.last; row++) {
      words.fill(this.#border, row * width, row * width + x.first);
      words.fill(this.#border, row * width + x.last, (row + 1) * width);
    }
  }

  #resize(picture: Picture, plan: Plan): void {
    const { x, y, times } = plan;
    const { kernels, rows, weights, starts } = this.#memory;
    const resized = (row: number, to: number) => {
      const from = this.#halved(picture, plan, times, row, 0);
      kernels.along(from, weights, starts, to, to + x.starts.length * PIXEL);
    };
    let [upper, lower] = rows;
    let upperIs = -1;
    let lowerIs = -1;
    for (let row = y.first; row < y.last; row++) {
      const start = y.starts[row - y.first]!;
      const next = Math.min(start + 1, y.size - 1);
      if (lowerIs === start) {
        [upper, lower] = [lower, upper];
        [upperIs, lowerIs] = [lowerIs, upperIs];
      }
      if (upperIs !== start) resized((upperIs = start), upper);
      if (lowerIs !== next) resized((lowerIs = next), lower);
      const [from, to] = [x.first, x.last].map((column) => (row * this.#preparation.width + column) * PIXEL);
      kernels.across(upper, lower, y.weights[row - y.first]!, from!, to!);
    }
  }

  /** Address of a row of the picture after a number of halvings, in the first or second slot. */
  #halved(picture: Picture, plan: Plan, times: number, row: number, place: 0 | 1): number {
    const { kernels, halves, pictures } = this.#memory;
    const out = halves[times]![place];
    if (times === 0) {
      const from = (row * picture.width + plan.left) * PIXEL;
      pictures.set(picture.pixels.subarray(from, from + plan.used * PIXEL), out);
    } else {
      const above = this.#halved(picture, plan, times - 1, 2 * row, 0);
      const below = this.#halved(picture, plan, times - 1, 2 * row + 1, 1);
      kernels.halve(above, below, 0, out, out + (plan.used >> times) * PIXEL);
    }
    return out;
  }
}

const PAGE = 65536;
/** Bytes of a row with room for the last vector that is read from it or written to it. */
const rowBytes = (pixels: number) => Math.ceil((pixels * PIXEL) / WRITTEN) * WRITTEN + WRITTEN;

/** The kernels' memory: the input, the rows in between, and the tables of the rows' pixels. */
class Memory {
  /** The input's pixels, as bytes and as words. */
  readonly input: Uint8Array<ArrayBuffer>;
  readonly words: Uint32Array;
  /** Everything that holds a picture: the input first, then rows. */
  readonly pictures: Uint8Array;
  /** Rows as wide as the output, of which its current row is blended. */
  readonly rows: RowPair;
  /** Rows of the picture itself and after each halving. */
  readonly halves: readonly RowPair[];
  /** Tables of `Resizing.along`. */
  readonly weights: number;
  readonly starts: number;
  readonly kernels: Resizing;
  readonly #shorts: Uint16Array;
  readonly #numbers: Int32Array;

  /** @param across pixels of the widest picture that it is for */
  constructor(
    { width, height }: Preparation,
    readonly across: number,
  ) {
    const size = width * height * PIXEL;
    let end = Math.ceil(size / WRITTEN) * WRITTEN;
    const take = (bytes: number) => (end += bytes) - bytes;
    const pair = (pixels: number): RowPair => [take(rowBytes(pixels)), take(rowBytes(pixels))];
    this.rows = pair(width);
    const levels = across > 0 ? Math.floor(Math.log2(across)) + 1 : 0;
    this.halves = Array.from({ length: levels }, (_, times) => pair(across >> times));
    const pictures = end;
    // Whole vectors of pixels are resized; those beyond the last have weights, too.
    this.weights = take(rowBytes(width) * (WEIGHTS / PIXEL));
    this.starts = take(rowBytes(width));
    const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE) });
    this.input = new Uint8Array(memory.buffer, 0, size);
    this.words = new Uint32Array(memory.buffer, 0, width * height);
    this.pictures = new Uint8Array(memory.buffer, 0, pictures);
    this.#shorts = new Uint16Array(memory.buffer);
    this.#numbers = new Int32Array(memory.buffer);
    this.kernels = resizing(memory);
  }

  /** Fills the tables with the sources of a row's pixels. */
  tabulate({ starts, weights }: Axis): void {
    const first = starts[0] ?? 0;
    // Pixels beyond the last one are made of the first, and not used.
    const end = this.starts / 4 + starts.length;
    this.#numbers.fill(0, end, end + WRITTEN / PIXEL);
    for (let i = 0; i < starts.length; i++) {
      this.#numbers[this.starts / 4 + i] = (starts[i]! - first) * PIXEL;
      const at = this.weights / 2 + i * (WEIGHTS / 2);
      this.#shorts.fill(weights[i]!, at, at + 4);
      this.#shorts.fill(ONE - weights[i]!, at + 4, at + 8);
    }
  }
}
