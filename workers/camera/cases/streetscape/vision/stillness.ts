/**
 * Detects the camera's own motion, and the brightness, from the mean luminances of large cells. Only these 16 x 9 means
 * are kept from one picture to the next: they cannot show a person.
 */
import type { Raster } from '../../../vision/image/raster.ts';
import { luminance } from '../../../vision/image/colour.ts';

const COLUMNS = 16;
const ROWS = 9;
/** Every n-th pixel and row is enough for a mean. */
const STEP = 2;
/** Maximum change of a still cell's mean between two pictures, grey levels. Noise is far below. */
const STILL = 0.8;
/** The camera stands when this share of the cells is still; people may walk in the others. */
const STANDING = 0.6;
/**
 * Minimum and maximum interval of two pictures to compare, seconds: shorter ones show no motion, longer ones are not
 * neighbours.
 */
const MIN_S = 0.06;
const MAX_S = 1;

export interface CameraMotion {
  /** Mean luminance of the whole picture, 0..255. */
  readonly brightness: number;
  /** Undefined where there is no picture to compare with. */
  readonly standing: boolean | undefined;
}

export class Stillness {
  readonly #means = new Float32Array(COLUMNS * ROWS);
  readonly #before = new Float32Array(COLUMNS * ROWS);
  #beforeS = -Infinity;
  #standing: boolean | undefined;

  /** @param timeS source time; when it runs backwards or jumps, a new view begins */
  look(picture: Raster, timeS: number): CameraMotion {
    this.#measure(picture);
    const brightness = this.#means.reduce((sum, mean) => sum + mean, 0) / this.#means.length;
    const dt = timeS - this.#beforeS;
    if (dt >= 0 && dt < MIN_S) return { brightness, standing: this.#standing };
    this.#standing = dt >= 0 && dt <= MAX_S ? this.#unchanged() >= STANDING : undefined;
    this.#before.set(this.#means);
    this.#beforeS = timeS;
    return { brightness, standing: this.#standing };
  }

  /** Forgets the means. */
  reset(): void {
    this.#means.fill(0);
    this.#before.fill(0);
    this.#beforeS = -Infinity;
    this.#standing = undefined;
  }

  #unchanged(): number {
    let still = 0;
    this.#means.forEach((mean, i) => {
      if (Math.abs(mean - this.#before[i]!) < STILL) still++;
    });
    return still / this.#means.length;
  }

  #measure({ width, height, pixels }: Raster): void {
    for (let row = 0; row < ROWS; row++) {
      const [top, bottom] = [Math.floor((row * height) / ROWS), Math.floor(((row + 1) * height) / ROWS)];
      for (let column = 0; column < COLUMNS; column++) {
        const from = Math.floor((column * width) / COLUMNS);
        const to = Math.floor(((column + 1) * width) / COLUMNS);
        let [sum, n] = [0, 0];
        for (let y = top; y < bottom; y += STEP) {
          for (let x = from; x < to; x += STEP, n++) {
            const at = (y * width + x) * 4;
            sum += luminance(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!);
          }
        }
        this.#means[row * COLUMNS + column] = n > 0 ? sum / n : 0;
      }
    }
  }
}
