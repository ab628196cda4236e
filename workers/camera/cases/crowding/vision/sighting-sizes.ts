/**
 * How large people are seen, and where, from all that the detector found, however faintly. A crowd seen from above is made of
 * small people: the whole view shows many of them, but hardly any surely, so that those who are sure tell nothing of it.
 */
import { groundPointOf, heightOf } from '../../../vision/geometry/boxes.ts';
import type { Detection } from '../../../vision/geometry/detection.ts';
import type { Region } from '../../../vision/geometry/letterbox.ts';
import { cutOf, type PictureSize } from '../../../vision/tracking/track.ts';

/** Sightings that are remembered; the oldest are replaced. */
const MEMORY = 600;
/** In fewer frames nothing shows. */
const MIN_FRAMES = 3;
/**
 * A sighting weighs as much as the square of its score: clutter is as numerous as people, but faint (on PETS 2009 some 15 in
 * each frame, of .12). Together they must weigh this much a frame: a crowd of ten whom the detector half believes.
 */
const MIN_WEIGHT = 1;
/** Fewer sightings in each frame are no crowd: a row of tiles serves them. */
const MIN_PEOPLE = 8;
/**
 * People are small when half of them, by weight, are shown to the detector lower than the first, until they are higher than the
 * second; pixels of its input. Of people of 16 to 32 pixels it finds .39 (tiles.ts). Street views have a few such far away,
 * and most of them nearer.
 */
const SMALL = 32;
const NOT_SMALL = 42;
/** The outermost are left out on every side, as a share of the weight: they may be no people. */
const OUTLIERS = 0.03;

interface Sighting {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly weight: number;
  /** Running number of the frame. */
  readonly frame: number;
}

/** Looked at anew after so many frames. */
const EVERY = 8;

export interface SmallCrowd {
  /** Half of the people are smaller, pixels. */
  readonly height: number;
  /** What of the picture they stand in, pixels. */
  readonly region: Region;
}

export class SightingSizes {
  readonly #seen: Sighting[] = [];
  #next = 0;
  #small = false;
  #frame = 0;
  #lookedAt = -Infinity;
  #crowd: SmallCrowd | undefined;
  readonly #picture: PictureSize;

  constructor(picture: PictureSize) {
    this.#picture = picture;
  }

  /** @param people of one frame, faint ones too; those whom the border cuts off say nothing of sizes */
  see(people: readonly Detection[]): void {
    this.#frame++;
    for (const { box, score } of people) {
      const cut = cutOf(box, this.#picture);
      if (cut.top || cut.bottom) continue;
      const [x, y] = groundPointOf(box);
      this.#seen[this.#next] = { x, y, height: heightOf(box), weight: score ** 2, frame: this.#frame };
      this.#next = (this.#next + 1) % MEMORY;
    }
  }

  /**
   * @param scale of the whole view: pixels of the detector's input for one of the picture
   * @returns the height of which half of the people are smaller, and where they stand, pixels; undefined unless that is small
   */
  smallCrowd(scale: number): SmallCrowd | undefined {
    if (this.#frame - this.#lookedAt < EVERY) return this.#crowd;
    if (this.#frame >= MIN_FRAMES) this.#lookedAt = this.#frame;
    return (this.#crowd = this.#frame < MIN_FRAMES ? undefined : this.#look(scale));
  }

  #look(scale: number): SmallCrowd | undefined {
    if (this.#seen.length === 0) return undefined;
    const frames = this.#frame - Math.min(...this.#seen.map(({ frame }) => frame)) + 1;
    if (this.#weight < MIN_WEIGHT * frames || this.#seen.length < MIN_PEOPLE * frames) return undefined;
    const height = this.#share('height', 0.5);
    this.#small = height * scale < (this.#small ? NOT_SMALL : SMALL);
    if (!this.#small) return undefined;
    const { width: w, height: h } = this.#picture;
    const x0 = Math.max(0, this.#share('x', OUTLIERS) - height / 2);
    const x1 = Math.min(w, this.#share('x', 1 - OUTLIERS) + height / 2);
    const y0 = Math.max(0, this.#share('y', OUTLIERS) - 1.5 * height);
    const y1 = Math.min(h, this.#share('y', 1 - OUTLIERS) + height / 2);
    return { height, region: { x: x0, y: y0, width: x1 - x0, height: y1 - y0 } };
  }

  get #weight(): number {
    return this.#seen.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** The value below which this share of the sightings is, by weight. */
  #share(key: 'x' | 'y' | 'height', share: number): number {
    const sorted = this.#seen.toSorted((a, b) => a[key] - b[key]);
    const limit = share * this.#weight;
    let sum = 0;
    for (const sighting of sorted) {
      sum += sighting.weight;
      if (sum >= limit) return sighting[key];
    }
    return sorted.at(-1)![key];
  }
}
