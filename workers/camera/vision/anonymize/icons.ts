/**
 * Icons that stand for people: pure functions on pixels, so that tests can state to the pixel what an icon changes. All
 * icons have one shape: they show nothing of a person's build, clothes or posture. Edges are smoothed by the signed
 * distance to the shape, one pixel wide.
 */
import type { Vec } from '../geometry/boxes.ts';
import type { Box } from '../geometry/detection.ts';
import type { Raster, Rgb } from '../image/raster.ts';

export interface PersonIcon {
  /** Foot point of the person: the middle of the icon's lower edge, pixels. */
  readonly foot: Vec;
  /** Pixels from foot to crown. */
  readonly height: number;
  readonly colour: Rgb;
  /** Direction of walking in the picture (any length but 0); absent: standing still. */
  readonly heading?: Vec | undefined;
}

/** Casing of every icon, so that it stands out from any background. */
const CASING: Rgb = [255, 255, 255];

/** Minimum height of an icon, pixels: smaller ones would not be distinguishable. */
export const MIN_HEIGHT = 10;

/** Shares of the icon's height. */
const HEAD_RADIUS = 0.13;
const BODY = { top: 0.3, halfWidth: 0.17 };
const CASING_WIDTH = 0.035;
/** Foreshortening of the arrow: it lies on the floor, which most cameras see at a slant. */
const ARROW = { length: 0.5, half: 0.2, slant: 0.5 };
/** Width of the smoothed edge, pixels. */
const SMOOTH = 1;

/** Signed distance to a shape, pixels; negative inside. */
type Distance = (x: number, y: number) => number;

/** The box outside of which an icon changes no pixel, clipped to nothing: it may reach beyond the picture. */
export function personExtent({ foot: [x, y], height, heading }: PersonIcon): Box {
  const h = Math.max(height, MIN_HEIGHT);
  const margin = casing(h) + SMOOTH;
  const aside = heading ? (ARROW.length + ARROW.half) * h : BODY.halfWidth * h;
  const below = heading ? (ARROW.length + ARROW.half) * ARROW.slant * h : 0;
  return [
    Math.floor(x - aside - margin),
    Math.floor(y - h - margin),
    Math.ceil(x + aside + margin),
    Math.ceil(y + below + margin),
  ];
}

/**
 * Draws one person: a head, a body (round-shouldered when walking, square when standing) and, when walking, an arrow on
 * the floor in the direction of walking. Changes no pixel outside `personExtent`.
 */
export function drawPerson(raster: Raster, icon: PersonIcon): void {
  const { foot, heading, colour } = icon;
  const h = Math.max(icon.height, MIN_HEIGHT);
  const extent = personExtent(icon);
  const person = figure(foot, h, heading !== undefined);
  if (heading) paint(raster, extent, arrow(foot, h, heading), casing(h), colour);
  paint(raster, extent, person, casing(h), colour);
}

/** A dot's radius as a share of the person's height; it lies on the floor, as the arrow does. */
const DOT_RADIUS = 0.16;

/**
 * Draws one person as a dot where they stand: a square for standing, a disc and an arrow for walking. Changes no pixel outside
 * `personExtent`.
 */
export function drawDot(raster: Raster, icon: PersonIcon): void {
  const { foot, heading, colour } = icon;
  const h = Math.max(icon.height, MIN_HEIGHT);
  const extent = personExtent(icon);
  const radius = DOT_RADIUS * h;
  const [x, y] = foot;
  const dot: Distance = (px, py) =>
    roundedBox(px - x, (py - y + radius * ARROW.slant) / ARROW.slant, radius, radius, heading ? radius : 0) *
    ARROW.slant;
  if (heading) paint(raster, extent, arrow(foot, h, heading), casing(h), colour);
  paint(raster, extent, dot, casing(h), colour);
}

const casing = (height: number) => Math.max(1.5, CASING_WIDTH * height);

function figure([x, y]: Vec, h: number, walking: boolean): Distance {
  const radius = HEAD_RADIUS * h;
  const headY = y - h + radius;
  const [halfWidth, halfHeight] = [BODY.halfWidth * h, ((1 - BODY.top) * h) / 2];
  const corner = walking ? halfWidth : halfWidth * 0.35;
  const bodyY = y - halfHeight;
  return (px, py) => {
    const head = Math.hypot(px - x, py - headY) - radius;
    return Math.min(head, roundedBox(px - x, py - bodyY, halfWidth, halfHeight, corner));
  };
}

/** A triangle before the feet, foreshortened with the floor it lies on. */
function arrow([x, y]: Vec, h: number, heading: Vec): Distance {
  const flat: Vec = [heading[0], heading[1] / ARROW.slant];
  const length = Math.hypot(flat[0], flat[1]) || 1;
  const [ux, uy] = [flat[0] / length, flat[1] / length];
  const place = (along: number, aside: number): Vec => [
    x + (along * ux - aside * uy) * h,
    y + (along * uy + aside * ux) * ARROW.slant * h,
  ];
  const tip = place(ARROW.length, 0);
  const left = place(0.15, -ARROW.half);
  const right = place(0.15, ARROW.half);
  return convex([left, tip, right]);
}

/** Distance to a box with rounded corners around the origin. */
function roundedBox(x: number, y: number, halfWidth: number, halfHeight: number, corner: number): number {
  const qx = Math.abs(x) - halfWidth + corner;
  const qy = Math.abs(y) - halfHeight + corner;
  return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - corner;
}

/** Greatest distance to the lines through a convex figure's sides: exact inside, a lower bound outside. */
function convex(corners: readonly Vec[]): Distance {
  const sides = corners.map((a, i) => {
    const b = corners[(i + 1) % corners.length]!;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    return { a, nx: (b[1] - a[1]) / length, ny: -(b[0] - a[0]) / length };
  });
  const centre = corners.reduce<[number, number]>(
    ([cx, cy], [x, y]) => [cx + x / corners.length, cy + y / corners.length],
    [0, 0],
  );
  const out = (x: number, y: number) => sides.map(({ a, nx, ny }) => (x - a[0]) * nx + (y - a[1]) * ny);
  // Corners may go round either way; the middle is inside.
  const sign = out(...centre).every((d) => d <= 0) ? 1 : -1;
  return (x, y) => Math.max(...out(x, y).map((d) => sign * d));
}

/** Fills a shape with its colour, and a rim around it with the casing's. */
function paint(
  { width, height, pixels }: Raster,
  extent: Box,
  shape: Distance,
  rim: number,
  colour: Rgb,
): void {
  for (let y = Math.max(0, extent[1]); y < Math.min(height, extent[3]); y++) {
    for (let x = Math.max(0, extent[0]); x < Math.min(width, extent[2]); x++) {
      const distance = shape(x + 0.5, y + 0.5);
      const outer = cover(distance - rim);
      if (outer === 0) continue;
      const inner = cover(distance);
      const at = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) {
        const icon = CASING[c]! + (colour[c]! - CASING[c]!) * inner;
        pixels[at + c] = pixels[at + c]! + (icon - pixels[at + c]!) * outer;
      }
    }
  }
}

/** How much of a pixel lies inside a shape, 0..1, from the distance of its middle. */
const cover = (distance: number) => Math.min(1, Math.max(0, 0.5 - distance / SMOOTH));
