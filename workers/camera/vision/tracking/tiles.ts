/**
 * Where to look more closely: tiles of the picture in which people are too small for the detector when it looks at the
 * whole, and how the two views become one.
 */
import { heightOf, type Vec } from '../geometry/boxes.ts';
import type { Detection } from '../geometry/detection.ts';
import type { Region } from '../geometry/letterbox.ts';
import { nms } from './nms.ts';
import type { PictureSize } from './track.ts';

/**
 * Below this height in the detector's input people are missed more and more: on COCO photos the carried detector finds
 * .70 of the people from 40 to 64 pixels, .50 of those from 32 to 40 and .39 of those from 16 to 32.
 */
export const SMALL = 48;
/** Worth asking for, pixels of the input: taller people are not found more often. */
const WANTED = 64;
/** Smaller than this in the source's own pixels no person is found, at whatever scale. */
const MIN = 20;
/** A tile must show people at least this much larger than the whole does, or it does not pay. */
const MIN_GAIN = 1.3;
/** Neighbours share this much of the tallest person's height, so that everybody is whole in one of them. */
const OVERLAP = 0.6;
/** Rows that are tried for how tall people are there. */
const ROWS = 64;

export interface TileWish {
  readonly picture: PictureSize;
  /** Size of the detector's input. */
  readonly input: PictureSize;
  /** Tiles that there is time for. */
  readonly max: number;
  /** Pixels from foot to crown of a person who stands at a place of the picture. */
  readonly heightAt: (foot: Vec) => number | undefined;
  /** Corners of the area in which people are counted; absent: the whole picture. */
  readonly area?: readonly Vec[] | undefined;
}

/**
 * One row of tiles over the part of the picture where people stand who are small in the whole view. Tiles never enlarge
 * the source: that finds people in what is none (measured on PETS 2009).
 * @returns no tiles when no person is small, or there is no time for any
 */
export function planTiles({ picture, input, max, heightAt, area }: TileWish): Region[] {
  const whole = Math.min(input.width / picture.width, input.height / picture.height);
  const xs = area?.map(([x]) => x) ?? [0, picture.width];
  const ys = area?.map(([, y]) => y) ?? [0, picture.height];
  const [left, right] = within(Math.min(...xs), Math.max(...xs), picture.width);
  const [top, bottom] = within(Math.min(...ys), Math.max(...ys), picture.height);
  const band = smallRows(top, bottom, (left + right) / 2, whole, heightAt);
  if (!band || max < 1) return [];
  const { y0, y1, min, tallest } = band;
  const margin = tallest / 2;
  const [x0, x1] = within(left - margin, right + margin, picture.width);
  const overlap = OVERLAP * tallest;
  // As close as the smallest need it, but not closer than the pixels go, nor so close that the band is cut.
  const close = Math.min(1, WANTED / min, input.height / (y1 - y0));
  const across = (x1 - x0 - overlap) / Math.max(1, input.width / close - overlap);
  const tiles = Math.min(Math.max(1, Math.ceil(across)), max);
  const width = Math.min(x1 - x0, Math.max(input.width / close, (x1 - x0 + (tiles - 1) * overlap) / tiles));
  const scale = Math.min(input.width / width, input.height / (y1 - y0));
  if (scale < MIN_GAIN * whole) return [];
  const height = Math.min(picture.height, input.height / scale);
  const y = Math.max(0, Math.min(y0 - (height - (y1 - y0)) / 2, picture.height - height));
  const step = tiles > 1 ? (x1 - x0 - width) / (tiles - 1) : 0;
  return Array.from({ length: tiles }, (_, i) => ({
    x: Math.round(x0 + i * step),
    y: Math.round(y),
    width: Math.round(width),
    height: Math.round(height),
  }));
}

/** The rows between which small people stand, from their crowns to their feet. */
function smallRows(
  top: number,
  bottom: number,
  x: number,
  whole: number,
  heightAt: (foot: Vec) => number | undefined,
) {
  let band: { y0: number; y1: number; min: number; tallest: number } | undefined;
  for (let i = 0; i <= ROWS; i++) {
    const y = top + ((bottom - top) * i) / ROWS;
    const height = heightAt([x, y]);
    if (height === undefined || height < MIN || height * whole >= SMALL) continue;
    band = {
      y0: Math.max(0, Math.min(band?.y0 ?? Infinity, y - height)),
      y1: Math.max(band?.y1 ?? 0, y),
      min: Math.min(band?.min ?? Infinity, height),
      tallest: Math.max(band?.tallest ?? 0, height),
    };
  }
  return band && band.y1 > band.y0 ? band : undefined;
}

const within = (low: number, high: number, side: number): [number, number] => [
  Math.max(0, low),
  Math.min(side, high),
];

/** A dense crowd is looked at this much closer than the pixels go, at most: mosaics of PETS 2009 at a third (`eval --set crowd`). */
const MAX_ENLARGED = 2;
/** Worth asking for of half of the people, pixels of the input. */
const GRID_WANTED = 56;
/** A grid that comes this near to it needs no further tile. */
const NEARLY = 0.8;
/** Neighbours share this much of a person's height along rows, and across them: a person is less wide than tall. */
const SHARED = { width: 0.6, height: 1.1 } as const;

export interface GridWish extends Pick<TileWish, 'picture' | 'input' | 'max'> {
  /** Height of the people in pixels: half of them are smaller. */
  readonly height: number;
  /** What of the picture they stand in, pixels. */
  readonly region: Region;
}

/**
 * Rows and columns of tiles over a part of the picture where small people stand one behind the other, seen from above: as few
 * as show them large enough, else as many as there is time for.
 * @returns no tiles when they would not be seen larger than in the whole
 */
export function planGrid({ picture, input, max, height, region }: GridWish): Region[] {
  const whole = Math.min(input.width / picture.width, input.height / picture.height);
  const wanted = Math.min(MAX_ENLARGED, GRID_WANTED / height);
  const grids: { columns: number; rows: number; scale: number }[] = [];
  for (let rows = 1; rows <= max; rows++) {
    for (let columns = 1; columns * rows <= max; columns++) {
      const scale = Math.min(
        wanted,
        input.width / side(region.width, columns, SHARED.width * height),
        input.height / side(region.height, rows, SHARED.height * height),
      );
      grids.push({ columns, rows, scale });
    }
  }
  const tiles = ({ columns, rows }: (typeof grids)[number]) => columns * rows;
  const near = grids.filter(({ scale }) => scale >= NEARLY * wanted).sort((a, b) => tiles(a) - tiles(b));
  const best = near[0] ?? grids.sort((a, b) => b.scale - a.scale || tiles(a) - tiles(b))[0];
  if (!best || best.scale < MIN_GAIN * whole) return [];
  const width = Math.min(picture.width, input.width / best.scale);
  const tall = Math.min(picture.height, input.height / best.scale);
  const xs = spread(region.x, region.width, width, best.columns, picture.width);
  const ys = spread(region.y, region.height, tall, best.rows, picture.height);
  return ys.flatMap((y) =>
    xs.map((x) => ({
      x: Math.round(x),
      y: Math.round(y),
      width: Math.floor(width),
      height: Math.floor(tall),
    })),
  );
}

/** Side of each of `count` tiles that share `shared` pixels and together are as long as `length`. */
const side = (length: number, count: number, shared: number) => (length + (count - 1) * shared) / count;

/** Where `count` tiles of a side begin that together lie over a stretch of the picture, evenly, within the picture. */
function spread(from: number, length: number, tile: number, count: number, limit: number): number[] {
  const first = Math.max(
    0,
    Math.min(from - Math.max(0, count === 1 ? (tile - length) / 2 : 0), limit - tile),
  );
  const last = Math.max(first, Math.min(from + length - tile, limit - tile));
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? first : first + (i * (last - first)) / (count - 1),
  );
}

/** What was found in one tile, in pixels of the picture. */
export interface TileView {
  readonly region: Region;
  readonly found: readonly Detection[];
}

/** What a tile's inner border cuts off is left to a neighbour or to the whole view; as a share of the object's height. */
const CUT = 0.05;
/** Two boxes of one label that overlap more than this are one object seen twice. */
const SAME_IOU = 0.55;

/** Makes one list of what was found in the whole picture and in its tiles. */
export function mergeViews(
  whole: readonly Detection[],
  tiles: readonly TileView[],
  picture: PictureSize,
): Detection[] {
  if (tiles.length === 0) return [...whole];
  const close = tiles.flatMap(({ region, found }) => found.filter((d) => !isCut(d, region, picture)));
  return nms([...whole, ...close], SAME_IOU);
}

/** Whether a border of the tile that is none of the picture runs through an object. */
function isCut({ box }: Detection, { x, y, width, height }: Region, picture: PictureSize): boolean {
  const margin = Math.max(2, CUT * heightOf(box));
  return (
    (x > 0 && box[0] < x + margin) ||
    (y > 0 && box[1] < y + margin) ||
    (x + width < picture.width && box[2] > x + width - margin) ||
    (y + height < picture.height && box[3] > y + height - margin)
  );
}
