/**
 * Detects whether a fixed camera still has the view of its background (tamper detection). It compares the means of 48 x
 * 27 cells, each less that of its neighbourhood: edges and objects remain, brightness does not. Part by part they
 * correlate (normalised cross-correlation) as long as the view is the same. In Intel's clips, PETS 2009 and the samples
 * nine tenths of the parts correlate, people included, and never less than half of them except in a close-up; in the
 * same pictures displaced by 4 % at most four in ten, up or down one in five.
 */
import type { Box } from '../../../vision/geometry/detection.ts';
import type { Raster } from '../../../vision/image/raster.ts';
import { luminance } from '../../../vision/image/colour.ts';

/** Cells: a displacement by one is one that shows in the picture that leaves. */
const COLUMNS = 48;
const ROWS = 27;
/** Pixels read along each side of a cell. */
const READ = 6;
/** Size of a part that is judged by itself, in cells. */
const PART = { columns: 8, rows: 9 };
/** Correlation from which a part matches the background. */
const ALIKE = 0.5;
/** Maximum share of matching parts of another view. */
const OTHER = 0.35;
/** Minimum number of parts for a decision. */
const MIN_PARTS = 5;
/** Minimum duration of another view, seconds: a person may stand right before the lens. */
const MOVED_S = 3;
/** Minimum interval of two checks, seconds. */
const EVERY_S = 0.5;
/** Minimum share of a part's cells without people. */
const MIN_FREE = 0.3;
/** Minimum root mean square contrast of the background's cells, grey levels: a bare wall gives no evidence. */
const MIN_TEXTURE = 1.5;

export class MovedCameraDetector {
  readonly #background: Float32Array;
  #otherSinceS: number | undefined;
  #lookedS = -Infinity;

  constructor(background: Raster) {
    this.#background = texture(background);
  }

  /**
   * Takes a frame.
   * @param people boxes in its pixels, which are left out
   * @returns true once it has shown another place for some seconds
   */
  moved(picture: Raster, people: readonly Box[], timeS: number): boolean {
    if (timeS >= this.#lookedS && timeS - this.#lookedS < EVERY_S) return false;
    const since = timeS >= this.#lookedS ? this.#otherSinceS : undefined;
    this.#lookedS = timeS;
    const seen = texture(picture);
    const share = alikeShare(this.#background, seen, freeCells(picture, people));
    seen.fill(0);
    this.#otherSinceS = share !== undefined && share <= OTHER ? (since ?? timeS) : undefined;
    return this.#otherSinceS !== undefined && timeS - this.#otherSinceS >= MOVED_S;
  }

  /** Overwrites all that is held. */
  wipe(): void {
    this.#background.fill(0);
    this.#otherSinceS = undefined;
    this.#lookedS = -Infinity;
  }
}

/** Contrast of each cell with its neighbourhood, grey levels. */
function texture(picture: Raster): Float32Array {
  const means = cellMeans(picture);
  const result = new Float32Array(means.length);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      let [sum, n] = [0, 0];
      for (let y = Math.max(0, row - 1); y <= Math.min(ROWS - 1, row + 1); y++)
        for (let x = Math.max(0, column - 1); x <= Math.min(COLUMNS - 1, column + 1); x++, n++)
          sum += means[y * COLUMNS + x]!;
      const at = row * COLUMNS + column;
      result[at] = means[at]! - sum / n;
    }
  }
  means.fill(0);
  return result;
}

function cellMeans({ width, height, pixels }: Raster): Float32Array {
  const means = new Float32Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS * READ; row++) {
    const y = Math.floor(((row + 0.5) * height) / (ROWS * READ));
    for (let column = 0; column < COLUMNS * READ; column++) {
      const x = Math.floor(((column + 0.5) * width) / (COLUMNS * READ));
      const at = (y * width + x) * 4;
      const cell = Math.floor(row / READ) * COLUMNS + Math.floor(column / READ);
      means[cell]! += luminance(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!) / READ ** 2;
    }
  }
  return means;
}

/** 1 where a cell and its neighbours contain no person. */
function freeCells({ width, height }: Raster, people: readonly Box[]): Uint8Array {
  const free = new Uint8Array(COLUMNS * ROWS).fill(1);
  for (const [x0, y0, x1, y1] of people) {
    const [left, right] = [x0, x1].map((x) => Math.floor((x / width) * COLUMNS));
    const [top, bottom] = [y0, y1].map((y) => Math.floor((y / height) * ROWS));
    for (let row = Math.max(0, top! - 1); row <= Math.min(ROWS - 1, bottom! + 1); row++)
      free.fill(0, row * COLUMNS + Math.max(0, left! - 1), row * COLUMNS + Math.min(COLUMNS, right! + 2));
  }
  return free;
}

/**
 * Share of a picture's parts that match the background: an arrived train, or goods put down, change some of them; a
 * moved camera changes all.
 * @returns undefined where too few can be compared
 */
function alikeShare(a: Float32Array, b: Float32Array, free: Uint8Array): number | undefined {
  let [judged, alike] = [0, 0];
  for (let row = 0; row < ROWS; row += PART.rows) {
    for (let column = 0; column < COLUMNS; column += PART.columns) {
      const value = correlation(a, b, free, row, column);
      if (value === undefined) continue;
      judged++;
      if (value >= ALIKE) alike++;
    }
  }
  return judged >= MIN_PARTS ? alike / judged : undefined;
}

/** @returns -1..1 over the free cells of a part; undefined where there is too little to compare */
function correlation(a: Float32Array, b: Float32Array, free: Uint8Array, top: number, left: number) {
  let [n, ab, aa, bb] = [0, 0, 0, 0];
  for (let row = top; row < top + PART.rows; row++) {
    for (let i = row * COLUMNS + left; i < row * COLUMNS + left + PART.columns; i++) {
      if (!free[i]) continue;
      n++;
      ab += a[i]! * b[i]!;
      aa += a[i]! ** 2;
      bb += b[i]! ** 2;
    }
  }
  if (n < MIN_FREE * PART.rows * PART.columns || aa < MIN_TEXTURE ** 2 * n) return undefined;
  // A covered lens shows no contrast: that is another view, too.
  return bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
