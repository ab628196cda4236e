/**
 * Speed and height of tracked objects on a calibrated ground, over a window of time around a moment, robustly: medians,
 * so that a few bad boxes do not matter. Boxes that the border cuts off have no foot or no head and are left out.
 */
import { median } from '../../../../../lib/stats.ts';
import { groundPointOf } from '../../../vision/geometry/boxes.ts';
import { requirePositive } from '../../../vision/geometry/checks.ts';
import type { Ground } from '../../../vision/geometry/ground.ts';
import { theilSenSlope } from '../../../vision/geometry/theil-sen.ts';
import type { TrackedObject } from '../../../vision/tracking/track.ts';

interface Sample {
  readonly timeS: number;
  readonly x: number;
  readonly y: number;
  /** NaN where unknown. */
  readonly heightM: number;
}

export interface GroundMeterOptions {
  /** Speeds are taken over this long, seconds, half before and half after the moment asked for. */
  readonly windowS?: number;
  /** Samples are kept this long, seconds. */
  readonly memoryS?: number;
}

/** Fewer samples than this are no measurement. */
const MIN_SAMPLES = 3;

export class GroundMeter {
  readonly #samples = new Map<number, Sample[]>();
  readonly #windowS: number;
  readonly #memoryS: number;
  readonly #ground: Ground;

  /** @throws {RangeError} when an option is not a positive number */
  constructor(ground: Ground, { windowS = 1, memoryS = 10 }: GroundMeterOptions = {}) {
    this.#ground = ground;

    requirePositive({ windowS, memoryS });
    this.#windowS = windowS;
    this.#memoryS = memoryS;
  }

  /** Takes the objects of one frame; those not seen in it are left out. */
  update(objects: readonly TrackedObject[], timeS: number): void {
    for (const { id, box, lost, cut } of objects) {
      if (lost || cut.bottom) continue;
      const foot = this.#ground.locate(groundPointOf(box));
      if (!foot) continue;
      const heightM = cut.top ? NaN : (this.#ground.heightOf(box) ?? NaN);
      const own = this.#samples.get(id) ?? [];
      own.push({ timeS, x: foot[0], y: foot[1], heightM });
      this.#samples.set(id, own);
    }
    for (const [id, own] of this.#samples) {
      const fresh = own.findIndex((s) => timeS - s.timeS <= this.#memoryS);
      if (fresh < 0) this.#samples.delete(id);
      else if (fresh > 0) own.splice(0, fresh);
    }
  }

  /**
   * Speed over the ground around a moment, metres a second: the slope of the way by Theil and Sen (the median of the
   * slopes of all pairs of samples, for each axis), which up to 29 % of wild samples do not harm.
   * @returns undefined with fewer than three samples, or less than half the window between the first and the last
   */
  speedOf(id: number, atS: number): number | undefined {
    const own = (this.#samples.get(id) ?? []).filter((s) => Math.abs(s.timeS - atS) <= this.#windowS / 2);
    if (own.length < MIN_SAMPLES) return undefined;
    if (own[own.length - 1]!.timeS - own[0]!.timeS < this.#windowS / 2) return undefined;
    const times = own.map((s) => s.timeS);
    const slope = (places: readonly number[]) => theilSenSlope(times, places) ?? 0;
    return Math.hypot(slope(own.map((s) => s.x)), slope(own.map((s) => s.y)));
  }

  /** Height in metres, the median over all that is remembered; undefined with fewer than three samples. */
  heightOf(id: number): number | undefined {
    const heights = (this.#samples.get(id) ?? []).map((s) => s.heightM).filter((h) => !Number.isNaN(h));
    return heights.length < MIN_SAMPLES ? undefined : median(heights);
  }

  reset(): void {
    this.#samples.clear();
  }
}
