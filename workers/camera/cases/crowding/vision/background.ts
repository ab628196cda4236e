/**
 * Takes a picture of the place only while it is empty.
 *
 * Detector and motion must agree for some seconds. The picture is the mean of the frames in the middle of that time:
 * those at its beginning may still show a person who is leaving, those at its end a person whom neither witness has
 * noticed yet, so both ends are left out. A person who appears before the end discards all of it. A finished background
 * never changes; another one is taken from scratch.
 */
import type { Raster } from '../../../vision/image/raster.ts';
import { MotionModel, type MotionOptions } from './motion.ts';

/** Why there is no background yet. */
export type Waiting = 'people' | 'motion' | 'time';

export interface BackgroundOptions {
  /** Time for which the place must be empty, seconds. */
  readonly quietS?: number;
  /** Left out at the beginning and at the end of it, seconds. */
  readonly guardS?: number;
  /** Wider backgrounds are made smaller, pixels. */
  readonly maxWidth?: number;
  readonly motion?: MotionOptions;
}

/** Minimum number of frames of a mean. */
const MIN_FRAMES = 2;

const DEFAULTS = { quietS: 4, guardS: 1, maxWidth: 640 };

/** Size of the background for a picture of a size: the whole picture, not wider than asked. */
export function backgroundSize(picture: { width: number; height: number }, maxWidth = DEFAULTS.maxWidth) {
  const scale = Math.min(1, maxWidth / picture.width);
  return {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
}

export class BackgroundTaker {
  readonly #quietS: number;
  readonly #guardS: number;
  readonly #maxWidth: number;
  readonly #motion: MotionModel;
  #sums: Float32Array | undefined;
  #frames = 0;
  #quietSinceS: number | undefined;
  waiting: Waiting = 'time';

  constructor({ quietS, guardS, maxWidth, motion }: BackgroundOptions = {}) {
    this.#quietS = quietS ?? DEFAULTS.quietS;
    this.#guardS = guardS ?? DEFAULTS.guardS;
    this.#maxWidth = maxWidth ?? DEFAULTS.maxWidth;
    this.#motion = new MotionModel(motion);
    if (!(this.#guardS >= 0 && this.#quietS > 2 * this.#guardS))
      throw new RangeError(`quietS (${this.#quietS}) must be more than twice guardS (${this.#guardS})`);
  }

  /** Bytes of picture held: the sums, and the model of motion. */
  get bytes(): number {
    return (this.#sums?.byteLength ?? 0) + this.#motion.bytes;
  }

  /**
   * Takes a frame.
   * @param someone whether the detector finds a person, at any score
   * @returns the background, when finished; working copies are then overwritten
   */
  update(picture: Raster, someone: boolean, timeS: number): Raster | undefined {
    const moves = this.#motion.update(picture, timeS);
    if (someone || moves || (this.#quietSinceS !== undefined && timeS < this.#quietSinceS)) {
      this.waiting = someone ? 'people' : 'motion';
      this.#startAgain();
      return undefined;
    }
    this.waiting = 'time';
    this.#quietSinceS ??= timeS;
    const quietForS = timeS - this.#quietSinceS;
    if (quietForS >= this.#guardS && quietForS <= this.#quietS - this.#guardS) this.#add(picture);
    if (quietForS < this.#quietS) return undefined;
    if (this.#frames < MIN_FRAMES) {
      this.#startAgain();
      return undefined;
    }
    const size = backgroundSize(picture, this.#maxWidth);
    const pixels = new Uint8ClampedArray(size.width * size.height * 4);
    for (let i = 0; i < pixels.length; i++) pixels[i] = i % 4 === 3 ? 255 : this.#sums![i]! / this.#frames;
    this.wipe();
    return { ...size, pixels };
  }

  /** Overwrites all that is held. */
  wipe(): void {
    this.#startAgain();
    this.#motion.wipe();
    this.waiting = 'time';
  }

  #startAgain(): void {
    this.#sums?.fill(0);
    this.#sums = undefined;
    this.#frames = 0;
    this.#quietSinceS = undefined;
  }

  #add(picture: Raster): void {
    const { width, height } = backgroundSize(picture, this.#maxWidth);
    this.#sums ??= new Float32Array(width * height * 4);
    addReduced(picture, width, height, this.#sums);
    this.#frames++;
  }
}

/** Adds a picture to sums of a smaller size; each smaller pixel is the mean of those whose middle lies in it. */
function addReduced(
  { width, height, pixels }: Raster,
  toWidth: number,
  toHeight: number,
  sums: Float32Array,
) {
  const edge = (i: number, to: number, from: number) => Math.floor((i * from) / to);
  for (let y = 0; y < toHeight; y++) {
    const [y0, y1] = [edge(y, toHeight, height), edge(y + 1, toHeight, height)];
    for (let x = 0; x < toWidth; x++) {
      const [x0, x1] = [edge(x, toWidth, width), edge(x + 1, toWidth, width)];
      let [r, g, b] = [0, 0, 0];
      for (let row = y0; row < y1; row++) {
        for (let at = (row * width + x0) * 4; at < (row * width + x1) * 4; at += 4) {
          r += pixels[at]!;
          g += pixels[at + 1]!;
          b += pixels[at + 2]!;
        }
      }
      const n = (y1 - y0) * (x1 - x0);
      const to = (y * toWidth + x) * 4;
      sums[to]! += r / n;
      sums[to + 1]! += g / n;
      sums[to + 2]! += b / n;
    }
  }
}
