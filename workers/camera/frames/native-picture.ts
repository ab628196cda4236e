/**
 * A picture as a decoder or a webcam has it, read without leaving a copy behind.
 *
 * `copyTo` with a wish for RGBA makes a picture of its own on the way, in shared memory that Chromium clears after minutes;
 * drawing a `VideoFrame` on a canvas keeps every picture, up to 512 of them (measured). The planes as they are leave
 * nothing: they are read into a memory of our own, converted here, and overwritten with zeros.
 */
import { convertRows, factorsOf, STEP, type Chroma, type ConvertRow } from './yuv-kernel.ts';

/** Bytes from a plane's start and from one row to the next. */
export interface PlaneLayout {
  readonly offset: number;
  readonly stride: number;
}

/** What must be known of a picture to read its planes. */
export interface NativeFormat {
  readonly format: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly matrix?: string | null | undefined;
  readonly fullRange?: boolean | null | undefined;
}

const CHROMA: Readonly<Record<string, { chroma: Chroma; halfRows: boolean; bits: number }>> = {
  I420: { chroma: 'halved', halfRows: true, bits: 8 },
  I420A: { chroma: 'halved', halfRows: true, bits: 8 },
  I420P10: { chroma: 'halved', halfRows: true, bits: 10 },
  I420P12: { chroma: 'halved', halfRows: true, bits: 12 },
  I422: { chroma: 'halved', halfRows: false, bits: 8 },
  I422A: { chroma: 'halved', halfRows: false, bits: 8 },
  I422P10: { chroma: 'halved', halfRows: false, bits: 10 },
  I422P12: { chroma: 'halved', halfRows: false, bits: 12 },
  I444: { chroma: 'full', halfRows: false, bits: 8 },
  I444A: { chroma: 'full', halfRows: false, bits: 8 },
  I444P10: { chroma: 'full', halfRows: false, bits: 10 },
  I444P12: { chroma: 'full', halfRows: false, bits: 12 },
  NV12: { chroma: 'paired', halfRows: true, bits: 8 },
};
const PACKED = new Set(['RGBA', 'RGBX', 'BGRA', 'BGRX']);

/** Whether the planes of this format can be converted here. */
export const isReadable = (format: string | null): format is string =>
  format !== null && (format in CHROMA || PACKED.has(format));

const PAGE = 65536;
const SLACK = STEP * 8;

/** Converts pictures of one size at a time, in a memory of its own that is zeroed after each. */
export class NativeReader {
  #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #kernels = new Map<Chroma, ConvertRow>();

  /**
   * Where a picture's planes are to be written.
   * @param planeBytes as `allocationSize` says
   */
  planes(planeBytes: number, { width, height }: NativeFormat): Uint8Array<ArrayBuffer> {
    const needed = planeBytes + width * height * 4 + 2 * SLACK;
    if (needed > this.#memory.buffer.byteLength) {
      new Uint8Array(this.#memory.buffer).fill(0);
      this.#memory = new WebAssembly.Memory({ initial: Math.ceil(needed / PAGE) });
      this.#kernels.clear();
    }
    return new Uint8Array(this.#memory.buffer, 0, planeBytes);
  }

  /** Bytes that `planes` and `convert` take for a picture of this size while they work. */
  static bytes(planeBytes: number, { width, height }: NativeFormat): number {
    return planeBytes + width * height * 4;
  }

  /**
   * Converts what stands in `planes` and overwrites it.
   * @param target width * height * 4 bytes; RGBA, alpha 255
   */
  convert(
    planeBytes: number,
    layout: readonly PlaneLayout[],
    picture: NativeFormat,
    target: Uint8ClampedArray | Uint8Array,
  ): void {
    const outAt = Math.ceil((planeBytes + SLACK) / 16) * 16;
    const bytes = picture.width * picture.height * 4;
    try {
      if (PACKED.has(picture.format)) this.#reorder(layout, picture, target);
      else {
        this.#convertPlanes(layout, picture, outAt);
        target.set(new Uint8Array(this.#memory.buffer, outAt, bytes));
        this.#applyAlpha(layout, picture, target);
      }
    } finally {
      new Uint8Array(this.#memory.buffer, 0, outAt + bytes + SLACK).fill(0);
    }
  }

  /** Overwrites and lets the memory go. */
  close(): void {
    new Uint8Array(this.#memory.buffer).fill(0);
    this.#memory = new WebAssembly.Memory({ initial: 1 });
    this.#kernels.clear();
  }

  #convertPlanes(layout: readonly PlaneLayout[], picture: NativeFormat, outAt: number): void {
    const { format, width, height, matrix, fullRange } = picture;
    const { chroma, halfRows, bits } = CHROMA[format]!;
    if (bits > 8) this.#narrow(layout, picture, bits - 8);
    const [y, u, v = u] = layout.map(({ offset, stride }) => ({ offset, stride }));
    const convert = this.#kernel(chroma);
    const factors = factorsOf(matrix, fullRange === true);
    for (let row = 0; row < height; row++) {
      const chromaRow = halfRows ? row >> 1 : row;
      const place = {
        y: y!.offset + row * y!.stride,
        u: u!.offset + chromaRow * u!.stride,
        v: v!.offset + chromaRow * v!.stride,
        out: outAt + row * width * 4,
      };
      convert(place, width, factors);
    }
  }

  #kernel(chroma: Chroma): ConvertRow {
    const known = this.#kernels.get(chroma);
    if (known) return known;
    const kernel = convertRows(chroma, this.#memory);
    this.#kernels.set(chroma, kernel);
    return kernel;
  }

  /** Numbers of 10 or 12 bits in two bytes each to their upper 8 bits, in place. */
  #narrow(layout: readonly PlaneLayout[], { format, width, height }: NativeFormat, shift: number): void {
    const { chroma, halfRows } = CHROMA[format]!;
    layout.slice(0, 3).forEach(({ offset, stride }, plane) => {
      const columns = plane > 0 && chroma === 'halved' ? (width + 1) >> 1 : width;
      const rows = plane > 0 && halfRows ? (height + 1) >> 1 : height;
      for (let row = 0; row < rows; row++) {
        const at = offset + row * stride;
        const from = new Uint16Array(this.#memory.buffer, at, columns);
        const to = new Uint8Array(this.#memory.buffer, at, columns);
        for (let x = 0; x < columns; x++) to[x] = from[x]! >> shift;
      }
    });
  }

  #reorder(
    [plane]: readonly PlaneLayout[],
    picture: NativeFormat,
    target: Uint8ClampedArray | Uint8Array,
  ): void {
    const { format, width, height } = picture;
    const swapped = format.startsWith('B');
    const see = format.endsWith('A');
    const from = new Uint8Array(this.#memory.buffer);
    const { offset, stride } = plane!;
    for (let row = 0, to = 0; row < height; row++) {
      for (let x = 0, at = offset + row * stride; x < width; x++, at += 4, to += 4) {
        const alpha = see ? from[at + 3]! : 255;
        const [first, second, third] = [from[at]!, from[at + 1]!, from[at + 2]!];
        target[to] = over(swapped ? third : first, alpha);
        target[to + 1] = over(second, alpha);
        target[to + 2] = over(swapped ? first : third, alpha);
        target[to + 3] = 255;
      }
    }
  }

  /** A picture that is transparent in part stands before black. */
  #applyAlpha(
    layout: readonly PlaneLayout[],
    { format, width, height }: NativeFormat,
    target: Uint8ClampedArray | Uint8Array,
  ) {
    const plane = format.endsWith('A') ? layout[3] : undefined;
    if (!plane) return;
    const from = new Uint8Array(this.#memory.buffer);
    for (let row = 0, to = 0; row < height; row++) {
      for (let x = 0, at = plane.offset + row * plane.stride; x < width; x++, at++, to += 4) {
        for (let i = 0; i < 3; i++) target[to + i] = over(target[to + i]!, from[at]!);
      }
    }
  }
}

const over = (value: number, alpha: number): number =>
  alpha === 255 ? value : Math.round((value * alpha) / 255);
