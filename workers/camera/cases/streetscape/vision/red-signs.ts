/**
 * Reads the red signs of a road by colour and shape alone: connected red areas whose outline is a triangle on its tip
 * or a disc, and their content. Japan's stop sign is a red triangle on its tip, which detectors trained on the American
 * octagon do not know. It needs no training; its misses are measured (`test/accuracy`).
 *
 * Shapes after Japan's Order on Road Signs (標識令): 330 stop, 329 slow, 323 and other limits, 303 no entry, 315/316 no
 * parking. The Vienna Convention's give-way has the shape of 329.
 */
import { clip } from '../../../vision/geometry/boxes.ts';
import type { Box, Detection } from '../../../vision/geometry/detection.ts';
import type { Raster } from '../../../vision/image/raster.ts';
import { cluster } from '../../../vision/tracking/nms.ts';
import { blueness, luminance, redness } from '../../../vision/image/colour.ts';
import { components, type Component } from './components.ts';

export const RED_SIGNS = ['stop', 'slow', 'limit', 'no-entry', 'no-parking'] as const;
export type RedSign = (typeof RED_SIGNS)[number];

/** Minimum redness of a sign's pixels. */
const RED = 0.1;
/**
 * Outlines are looked for at several degrees of redness: a pale sign needs a low one, a sign before a red wall a high one
 * (the idea of maximally stable extremal regions: Matas et al., BMVC 2002).
 */
const LEVELS = [0.07, 0.1, 0.15, 0.22] as const;
/** Minimum overlap of outlines at several levels that are one sign. */
const SAME = 0.4;
const BLUE = 0.08;
/** Minimum brightness, sum of the three channels: darker pixels have no reliable colour. */
const DARK = 70;
/** Minimum width, pixels: smaller signs have no shape. */
const MIN_SIDE = 7;
/** Maximum height, share of the picture's height: a larger sign would have been passed. */
const MAX_SIDE = 0.4;
const ASPECTS = [0.62, 1.5] as const;
/** Root mean square between an outline and the ideal one, as a share of its width. */
const MAX_MISFIT = 0.14;

/** Signs found in one picture, as detections whose labels are `RED_SIGNS`. Scores 0..1 fall with the misfit. */
export function readRedSigns(picture: Raster): Detection[] {
  const { width, height } = picture;
  const { places, degrees } = redPixels(picture);
  const mask = new Uint8Array(width * height);
  const found = LEVELS.flatMap((level) => {
    for (let i = 0; i < places.length; i++) mask[places[i]!] = degrees[i]! >= level ? 1 : 0;
    return signsAmong(components(mask, width, height, places), picture);
  });
  degrees.fill(0);
  return cluster(found, SAME, () => true).map(([surest]) => surest);
}

/** Pixels that are red enough for any level, in order, with their redness: they are few, and only they are searched. */
function redPixels({ width, height, pixels }: Raster): { places: Int32Array; degrees: Float32Array } {
  const places = new Int32Array(width * height);
  const degrees = new Float32Array(width * height);
  let found = 0;
  for (let i = 0, at = 0; i < places.length; i++, at += 4) {
    const r = pixels[at]!;
    const g = pixels[at + 1]!;
    const b = pixels[at + 2]!;
    // Most pixels end here, before any division.
    if (r <= g || r <= b || r + g + b < DARK) continue;
    const degree = redness(r, g, b);
    if (degree < LEVELS[0]) continue;
    places[found] = i;
    degrees[found++] = degree;
  }
  return { places: places.subarray(0, found), degrees: degrees.subarray(0, found) };
}

function signsAmong(found: readonly Component[], picture: Raster): Detection[] {
  return found.flatMap((component) => {
    const { box, left, right } = component;
    const [w, h] = [box[2] - box[0], box[3] - box[1]];
    if (Math.min(w, h) < MIN_SIDE || h > MAX_SIDE * picture.height) return [];
    if (w / h < ASPECTS[0] || w / h > ASPECTS[1]) return [];
    const outline = outlineOf(left, right, w);
    if (outline.misfit > MAX_MISFIT || outline.shape === 'warning') return [];
    const label = outline.shape === 'triangle' ? triangle(picture, component) : disc(picture, component);
    return label ? [{ box, label, score: 1 - outline.misfit / (2 * MAX_MISFIT) }] : [];
  });
}

/** Widths from the upper to the lower end (t from 0 to 1), as shares of the greatest. */
const IDEAL = {
  triangle: (t: number) => 1 - t,
  disc: (t: number) => 2 * Math.sqrt(t * (1 - t)),
  /** Warnings stand on their base: a class only to keep them from the discs. */
  warning: (t: number) => t,
};
type Shape = keyof typeof IDEAL;

function outlineOf(left: Int32Array, right: Int32Array, width: number): { shape: Shape; misfit: number } {
  const rows = left.length;
  const middle = (Math.min(...left) + Math.max(...right)) / 2;
  const misfit = (ideal: (t: number) => number) => {
    let sum = 0;
    for (let y = 0; y < rows; y++) {
      const half = (ideal((y + 0.5) / rows) * width) / 2;
      const [a, b] = [middle - half - left[y]!, right[y]! - (middle + half)];
      sum += (a * a + b * b) / 2;
    }
    return Math.sqrt(sum / rows) / width;
  };
  const shapes = (Object.keys(IDEAL) as Shape[]).map((shape) => ({ shape, misfit: misfit(IDEAL[shape]) }));
  return shapes.reduce((best, other) => (other.misfit < best.misfit ? other : best));
}

/** Colours of an area of the sign, as shares of its pixels. */
interface Filling {
  readonly red: number;
  readonly blue: number;
  /** Without much colour, and not darker than the red around it. */
  readonly light: number;
}

/** @param part of the sign: left, top, right, bottom as shares of its box */
function fillingOf(
  { width, pixels }: Raster,
  { box, meanLuminance }: Component,
  part: readonly number[],
): Filling {
  const [x0, y0, x1, y1] = box;
  const at = (from: number, to: number, share: number) => from + (to - from) * share;
  const [left, top] = [Math.round(at(x0, x1, part[0]!)), Math.round(at(y0, y1, part[1]!))];
  const right = Math.max(left + 1, Math.round(at(x0, x1, part[2]!)));
  const bottom = Math.max(top + 1, Math.round(at(y0, y1, part[3]!)));
  let [red, blue, light] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const i = (y * width + x) * 4;
      const [r, g, b] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
      if (redness(r, g, b) >= RED) red++;
      else if (blueness(r, g, b) >= BLUE) blue++;
      else if (luminance(r, g, b) >= meanLuminance(pixels)) light++;
    }
  }
  const all = (right - left) * (bottom - top);
  return { red: red / all, blue: blue / all, light: light / all };
}

/** Letters take up to half of an octagon's middle; the middle of a ring is white. */
const MIN_RED_MIDDLE = 0.3;

/**
 * Whether a box may show the octagonal stop sign of other countries: detectors know it, but take other red signs for
 * it, rings above all (on German roads seven of ten at a confidence of .35).
 */
export function isRedInside({ width, height, pixels }: Raster, box: Box): boolean {
  const [x0, y0, x1, y1] = box;
  const [w, h] = [x1 - x0, y1 - y0];
  const middle = clip([x0 + w / 4, y0 + h / 4, x1 - w / 4, y1 - h / 4], width, height);
  const [left, top, right, bottom] = middle.map(Math.round) as [number, number, number, number];
  let [red, all] = [0, 0];
  for (let y = top; y < Math.max(top + 1, bottom) && y < height; y++) {
    for (let x = left; x < Math.max(left + 1, right) && x < width; x++, all++) {
      const i = (y * width + x) * 4;
      const [r, g, b] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
      if (r + g + b >= DARK && redness(r, g, b) >= RED) red++;
    }
  }
  return red >= MIN_RED_MIDDLE * all && all > 0;
}

function triangle(picture: Raster, component: Component): RedSign | undefined {
  const inside = fillingOf(picture, component, [0.32, 0.15, 0.68, 0.5]);
  // Its letters take up to half of the stop sign's upper part.
  const below = fillingOf(picture, component, [0.42, 0.5, 0.58, 0.75]);
  if (inside.light >= 0.55 && below.red < 0.7) return 'slow';
  return inside.red >= 0.35 && below.red >= 0.6 ? 'stop' : undefined;
}

function disc(picture: Raster, component: Component): RedSign | undefined {
  const inside = fillingOf(picture, component, [0.27, 0.27, 0.73, 0.73]);
  if (inside.blue >= 0.35) return 'no-parking';
  const bar = fillingOf(picture, component, [0.27, 0.44, 0.73, 0.56]);
  const above = fillingOf(picture, component, [0.3, 0.14, 0.7, 0.3]);
  const below = fillingOf(picture, component, [0.3, 0.7, 0.7, 0.86]);
  if (bar.light >= 0.6 && above.red >= 0.7 && below.red >= 0.7) return 'no-entry';
  return inside.light >= 0.45 && inside.red <= 0.3 ? 'limit' : undefined;
}
