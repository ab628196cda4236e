/**
 * Constant-velocity Kalman filter for a box: centre and size, each with its velocity, in seconds and pixels.
 *
 * With noise that does not couple them, the eight-state filter of SORT-type trackers (Bewley et al. 2016; Wojke et al.
 * 2017) decomposes into four filters of two states, which is exact and needs no matrices. Process noise is white
 * acceleration integrated over the true time step (Bar-Shalom, Li & Kirubarajan, "Estimation with Applications to
 * Tracking and Navigation", 2001, 6.2.2), so that irregular and dropped frames need no special case. All noise is
 * relative to the size of the box: a near object moves, and errs, by more pixels.
 */
import { boxAt, type Vec } from '../geometry/boxes.ts';
import type { Box } from '../geometry/detection.ts';

/** Standard deviations in units of the box's size (the root of its area). */
export interface BoxNoise {
  /** Of a measured centre or side: detectors place edges to about a twentieth of the object (Wojke et al. 2017). */
  readonly measurement: number;
  /** Of the velocity after one second of unknown acceleration, per second. */
  readonly acceleration: number;
  /** Of the unknown velocity of an object just found, per second. A car at 50 km/h makes about five of its sizes. */
  readonly velocity: number;
  /** The same two for the sides instead of the centre: sizes change slowly. */
  readonly growth: number;
}

export const DEFAULT_NOISE: BoxNoise = { measurement: 0.05, acceleration: 1, velocity: 3, growth: 0.3 };

// One coordinate: value, velocity, and the covariance [[VV, VR], [VR, RR]] of value and rate.
const VALUE = 0;
const RATE = 1;
const VV = 2;
const VR = 3;
const RR = 4;
const STRIDE = 5;
/** Coordinates in order: centre x, centre y, width, height. */
const COORDINATES = 4;

export class BoxFilter {
  readonly #s = new Float64Array(COORDINATES * STRIDE);
  readonly #noise: BoxNoise;

  constructor(box: Box, noise: BoxNoise = DEFAULT_NOISE) {
    this.#noise = noise;

    const measured = toCentre(box);
    const size = sizeFrom(measured[2]!, measured[3]!);
    for (let c = 0; c < COORDINATES; c++) {
      const o = c * STRIDE;
      this.#s[o + VALUE] = measured[c]!;
      this.#s[o + VV] = (noise.measurement * size) ** 2;
      this.#s[o + RR] = ((c < 2 ? noise.velocity : noise.growth) * size) ** 2;
    }
  }

  /** Moves the state on by `dt` seconds (>= 0). */
  predict(dt: number): void {
    const s = this.#s,
      noise = this.#noise;
    const size = this.size;
    for (let c = 0; c < COORDINATES; c++) {
      const o = c * STRIDE;
      const q = ((c < 2 ? noise.acceleration : noise.growth) * size) ** 2;
      s[o + VALUE]! += s[o + RATE]! * dt;
      s[o + VV]! += dt * (2 * s[o + VR]! + dt * s[o + RR]!) + (q * dt ** 3) / 3;
      s[o + VR]! += dt * s[o + RR]! + (q * dt ** 2) / 2;
      s[o + RR]! += q * dt;
    }
    // A shrinking box must not turn inside out without corrections.
    for (const side of [2 * STRIDE, 3 * STRIDE]) {
      if (s[side + VALUE]! < 1) {
        s[side + VALUE] = 1;
        s[side + RATE] = 0;
      }
    }
  }

  /** Corrects the state with a measured box. @param doubt factor on the deviation of the measurement, 1 or more */
  correct(box: Box, doubt = 1): void {
    const measured = toCentre(box);
    const r = (doubt * this.#noise.measurement * sizeFrom(measured[2]!, measured[3]!)) ** 2;
    const s = this.#s;
    for (let c = 0; c < COORDINATES; c++) {
      const o = c * STRIDE;
      const total = s[o + VV]! + r;
      if (total === 0) continue;
      const gainValue = s[o + VV]! / total;
      const gainRate = s[o + VR]! / total;
      const error = measured[c]! - s[o + VALUE]!;
      s[o + VALUE]! += gainValue * error;
      s[o + RATE]! += gainRate * error;
      s[o + RR]! -= gainRate * s[o + VR]!;
      s[o + VR]! *= 1 - gainValue;
      s[o + VV]! *= 1 - gainValue;
    }
  }

  /** Extends the box to `box` without a change of motion or velocity. */
  extend(box: Box): void {
    toCentre(box).forEach((value, c) => (this.#s[c * STRIDE + VALUE] = value));
  }

  /** Freezes the size until the next correction: an unseen box must not grow. */
  holdSize(): void {
    this.#s[2 * STRIDE + RATE] = 0;
    this.#s[3 * STRIDE + RATE] = 0;
  }

  get box(): Box {
    const s = this.#s;
    return boxAt(s[VALUE]!, s[STRIDE + VALUE]!, s[2 * STRIDE + VALUE]!, s[3 * STRIDE + VALUE]!);
  }

  /** Of the centre, pixels a second. */
  get velocity(): Vec {
    return [this.#s[RATE]!, this.#s[STRIDE + RATE]!];
  }

  /** Root of the area, pixels. */
  get size(): number {
    return sizeFrom(this.#s[2 * STRIDE + VALUE]!, this.#s[3 * STRIDE + VALUE]!);
  }

  /** Standard deviation of the centre, pixels (the larger of the two directions). */
  get uncertainty(): number {
    return Math.sqrt(Math.max(this.#s[VV]!, this.#s[STRIDE + VV]!));
  }

  /** A copy of the whole state, for `restore`. */
  save(into: Float64Array = new Float64Array(this.#s.length)): Float64Array {
    into.set(this.#s);
    return into;
  }

  restore(saved: Float64Array): void {
    this.#s.set(saved);
  }
}

const toCentre = (b: Box): readonly number[] => [
  (b[0] + b[2]) / 2,
  (b[1] + b[3]) / 2,
  Math.max(1, b[2] - b[0]),
  Math.max(1, b[3] - b[1]),
];
const sizeFrom = (width: number, height: number) => Math.sqrt(width * height);
