/**
 * Rendering budgets, and the fall to a lower one. The budget covers all moving objects, in one pass; shadows take a
 * second one. `full` is made for the graphics chip of a laptop at 640 x 360 and 15 pictures a second.
 */
import { upperMedian } from '../../lib/stats.ts';
import type { Detail } from '../people/levels.ts';
import type { PictureHeight, Tier } from './contract.ts';
import { HEIGHTS, TIERS } from './contract.ts';

export interface Cost {
  readonly triangles: number;
  readonly draws: number;
}

export interface TierPlan {
  readonly budget: Cost;
  readonly best: Detail;
  /** Edge of the shadow map in texels; 0: no shadows. */
  readonly shadowMap: number;
  readonly maxHeight: PictureHeight;
  readonly maxFps: number;
  /** Samples a pixel. */
  readonly samples: number;
}

export const TIER_PLANS: Readonly<Record<Tier, TierPlan>> = {
  full: {
    budget: { triangles: 400_000, draws: 250 },
    best: 'near',
    shadowMap: 1024,
    maxHeight: 720,
    maxFps: 30,
    samples: 4,
  },
  reduced: {
    budget: { triangles: 160_000, draws: 160 },
    best: 'far',
    shadowMap: 512,
    maxHeight: 360,
    maxFps: 15,
    samples: 4,
  },
  lean: {
    budget: { triangles: 60_000, draws: 70 },
    best: 'far',
    shadowMap: 0,
    maxHeight: 180,
    maxFps: 10,
    samples: 0,
  },
};

/** The height that is drawn when one is asked for. */
export const allowedHeight = (tier: Tier, height: PictureHeight): PictureHeight =>
  HEIGHTS.findLast((h) => h <= Math.min(height, TIER_PLANS[tier].maxHeight)) ?? HEIGHTS[0];

/** Pictures whose times decide. */
const WINDOW = 20;
/** The promised rate; a lower knob lowers it. */
const PROMISED_FPS = 15;

/**
 * Measures the render time and lowers the tier when the promise is not kept: one tier at a time, and never up again,
 * because a picture that changes its look every few seconds is worse than a plain one.
 */
export class Governor {
  #tier: Tier;
  #times: number[] = [];

  /** Software renderers start at the last tier, without a trial of the others. */
  constructor(readonly software: boolean) {
    this.#tier = software ? 'lean' : 'full';
  }

  get tier(): Tier {
    return this.#tier;
  }

  /** Median of the last pictures, in milliseconds; 0 before the first. */
  get drawMs(): number {
    return this.#times.length === 0 ? 0 : upperMedian(this.#times);
  }

  /**
   * Adds one picture's time.
   *
   * @param fps rate of the knob
   * @returns whether the tier has changed
   */
  drew(ms: number, fps: number): boolean {
    this.#times.push(ms);
    if (this.#times.length > WINDOW) this.#times.shift();
    if (this.#times.length < WINDOW || this.drawMs <= 1000 / Math.min(fps, PROMISED_FPS)) return false;
    const next = TIERS[TIERS.indexOf(this.#tier) + 1];
    if (!next) return false;
    this.#tier = next;
    this.#times = [];
    return true;
  }

  /** Discards times that do not apply any more. */
  restart(): void {
    this.#times = [];
  }
}
