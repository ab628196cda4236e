/**
 * Whether anything moves, without a detector: each frame's brightness, in coarse cells, against a running model of it
 * (running average and mean deviation; Piccardi, "Background subtraction techniques: a review", SMC 2004). A second
 * witness beside the detector that nobody is there. What stands still for a few seconds becomes part of the model.
 */
import type { Raster } from '../iconise/raster.ts';
import { middle } from '../theil-sen.ts';

export interface MotionOptions {
  /** Cells across the picture. */
  readonly columns?: number;
  /** The model follows the picture within about this long, seconds. */
  readonly memoryS?: number;
  /** A cell moves when it is this many mean deviations off, and at least `leastStep` grey levels. */
  readonly deviations?: number;
  readonly leastStep?: number;
  /** So many cells must move at once: fewer are noise. */
  readonly leastCells?: number;
}

const DEFAULTS = { columns: 96, memoryS: 1.5, deviations: 6, leastStep: 4, leastCells: 3 };
/** Every n-th pixel of a cell, either way, is enough. */
const STRIDE = 2;

export class MotionModel {
  private readonly options: Required<MotionOptions>;
  private mean: Float32Array | undefined;
  private deviation = new Float32Array(0);
  private size = '';
  private lastS = 0;

  constructor(options: MotionOptions = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** Bytes that hold brightness of pictures. */
  get bytes(): number {
    return (this.mean?.byteLength ?? 0) + this.deviation.byteLength;
  }

  /**
   * Takes a frame. @returns whether something moves; true for the first frame, of which nothing can be said
   */
  update(picture: Raster, timeS: number): boolean {
    const cells = this.brightness(picture);
    const size = `${picture.width}x${picture.height}`;
    if (!this.mean || this.size !== size) {
      this.wipe();
      this.mean = cells;
      this.deviation = new Float32Array(cells.length).fill(this.options.leastStep);
      this.size = size;
      this.lastS = timeS;
      return true;
    }
    const { deviations, leastStep, leastCells, memoryS } = this.options;
    const change = cells.map((value, i) => value - this.mean![i]!);
    // A lamp or the camera's own exposure changes all cells alike.
    const common = middle([...change]);
    const share = 1 - Math.exp(-Math.max(0, timeS - this.lastS) / memoryS);
    let moving = 0;
    for (let i = 0; i < cells.length; i++) {
      const off = Math.abs(change[i]! - common);
      if (off > Math.max(leastStep, deviations * this.deviation[i]!)) moving++;
      this.mean[i]! += change[i]! * share;
      this.deviation[i]! += (off - this.deviation[i]!) * share;
    }
    cells.fill(0);
    this.lastS = timeS;
    return moving >= leastCells;
  }

  /** Forgets the model, and overwrites it. */
  wipe(): void {
    this.mean?.fill(0);
    this.deviation.fill(0);
    this.mean = undefined;
    this.deviation = new Float32Array(0);
  }

  /** Mean brightness of each cell, 0..255 (Rec. 601 weights). */
  private brightness({ width, height, pixels }: Raster): Float32Array {
    const side = Math.max(1, Math.ceil(width / this.options.columns));
    const columns = Math.ceil(width / side);
    const sums = new Float32Array(columns * Math.ceil(height / side));
    const counts = new Float32Array(sums.length);
    for (let y = 0; y < height; y += STRIDE) {
      const row = Math.floor(y / side) * columns;
      for (let x = 0; x < width; x += STRIDE) {
        const at = (y * width + x) * 4;
        const cell = row + Math.floor(x / side);
        sums[cell]! += 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
        counts[cell]!++;
      }
    }
    return sums.map((sum, i) => sum / counts[i]!);
  }
}
