/**
 * From numbers of people to what an operator asks: how crowded, is it getting worse, must the entrance be restricted.
 */
import type { Vec } from '../../../vision/geometry/boxes.ts';
import type { Ground } from '../../../vision/geometry/ground.ts';
import { median } from '../../../../../lib/stats.ts';
import { mannKendall, theilSen } from '../../../vision/geometry/theil-sen.ts';

export type Level = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
export type Facility = 'walkway' | 'queue';
export type Trend = 'up' | 'steady' | 'down';
export type Restriction = 'none' | 'near' | 'likely';

/**
 * Fruin's levels of service (Fruin, "Pedestrian Planning and Design", 1971; kept in TCRP Report 165, "Transit Capacity and
 * Quality of Service Manual", 3rd ed.): the least square feet a person has in levels A to E; less is F. For people who walk
 * (35, 25, 15, 10, 5) and for people who wait (13, 10, 7, 3, 2).
 */
const SQUARE_FEET: Readonly<Record<Facility, readonly [number, number, number, number, number]>> = {
  walkway: [35, 25, 15, 10, 5],
  queue: [13, 10, 7, 3, 2],
};
const SQUARE_METRES_A_SQUARE_FOOT = 0.09290304;
const LEVELS: readonly Level[] = ['a', 'b', 'c', 'd', 'e', 'f'];

/** @param density people a square metre, 0 or more */
export function levelOfService(density: number, facility: Facility): Level {
  const space = 1 / density / SQUARE_METRES_A_SQUARE_FOOT;
  const at = SQUARE_FEET[facility].findIndex((min) => space >= min);
  return LEVELS[at < 0 ? LEVELS.length - 1 : at]!;
}

/** Density at which a level begins, people a square metre; 0 for the first. */
export function densityAt(level: Level, facility: Facility): number {
  const above = SQUARE_FEET[facility][LEVELS.indexOf(level) - 1];
  return above === undefined ? 0 : 1 / (above * SQUARE_METRES_A_SQUARE_FOOT);
}

/**
 * Area of the floor that a polygon of the picture shows (shoelace formula on the floor).
 * @returns square metres; undefined when a corner is at or above the horizon
 */
export function floorArea(ground: Ground, corners: readonly Vec[]): number | undefined {
  const floor = corners.map((corner) => ground.locate(corner));
  if (floor.some((corner) => corner === undefined)) return undefined;
  let twice = 0;
  floor.forEach((corner, i) => {
    const next = floor[(i + 1) % floor.length]!;
    twice += corner![0] * next[1] - next[0] * corner![1];
  });
  return Math.abs(twice) / 2;
}

export interface OutlookOptions {
  /** Trends are read from so much of the past, seconds. */
  readonly windowS?: number;
  /** A restriction is likely when the limit was reached throughout this long, seconds. */
  readonly holdS?: number;
  /** It is near when the present trend reaches the limit within this long, seconds. */
  readonly aheadS?: number;
}

/** A change over the window is one from so many people on, and from this share of the present number. */
const MIN_CHANGE = 2;
const MIN_SHARE = 0.15;
/** Mann and Kendall's statistic: beyond chance at 5 %. */
const SIGNIFICANT = 1.96;
const MIN_SAMPLES = 8;

/** Remembers how many people there were, and tells where it is going. */
export class TrendForecast {
  readonly #windowS: number;
  readonly #holdS: number;
  readonly #aheadS: number;
  #samples: { readonly timeS: number; readonly people: number }[] = [];

  constructor({ windowS = 30, holdS = 10, aheadS = 60 }: OutlookOptions = {}) {
    this.#windowS = windowS;
    this.#holdS = holdS;
    this.#aheadS = aheadS;
  }

  add(people: number, timeS: number): void {
    if (timeS < (this.#samples.at(-1)?.timeS ?? -Infinity)) this.#samples = [];
    this.#samples.push({ timeS, people });
    this.#samples = this.#samples.filter((s) => timeS - s.timeS <= this.#windowS);
  }

  /** Which way the number goes, by a robust slope that chance would seldom give; undefined while too little is known. */
  get trend(): Trend | undefined {
    if (!this.#isLong) return undefined;
    const change = this.#slope * this.#windowS;
    const people = this.#samples.map((s) => s.people);
    const min = Math.max(MIN_CHANGE, MIN_SHARE * median(people));
    if (Math.abs(change) < min || Math.abs(mannKendall(people)) < SIGNIFICANT) return 'steady';
    return change > 0 ? 'up' : 'down';
  }

  /**
   * Whether entry will have to be restricted: `likely` when the limit was reached or passed throughout the last
   * `holdS`, `near` when it was not, but it is reached now or the rise would reach it within `aheadS`.
   * @param limit people
   */
  restriction(limit: number): Restriction {
    const last = this.#samples.at(-1);
    if (!last) return 'none';
    const recent = this.#samples.filter((s) => last.timeS - s.timeS <= this.#holdS);
    const held = last.timeS - recent[0]!.timeS >= 0.9 * this.#holdS;
    if (held && recent.every((s) => s.people >= limit)) return 'likely';
    if (last.people >= limit) return 'near';
    return this.trend === 'up' && last.people + this.#slope * this.#aheadS >= limit ? 'near' : 'none';
  }

  get #isLong(): boolean {
    const samples = this.#samples;
    if (samples.length < MIN_SAMPLES) return false;
    return samples.at(-1)!.timeS - samples[0]!.timeS >= this.#windowS / 3;
  }

  /** People a second. */
  get #slope(): number {
    const xs = this.#samples.map((s) => s.timeS);
    const ys = this.#samples.map((s) => s.people);
    return theilSen(xs, ys)?.slope ?? 0;
  }
}
