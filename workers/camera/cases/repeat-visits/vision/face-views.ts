/**
 * What is kept of a face while it passes, for telling it from others: the descriptors of its best few views. Once it has
 * been told who it is, nothing of that is kept any more, even if the face stays.
 */
import { BestViews } from '../../../vision/faces/descriptors.ts';

/** Views that make a face's descriptor; more of the same walk add little. */
const VIEWS = 5;
/** With fewer, a face is judged only when it has gone and there will be no more. */
const ENOUGH = 3;
/** Views as good as this need not be waited to be bettered, 0..1. */
const GOOD = 0.75;
/** After this long nobody waits for better views, seconds. */
const LONG_S = 2.5;
/** One view, or a few of which not even one as a whole is left, says nothing: there may not even be a face. */
const MIN_QUALITY = 0.1;
/** Frames that follow at once show hardly anything new, seconds. */
const APART_S = 0.15;
/** Readings of one face at most: computing time is for the others, too. */
const MAX_READINGS = 15;

export class FaceViews {
  readonly #views = new BestViews(VIEWS);
  readonly #worths: number[] = [];
  #readings = 0;
  #firstS: number | undefined;
  #lastS = -Infinity;
  #settled = false;
  readonly #destroyed: (count: number) => void;

  /** @param destroyed told of descriptors that were zeroed */
  constructor(destroyed: (count: number) => void) {
    this.#destroyed = destroyed;
  }

  get readings(): number {
    return this.#readings;
  }

  /** Whether the face has been told who it is; nothing of it is kept then. */
  get settled(): boolean {
    return this.#settled;
  }

  get enough(): boolean {
    return this.#views.count >= ENOUGH;
  }

  /** How good the views are, 0..1: their mean, less where there are few. */
  get quality(): number {
    return Math.min(1, this.#worths.slice(0, VIEWS).reduce((sum, worth) => sum + worth, 0) / ENOUGH);
  }

  /** Whether a view of such a worth is worth a reading. */
  wants(worth: number, atS: number): boolean {
    if (this.#settled || this.#readings >= MAX_READINGS || atS - this.#lastS < APART_S) return false;
    return this.#views.wants(worth);
  }

  /** @param descriptor from now on belongs to this object */
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

  /** Whether the views are good enough to tell anybody by. */
  get fit(): boolean {
    return this.#views.count > 1 && this.quality >= MIN_QUALITY;
  }

  /** Whether nothing is gained by looking on. */
  sureAt(timeS: number): boolean {
    if (this.#settled || this.#views.count < VIEWS) return false;
    return this.#worths[VIEWS - 1]! >= GOOD || timeS - this.#firstS! >= LONG_S;
  }

  /** The descriptor of all views together, the caller's own, to be zeroed; undefined when there is no view. */
  average(): Float32Array | undefined {
    return this.#views.average();
  }

  /** The face has been told who it is. */
  settle(): void {
    this.#settled = true;
    this.wipe();
  }

  /** The face is needed once more: it is read anew. */
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
