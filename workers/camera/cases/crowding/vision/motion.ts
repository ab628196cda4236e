/**
 * Whether anything moves, without a detector: each frame's colours, in coarse cells, against a running model of them
 * (running average and mean deviation; Piccardi, "Background subtraction techniques: a review", SMC 2004). A second
 * witness beside the detector that nobody is there. What stands still for a few seconds becomes part of the model; what
 * moves does not make it more tolerant, because deviations are learnt only where nothing does.
 */
import type { Raster } from '../../../vision/image/raster.ts';
import { median } from '../../../../../lib/stats.ts';

export interface MotionOptions {
  /** Cells across the picture. */
  readonly columns?: number;
  /** The model follows the picture within about this long, seconds; for twice as long at first nothing can be said. */
  readonly memoryS?: number;
  /** A cell moves when it is this many mean deviations off, and at least `leastStep` grey levels. */
  readonly deviations?: number;
  readonly minStep?: number;
  /** So many cells must move at once: fewer are noise. */
  readonly minCells?: number;
}

const DEFAULTS = { columns: 96, memoryS: 1.5, deviations: 6, minStep: 4, minCells: 3 };
/** Every n-th pixel of a cell, either way, is enough. */
const STRIDE = 2;

export class MotionModel {
  readonly #options: Required<MotionOptions>;
  #mean: Float32Array | undefined;
  #deviation = new Float32Array(0);
  #size = '';
  #firstS = 0;
  #lastS = 0;

  constructor(options: MotionOptions = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Bytes that hold colours of pictures. */
  get bytes(): number {
    return (this.#mean?.byteLength ?? 0) + this.#deviation.byteLength;
  }

  /**
   * Takes a frame. @returns whether something moves; true as long as nothing can be said
   */
  update(picture: Raster, timeS: number): boolean {
    const cells = this.#colours(picture);
    const size = `${picture.width}x${picture.height}`;
    if (!this.#mean || this.#size !== size || timeS < this.#lastS) {
      this.wipe();
      this.#mean = cells;
      this.#deviation = new Float32Array(cells.length).fill(this.#options.minStep);
      this.#size = size;
      this.#firstS = this.#lastS = timeS;
      return true;
    }
    const { deviations, minStep, minCells, memoryS } = this.#options;
    const change = cells.map((value, i) => value - this.#mean![i]!);
    // A lamp or the camera's own exposure changes all cells alike.
    const common = median([...change]);
    const share = 1 - Math.exp(-(timeS - this.#lastS) / memoryS);
    // A deviation is known only from many frames: learnt quickly it would now and then be far too small.
    const slowly = share / 4;
    let moving = 0;
    for (let i = 0; i < cells.length; i++) {
      const off = Math.abs(change[i]! - common);
      if (off > Math.max(minStep, deviations * this.#deviation[i]!)) moving++;
      else this.#deviation[i]! += (off - this.#deviation[i]!) * slowly;
      this.#mean[i]! += change[i]! * share;
    }
    cells.fill(0);
    this.#lastS = timeS;
    return moving >= minCells || timeS - this.#firstS < 2 * memoryS;
  }

  /** Forgets the model, and overwrites it. */
  wipe(): void {
    this.#mean?.fill(0);
    this.#deviation.fill(0);
    this.#mean = undefined;
    this.#deviation = new Float32Array(0);
  }

  /** Mean red, green and blue of each cell, 0..255. */
  #colours({ width, height, pixels }: Raster): Float32Array {
    const side = Math.max(1, Math.ceil(width / this.#options.columns));
    const stride = Math.min(STRIDE, side);
    const columns = Math.ceil(width / side);
    const sums = new Float32Array(3 * columns * Math.ceil(height / side));
    const counts = new Float32Array(sums.length / 3);
    for (let y = 0; y < height; y += stride) {
      const row = Math.floor(y / side) * columns;
      for (let x = 0; x < width; x += stride) {
        const at = (y * width + x) * 4;
        const cell = row + Math.floor(x / side);
        sums[3 * cell]! += pixels[at]!;
        sums[3 * cell + 1]! += pixels[at + 1]!;
        sums[3 * cell + 2]! += pixels[at + 2]!;
        counts[cell]!++;
      }
    }
    // A cell at the edge may be too thin for the stride to meet it.
    return sums.map((sum, i) => sum / (counts[Math.floor(i / 3)]! || 1));
  }
}
