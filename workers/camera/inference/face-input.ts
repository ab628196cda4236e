/** A face network's input: a square of the picture, turned upright and, if asked for, mirrored. */
import type { Picture } from '../frames/frame.ts';
import type { FaceCrop } from '../vision/faces/faces.ts';
import { ModelInput } from './resize.ts';

/** A turned square fits into an upright one whose side is longer by the square root of two. */
const MARGIN = Math.SQRT2;

/**
 * Reused for every face. The buffers hold a face; `wipe` zeroes them.
 *
 * The picture is resized first and turned after, by bilinear interpolation, so that large faces are averaged, not
 * subsampled. An upright face is not resampled a second time.
 */
export class FaceInput {
  /** RGBA, [side, side, 4]. */
  readonly pixels: Uint8Array;
  readonly #words: Uint32Array;
  readonly #upright: ModelInput;
  /** The upright square's side in pixels. */
  readonly #around: number;

  /**
   * @param side of the network's input in pixels
   * @param pad grey level beyond the picture's border, 0..255
   */
  constructor(
    readonly side: number,
    pad: number,
  ) {
    this.pixels = new Uint8Array(side * side * 4);
    this.#words = new Uint32Array(this.pixels.buffer);
    // Odd or even as `side` is, so that an upright face lies on whole pixels.
    this.#around = side + 2 * Math.ceil((side * (MARGIN - 1)) / 2 + 1);
    const sides = { width: this.#around, height: this.#around };
    this.#upright = new ModelInput({ ...sides, pad, fit: 'stretch', align: 'top-left' });
  }

  /** Bytes of picture held after `fill`. */
  get bytes(): number {
    return this.pixels.byteLength + this.#upright.bytes;
  }

  /** @throws {RangeError} when the picture's buffer does not match its size, or the crop has none */
  fill(picture: Picture, { cx, cy, side, roll }: FaceCrop): void {
    const span = (side * this.#around) / this.side;
    this.#upright.fill(picture, { x: cx - span / 2, y: cy - span / 2, width: span, height: span });
    const from = new Uint32Array(this.#upright.pixels.buffer);
    if (roll === 0) this.#copy(from);
    else this.#turn(roll);
  }

  /** Mirrors each row. */
  mirror(): void {
    for (let row = 0; row < this.side; row++)
      this.#words.subarray(row * this.side, (row + 1) * this.side).reverse();
  }

  wipe(): void {
    this.pixels.fill(0);
    this.#upright.wipe();
  }

  #copy(from: Uint32Array): void {
    const { side } = this;
    const border = (this.#around - side) / 2;
    for (let row = 0; row < side; row++) {
      const start = (row + border) * this.#around + border;
      this.#words.set(from.subarray(start, start + side), row * side);
    }
  }

  #turn(roll: number): void {
    const { side, pixels } = this;
    const source = this.#upright.pixels;
    const stride = this.#around * 4;
    const cos = Math.cos(roll);
    const sin = Math.sin(roll);
    // Centres of pixels: the first lies half a pixel from the edge.
    const middle = (this.#around - 1) / 2;
    for (let row = 0; row < side; row++) {
      const v = row - (side - 1) / 2;
      for (let column = 0; column < side; column++) {
        const u = column - (side - 1) / 2;
        const x = middle + cos * u - sin * v;
        const y = middle + sin * u + cos * v;
        const left = Math.floor(x);
        const top = Math.floor(y);
        const wx = x - left;
        const wy = y - top;
        const at = top * stride + left * 4;
        const to = (row * side + column) * 4;
        for (let c = 0; c < 4; c++) {
          const upper = source[at + c]! * (1 - wx) + source[at + 4 + c]! * wx;
          const lower = source[at + stride + c]! * (1 - wx) + source[at + stride + 4 + c]! * wx;
          pixels[to + c] = upper * (1 - wy) + lower * wy + 0.5;
        }
      }
    }
  }
}
