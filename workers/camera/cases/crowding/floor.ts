/** The floor that people stand on in case 6: which part of it is counted, how large it is, how tall people look on it. */
import type { CrowdingConfig } from '../../../../contract/index.ts';
import { groundPointOf, type Vec } from '../../vision/geometry/boxes.ts';
import { PaceMeter, type Pace } from './vision/pace.ts';
import { SightingSizes } from './vision/sighting-sizes.ts';
import { PersonScale } from './vision/person-scale.ts';
import { floorArea } from './vision/level-of-service.ts';
import { planGrid, planTiles } from '../../vision/tracking/tiles.ts';
import type { Box, Detection } from '../../vision/geometry/detection.ts';
import { Ground } from '../../vision/geometry/ground.ts';
import type { Region } from '../../vision/geometry/letterbox.ts';
import { Area } from '../../vision/geometry/polygon.ts';
import type { PictureSize, TrackedObject } from '../../vision/tracking/track.ts';
import { checkCalibration, checkZone } from '../shared/drawing-checks.ts';

/** @throws {Fault} 'zone-too-small', 'calibration-degenerate' */
export function checkCrowding({ area, calibration }: CrowdingConfig): void {
  if (area) checkZone(area);
  if (calibration) checkCalibration(calibration);
}

/** Tiles in a row. */
const MAX_ROW = 4;
/** Places where people stood, remembered to know where to look more closely. */
const MEMORY = 400;
/** Fewer say nothing yet. */
const MIN = 10;
/** The outermost are left out on either side, as a share: they may be no people. */
const OUTLIERS = 0.05;
/** Clutter that is looked at closely becomes more clutter: only what would be believed by itself says where people are. */
const SURE = 0.35;

export class CrowdFloor {
  /** Of the area, square metres; only where the ground is calibrated and the area lies below the horizon. */
  readonly areaM2: number | undefined;
  readonly #area: Area | undefined;
  readonly #scale: PersonScale;
  readonly #pace: PaceMeter;
  readonly #sizes: SightingSizes;
  /** Rows of feet, the oldest replaced first. */
  readonly #rows: number[] = [];
  #nextRow = 0;
  readonly #picture: PictureSize;

  constructor({ area, calibration }: CrowdingConfig, picture: PictureSize) {
    this.#picture = picture;

    const { width, height } = picture;
    const corners = area?.points.map(([x, y]): Vec => [x * width, y * height]);
    this.#area = area && new Area(area.id, corners!);
    const ground = calibration && groundOf(calibration, picture);
    this.areaM2 = ground && corners && floorArea(ground, corners);
    this.#scale = new PersonScale(picture, ground);
    this.#pace = new PaceMeter(ground);
    this.#sizes = new SightingSizes(picture);
  }

  /** @param found people of the frame, faint ones too */
  update(people: readonly TrackedObject[], found: readonly Detection[], timeS: number): void {
    this.#sizes.see(found);
    this.#scale.learn(people);
    this.#pace.update(people, timeS);
    for (const { box, score, confirmed, lost, cut } of people) {
      if (!confirmed || lost || score < SURE || cut.bottom) continue;
      this.#rows[this.#nextRow] = groundPointOf(box)[1];
      this.#nextRow = (this.#nextRow + 1) % MEMORY;
    }
  }

  /** Whether a person stands in the area. */
  counts({ box }: TrackedObject): boolean {
    if (!this.#area) return true;
    const [x, y] = groundPointOf(box);
    // An area that ends at the border goes on beyond it as far as can be told.
    return this.#area.contains([clamp(x, this.#picture.width), clamp(y, this.#picture.height)]);
  }

  heightAt(foot: Vec): number | undefined {
    return this.#scale.heightAt(foot);
  }

  /** Whether a box could be a person who stands there. */
  fits(box: Box): boolean {
    return this.#scale.fits(box);
  }

  paceOf(id: number): Pace | undefined {
    return this.#pace.of(id);
  }

  /**
   * Where people are small throughout, a grid over where they stand. Else a row of tiles for the area; where none is drawn, for the rows in which people are seen: beyond them a closer look finds more
   * clutter than people (PETS 2009: an error of .17 instead of .06).
   */
  closerLooks(picture: PictureSize, input: PictureSize, max: number): Region[] {
    const crowd = this.#sizes.smallCrowd(
      Math.min(input.width / picture.width, input.height / picture.height),
    );
    if (crowd) {
      const region = this.#area ? within(crowd.region, this.#area.corners, crowd.height) : crowd.region;
      return region ? planGrid({ picture, input, max, height: crowd.height, region }) : [];
    }
    const area = this.#area?.corners ?? this.#peopled();
    if (!area) return [];
    return planTiles({
      picture,
      input,
      max: Math.min(max, MAX_ROW),
      area,
      heightAt: (foot) => this.#scale.heightAt(foot),
    });
  }

  /** The strip of the picture in which people stand, and somewhat beyond: those behind them are smaller still. */
  #peopled(): Vec[] | undefined {
    if (this.#rows.length < MIN) return undefined;
    const rows = this.#rows.toSorted((a, b) => a - b);
    const { width, height } = this.#picture;
    const outliers = Math.floor(OUTLIERS * rows.length);
    const far = rows[outliers]!;
    const top = Math.max(0, far - (this.#scale.heightAt([width / 2, far]) ?? 0) / 4);
    const bottom = Math.min(height, rows.at(-1 - outliers)!);
    return [
      [0, top],
      [width, top],
      [width, bottom],
      [0, bottom],
    ];
  }
}

/** The part of a region in which people stand whose feet are in the area; undefined when there is none. */
function within(region: Region, corners: readonly Vec[], height: number): Region | undefined {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const x0 = Math.max(region.x, Math.min(...xs) - height / 2);
  const x1 = Math.min(region.x + region.width, Math.max(...xs) + height / 2);
  const y0 = Math.max(region.y, Math.min(...ys) - 1.5 * height);
  const y1 = Math.min(region.y + region.height, Math.max(...ys) + height / 2);
  return x1 > x0 && y1 > y0 ? { x: x0, y: y0, width: x1 - x0, height: y1 - y0 } : undefined;
}

function groundOf(
  { points, widthM, depthM }: NonNullable<CrowdingConfig['calibration']>,
  picture: PictureSize,
): Ground | undefined {
  const { width, height } = picture;
  const [a, b, c, d] = points.map(([x, y]): Vec => [x * width, y * height]);
  return Ground.fromRectangle([a!, b!, c!, d!], widthM, depthM, picture);
}

/** Just within the border: an edge of an area may lie on it. */
const clamp = (v: number, side: number) => Math.min(side - 1e-3, Math.max(1e-3, v));
