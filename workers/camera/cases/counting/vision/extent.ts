/**
 * How large an object is when nothing covers it, and how much its place trembles from frame to frame: what a single box
 * does not tell, and what its distance from a line is worth.
 *
 * A box that is narrower than the object lately was, and not lower in proportion, shows a part of it. The middle of the
 * whole then lies anywhere between half the full width from the one edge and half of it from the other.
 */
import { heightOf, sizeOf, widthOf, type Vec } from '../../../vision/geometry/boxes.ts';
import type { Box } from '../../../vision/geometry/detection.ts';
import type { Certainty, Side, View } from './side-evidence.ts';

/** A full size that is not seen again is forgotten in this time, seconds: what covers it passes on sooner, or stays. */
const FORGET_S = 60;
/** Weight of the newest box in the running mean of sizes and proportions: single boxes breathe. */
const NEWEST = 0.3;
/** Places that the trembling is taken from. */
const MEMORY = 32;
/** With fewer comparisons than this nothing is known of it. */
const MIN_SAMPLES = 4;
/** Median of the absolute values of a normal distribution, in standard deviations. */
const MEDIAN = 0.6745;
/** Over a longer pause than this nothing says that the way was straight, seconds. */
const MAX_PAUSE_S = 0.5;

export class Extent {
  /** Running means of width and height, pixels. */
  #mean: Vec | undefined;
  /** Full width and height, pixels, and full width in heights and height in widths. */
  #full: Vec = [0, 0];
  #shape: Vec = [0, 0];
  #noise: Vec | undefined;
  #lastS = 0;
  #places: Place[] = [];

  /**
   * @param box of this moment, pixels
   * @param at the anchor as it was observed, not filtered, pixels
   */
  add(box: Box, at: Vec, timeS: number): void {
    const [w, h] = [Math.max(1, widthOf(box)), Math.max(1, heightOf(box))];
    const mean = (this.#mean ??= [w, h]);
    const [mw, mh] = (this.#mean = [mean[0] + NEWEST * (w - mean[0]), mean[1] + NEWEST * (h - mean[1])]);
    const keep = Math.exp(-Math.max(0, timeS - this.#lastS) / FORGET_S);
    this.#full = [most(mw, this.#full[0], keep), most(mh, this.#full[1], keep)];
    this.#shape = [most(mw / mh, this.#shape[0], keep), most(mh / mw, this.#shape[1], keep)];
    this.#lastS = timeS;
    this.#places.push({ timeS, at });
    if (this.#places.length > MEMORY) this.#places.shift();
    const noise = trembling(this.#places);
    if (!noise) return;
    const before = this.#noise ?? [0, 0];
    this.#noise = [most(noise[0], before[0], keep), most(noise[1], before[1], keep)];
  }

  /** Goes on from another object that turned out to be this one. */
  inherit(from: Extent): void {
    this.#full = [Math.max(this.#full[0], from.#full[0]), Math.max(this.#full[1], from.#full[1])];
    this.#shape = [Math.max(this.#shape[0], from.#shape[0]), Math.max(this.#shape[1], from.#shape[1])];
    this.#noise ??= from.#noise;
    this.#places.unshift(...from.#places.slice(-MEMORY / 2));
  }

  /** Begins anew: the box is now that of something else, such as a rider with the bicycle. */
  forget(): void {
    this.#mean = undefined;
    this.#full = this.#shape = [0, 0];
    this.#places = [];
  }

  /** Mean width and height of the last boxes, pixels. */
  get mean(): Vec {
    return this.#mean ?? [0, 0];
  }

  /**
   * What of the width and of the height a box does not show, pixels, 0 or more.
   * @param mean width and height of the boxes about then
   */
  missing(box: Box, [w, h]: Vec): Vec {
    const width = Math.min(this.#full[0], this.#shape[0] * h);
    const height = Math.min(this.#full[1], this.#shape[1] * w);
    return [Math.max(0, width - widthOf(box)), Math.max(0, height - heightOf(box))];
  }

  /** Standard deviation of the anchor from frame to frame along each axis, pixels; undefined while it is not known. */
  get noise(): Vec | undefined {
    return this.#noise;
  }
}

const most = (now: number, before: number, keep: number) => Math.max(now, now + (before - now) * keep);

interface Place {
  readonly timeS: number;
  readonly at: Vec;
}

/**
 * Standard deviation of single places around a straight way at an even pace: each is held against the two beside it, so that
 * motion does not count.
 */
function trembling(places: readonly Place[]): Vec | undefined {
  const [x, y]: [number[], number[]] = [[], []];
  for (let i = 2; i < places.length; i++) {
    const [a, b, c] = [places[i - 2]!, places[i - 1]!, places[i]!];
    const lasted = c.timeS - a.timeS;
    if (lasted <= 0 || lasted > 2 * MAX_PAUSE_S) continue;
    const t = (b.timeS - a.timeS) / lasted;
    // Of three independent errors, weighed so.
    const weight = Math.sqrt(1 + t ** 2 + (1 - t) ** 2);
    x.push(Math.abs(b.at[0] - a.at[0] - t * (c.at[0] - a.at[0])) / weight);
    y.push(Math.abs(b.at[1] - a.at[1] - t * (c.at[1] - a.at[1])) / weight);
  }
  if (x.length < MIN_SAMPLES) return undefined;
  const deviation = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]! / MEDIAN;
  return [deviation(x), deviation(y)];
}

/** Detectors place an object to this share of its size at best, and to that as long as it has not shown how it trembles. */
const NOISE = 0.04;
const UNKNOWN_NOISE = 0.1;

/**
 * What an object's extent says about its distance from a border.
 * @param normal unit vector of the border, towards its positive side; left out where it is not known: the worst is taken
 */
export function certaintyOf(
  extent: Extent,
  box: Box,
  anchor: 'centre' | 'ground',
  normal?: Vec,
): Pick<Certainty, 'noise' | 'view' | 'slack'> {
  const [nx, ny] = normal ?? [1, 1];
  const size = sizeOf(box);
  const shown = extent.noise;
  const noise = shown
    ? Math.max(NOISE * size, Math.hypot(nx * shown[0], ny * shown[1]))
    : UNKNOWN_NOISE * size;
  const slack = (view: View, side: Side) => {
    const [w, h] = extent.missing(view.box, view.mean);
    const across = (Math.abs(nx) * w) / 2;
    if (anchor === 'centre') return across + (Math.abs(ny) * h) / 2;
    // Feet that are not seen are lower than the box, never higher.
    return across + (normal ? Math.max(0, -ny * side) : 1) * h;
  };
  return { noise, view: { box, mean: extent.mean }, slack };
}
