/**
 * Descriptors of a face's best few views, kept while its track lasts. After the identification none is kept, even if
 * the face stays.
 */
import { BestViews } from '../../../vision/faces/descriptors.ts';

/** Maximum number of views in a face's descriptor; more of the same walk add little. */
const VIEWS = 5;
/** Minimum number of views while the track lasts; with fewer, a face is matched only at the track's end. */
const ENOUGH = 3;
/** Quality from which the matching does not wait for better views, 0..1. */
const GOOD = 0.75;
/** Maximum wait for better views, seconds. */
const LONG_S = 2.5;
/**
 * Minimum quality of the views together, 0..1: one view, or a few weak ones, are not enough evidence; there may not
 * even be a face.
 */
const MIN_QUALITY = 0.1;
/** Minimum interval of two readings, seconds: consecutive frames show hardly anything new. */
const APART_S = 0.15;
/** Maximum number of readings of one face: other faces need computing time, too. */
const MAX_READINGS = 15;

export class FaceViews {
  readonly #views = new BestViews(VIEWS);
  readonly #worths: number[] = [];
  #readings = 0;
  #firstS: number | undefined;
  #lastS = -Infinity;
  #settled = false;
  readonly #destroyed: (count: number) => void;

  /** @param destroyed called for each zeroed descriptor */
  constructor(destroyed: (count: number) => void) {
    this.#destroyed = destroyed;
  }

  get readings(): number {
    return this.#readings;
  }

  /** Whether the face has been identified; nothing of it is kept then. */
  get settled(): boolean {
    return this.#settled;
  }

  get enough(): boolean {
    return this.#views.count >= ENOUGH;
  }

  /** Quality of the views, 0..1: their mean, reduced where there are few. */
  get quality(): number {
    return Math.min(1, this.#worths.slice(0, VIEWS).reduce((sum, worth) => sum + worth, 0) / ENOUGH);
  }

  /** Whether a view of this quality is worth a reading. */
  wants(worth: number, atS: number): boolean {
    if (this.#settled || this.#readings >= MAX_READINGS || atS - this.#lastS < APART_S) return false;
    return this.#views.wants(worth);
  }

  /** @param descriptor this object takes ownership */
  add(descriptor: Float32Array, worth: number, atS: number): void {
    const before = this.#views.count;
    this.#views.add(descriptor, worth);
    this.#worths.push(worth);
    this.#worths.sort((a, b) => b - a);
    this.#readings++;
    this.#firstS ??= atS;
    this.#lastS = atS;
    this.#destroyed(before + 1 - this.#views.count);
  }

  /** Whether the views are good enough for an identification. */
  get fit(): boolean {
    return this.#views.count > 1 && this.quality >= MIN_QUALITY;
  }

  /** Whether further views would add nothing. */
  sureAt(timeS: number): boolean {
    if (this.#settled || this.#views.count < VIEWS) return false;
    return this.#worths[VIEWS - 1]! >= GOOD || timeS - this.#firstS! >= LONG_S;
  }

  /** The mean descriptor of all views; undefined without views. The caller owns it and must zero it. */
  average(): Float32Array | undefined {
    return this.#views.average();
  }

  /** Marks the face as identified. */
  settle(): void {
    this.#settled = true;
    this.wipe();
  }

  /** Marks the face as not identified, so that it is read again. */
  reopen(): void {
    if (!this.#settled) return;
    this.#settled = false;
    this.#readings = 0;
    this.#worths.length = 0;
    this.#firstS = undefined;
  }

  wipe(): void {
    this.#destroyed(this.#views.count);
    this.#views.wipe();
  }
}
