/**
 * Positions of people from their boxes: on a calibrated floor in metres, else in pixels of the picture.
 *
 * The middle of the box's lower edge shows the foot point. If the picture's border, furniture or another person hides
 * the legs, the lower edge shows a point further away. Then the head gives the position: it is above the floor by the
 * person's height, known from clear views or typical, and the plane at that height has its own homography (Criminisi,
 * Reid & Zisserman, "Single View Metrology", IJCV 2000).
 *
 * Each position has an error: that of the box's edge, propagated through the derivative of the homography, and for
 * heads that of the height. Positions with an error above a metre are dropped.
 */
import {
  groundPointOf,
  sizeOf,
  heightOf as boxHeight,
  widthOf,
  type Vec,
} from '../../../vision/geometry/boxes.ts';
import type { Box } from '../../../vision/geometry/detection.ts';
import type { Placed } from './trajectory-smoother.ts';
import type { Ground } from '../../../vision/geometry/ground.ts';
import type { Track } from '../../../vision/tracking/track.ts';

/** Estimate of a person's height. */
export class Stature {
  #heights: number[] = [];

  /** Takes a height seen in a view that shows the whole person, metres. */
  see(heightM: number): void {
    this.#heights = [...this.#heights.slice(-MEMORY + 1), heightM];
  }

  /** Metres; undefined before enough clear views. The upper quartile: occlusion only shortens a person. */
  get known(): number | undefined {
    if (this.#heights.length < MIN_VIEWS) return undefined;
    const sorted = this.#heights.toSorted((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) * 0.75)];
  }
}

/** Number of heights kept for a person. */
const MEMORY = 40;
const MIN_VIEWS = 5;
/** Heights of people, metres: from children over six to tall men, and a typical one. */
const HEIGHTS_M = [1.1, 2.1] as const;
const TYPICAL_M = 1.62;
/** Standard deviation of a height from clear views, and of the typical height, metres. */
const KNOWN_SD_M = 0.06;
const TYPICAL_SD_M = 0.12;
/** Share of the known height below which a person is partly hidden. */
const HIDDEN = 0.85;
/** Maximum width of an upright person, share of the height; a half-hidden person is wider. */
const UPRIGHT = 0.55;
/** Detectors place an edge to about this share of the object's size (Wojke et al. 2017). */
const EDGE = 0.05;
/** Minimum error of an edge, pixels: networks see a reduced picture. */
const MIN_EDGE_PX = 1.5;
/** Maximum error of a position, metres. */
const COARSEST_M = 1;

/** A floor on which people are placed. */
export interface Floor {
  /** Whether its units are metres. */
  readonly metric: boolean;
  /** @returns undefined where the position is not accurate enough */
  place(track: Pick<Track, 'observed' | 'cut'>, stature: Stature): Placed | undefined;
  /** Maps a point of the picture, in pixels, to the floor; undefined above the horizon. */
  locate(pixel: Vec): Vec | undefined;
  /** The pixel that shows a point of the floor. */
  show(at: Vec): Vec | undefined;
}

/** The picture itself as the floor: zones work on it, but there are no metres. */
export const pictureFloor: Floor = {
  metric: false,
  place({ observed }) {
    const sd = edgeOf(observed);
    return { at: groundPointOf(observed), sd: [sd, sd], unit: boxHeight(observed) / TYPICAL_M };
  },
  locate: (pixel) => pixel,
  show: (at) => at,
};

export class GroundFloor implements Floor {
  readonly metric = true;
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  place({ observed, cut }: Pick<Track, 'observed' | 'cut'>, stature: Stature): Placed | undefined {
    const apparent = cut.top || cut.bottom ? undefined : this.#ground.heightOf(observed);
    const hidden = cut.bottom || (apparent !== undefined && isHidden(observed, apparent, stature.known));
    if (!hidden && apparent !== undefined && apparent >= HEIGHTS_M[0] && apparent <= HEIGHTS_M[1]) {
      stature.see(apparent);
    }
    const placed = hidden && !cut.top ? this.#byHead(observed, stature.known) : undefined;
    // A foot beyond the border has no position; a hidden one has an approximate position.
    return placed ?? (cut.bottom ? undefined : this.#byFoot(observed, hidden ? 2 : 1));
  }

  locate(pixel: Vec): Vec | undefined {
    return this.#ground.locate(pixel);
  }

  show(at: Vec): Vec | undefined {
    return this.#ground.show(at);
  }

  /** Whether the position of a person of typical height at a pixel is known to a metre. */
  measurable(pixel: Vec): boolean {
    const height = this.#ground.shownHeight(pixel, TYPICAL_M);
    if (height === undefined) return false;
    const [x, y] = pixel;
    const half = (height * UPRIGHT) / 3;
    return this.#byFoot([x - half, y - height, x + half, y], 1) !== undefined;
  }

  #byFoot(box: Box, doubt: number): Placed | undefined {
    return precise(groundPointOf(box), doubt * edgeOf(box), (p) => this.#ground.locate(p));
  }

  #byHead(box: Box, known: number | undefined): Placed | undefined {
    const top: Vec = [(box[0] + box[2]) / 2, box[1]];
    const height = known ?? TYPICAL_M;
    const sdM = known === undefined ? TYPICAL_SD_M : KNOWN_SD_M;
    const placed = precise(top, edgeOf(box), (p) => this.#ground.locateBelow(p, height));
    const lower = placed && this.#ground.locateBelow(top, height - sdM);
    if (!placed || !lower) return undefined;
    const sd: Vec = [
      Math.hypot(placed.sd[0], lower[0] - placed.at[0]),
      Math.hypot(placed.sd[1], lower[1] - placed.at[1]),
    ];
    return Math.max(...sd) > COARSEST_M ? undefined : { ...placed, sd };
  }
}

const edgeOf = (box: Box) => Math.max(MIN_EDGE_PX, EDGE * sizeOf(box));

function isHidden(box: Box, apparent: number, known: number | undefined): boolean {
  if (known !== undefined) return apparent < HIDDEN * known;
  return apparent < HIDDEN * TYPICAL_M && widthOf(box) > UPRIGHT * boxHeight(box);
}

/** Position and error of a pixel in metres; undefined where the error exceeds a metre. */
function precise(pixel: Vec, sdPixels: number, locate: (p: Vec) => Vec | undefined): Placed | undefined {
  const at = locate(pixel);
  const right = locate([pixel[0] + 1, pixel[1]]);
  const below = locate([pixel[0], pixel[1] + 1]);
  if (!at || !right || !below) return undefined;
  const along = (k: 0 | 1) => sdPixels * Math.hypot(right[k] - at[k], below[k] - at[k]);
  const sd: Vec = [along(0), along(1)];
  return Math.max(...sd) > COARSEST_M ? undefined : { at, sd, unit: 1 };
}
