/** The scene's own time. */

/**
 * Maximum step of the world between two pictures, in seconds. On a slower machine the world plays in slow motion,
 * because a tracker cannot follow people who jump metres from picture to picture.
 */
export const LONGEST_STEP_S = 0.2;

/** Follows the wall clock by at most one step at a time; a pause costs one step. */
export class SceneClock {
  #s = 0;
  #lastMs: number | undefined;

  /** Scene time of the present picture, in seconds. */
  get s(): number {
    return this.#s;
  }

  /** @param nowMs wall clock @returns scene time of the next picture */
  advance(nowMs: number): number {
    const elapsed = this.#lastMs === undefined ? 0 : (nowMs - this.#lastMs) / 1000;
    this.#lastMs = nowMs;
    this.#s += Math.max(0, Math.min(LONGEST_STEP_S, elapsed));
    return this.#s;
  }
}

/** Schedule of pictures: at even intervals while the machine keeps up; lost pictures are not made up for. */
export class Pace {
  #dueMs: number | undefined;

  /** @returns milliseconds to wait, 0 when a picture is due now (which this call then takes as drawn) */
  wait(nowMs: number, fps: number): number {
    const period = 1000 / fps;
    if (this.#dueMs !== undefined && this.#dueMs - nowMs > period) this.#dueMs = nowMs + period;
    if (this.#dueMs !== undefined && nowMs < this.#dueMs) return this.#dueMs - nowMs;
    const late = this.#dueMs === undefined ? Infinity : nowMs - this.#dueMs;
    this.#dueMs = late < period ? this.#dueMs! + period : nowMs + period;
    return 0;
  }
}
