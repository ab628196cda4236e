/**
 * How tall a person looks where they stand. Icons get this size, which is no person's own, and it shows where people are
 * too small for the detector.
 *
 * From the calibrated ground where there is one. Else it is learnt from the people who were seen: on a level floor the
 * height in pixels grows in a straight line with the row of the feet (Hoiem, Efros & Hebert, "Putting Objects in
 * Perspective", IJCV 2008), which is fitted robustly.
 */
import { groundPointOf, heightOf, type Vec } from '../../../vision/geometry/boxes.ts';
import type { Box } from '../../../vision/geometry/detection.ts';
import type { Ground } from '../../../vision/geometry/ground.ts';
import { median } from '../../../../../lib/stats.ts';
import { theilSen, type Line } from '../../../vision/geometry/theil-sen.ts';
import { cutOf, type PictureSize, type TrackedObject } from '../../../vision/tracking/track.ts';

/** What stands for everybody: between the mean heights of women and men, and some children, metres. */
export const USUAL_HEIGHT_M = 1.6;

/**
 * A box this much shorter or taller than the usual person is none: a child of .8 m is .5 of the usual, a person of 2.2 m
 * is 1.4; the rest is the error of boxes, and of feet that another person hides.
 */
const PLAUSIBLE = [0.45, 1.7] as const;
/** Only detections that would be believed by themselves teach how tall people look. */
const SURE = 0.35;
/** Remembered sightings; the oldest are replaced. */
const MEMORY = 160;
/** Fewer than this teach nothing. */
const MIN = 8;
/** Rows must be spread over this share of the picture before they show a slope. */
const SPREAD = 0.1;
/** The line is fitted again after so many new sightings. */
const REFIT = 24;

export class PersonScale {
  readonly #rows: number[] = [];
  readonly #heights: number[] = [];
  #next = 0;
  #sinceFit = Infinity;
  #line: Line | undefined;
  readonly #picture: PictureSize;
  readonly #ground: Ground | undefined | undefined;

  constructor(picture: PictureSize, ground?: Ground | undefined) {
    this.#picture = picture;
    this.#ground = ground;
  }

  /** Learns from the people of a frame, those whom nothing cuts off. */
  learn(people: readonly TrackedObject[]): void {
    if (this.#ground?.focal !== undefined) return;
    for (const { box, observed, score, confirmed, lost, cut } of people) {
      if (!confirmed || lost || score < SURE || cut.top || cut.bottom) continue;
      this.#rows[this.#next] = groundPointOf(box)[1];
      this.#heights[this.#next] = heightOf(observed);
      this.#next = (this.#next + 1) % MEMORY;
      this.#sinceFit++;
    }
    if (this.#rows.length >= MIN && this.#sinceFit >= REFIT) this.#fit();
  }

  /** @returns pixels from foot to crown of a person who stands there; undefined while nothing is known */
  heightAt(foot: Vec): number | undefined {
    const calibrated = this.#ground?.shownHeight(foot, USUAL_HEIGHT_M);
    if (calibrated !== undefined) return calibrated;
    if (!this.#line) return undefined;
    const height = this.#line.slope * foot[1] + this.#line.intercept;
    return height > 0 ? height : undefined;
  }

  /**
   * Whether a box could be a person who stands where its lower edge is; traffic cones and far poles are none. True where
   * nothing is known, and for boxes that the border cuts off.
   */
  fits(box: Box): boolean {
    const cut = cutOf(box, this.#picture);
    const usual = this.heightAt(groundPointOf(box));
    if (usual === undefined || cut.top || cut.bottom) return true;
    const ratio = heightOf(box) / usual;
    return ratio >= PLAUSIBLE[0] && ratio <= PLAUSIBLE[1];
  }

  #fit(): void {
    this.#sinceFit = 0;
    const spread = Math.max(...this.#rows) - Math.min(...this.#rows);
    const line = spread >= SPREAD * this.#picture.height ? theilSen(this.#rows, this.#heights) : undefined;
    // People lower in the picture are nearer: a line that says otherwise is noise.
    this.#line = line && line.slope >= 0 ? line : { slope: 0, intercept: median(this.#heights) };
  }
}
