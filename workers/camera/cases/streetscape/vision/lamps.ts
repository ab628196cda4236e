/** Which lamp of a signal is lit, from the colours inside its box. */
import { clip } from '../../../vision/geometry/boxes.ts';
import type { Box } from '../../../vision/geometry/detection.ts';
import type { Raster } from '../../../vision/image/raster.ts';
import { hsv } from '../../../vision/image/colour.ts';

export type Lamp = 'red' | 'amber' | 'green';

/**
 * Hues of lamps in degrees, [from, to). Japan's green is bluish; hues in the gaps are no lamp, and the sky lies outside
 * all ranges.
 */
const HUES: readonly (readonly [Lamp, number, number])[] = [
  ['red', 340, 375],
  ['amber', 24, 60],
  ['green', 95, 195],
];
/** Minimum value and saturation of a lit lamp, 0..1. */
const MIN_VALUE = 0.35;
const MIN_SATURATION = 0.4;
/** A lamp fills about a ninth of a head of three; less of the box than this is a reflection. */
const MIN_SHARE = 0.015;
/** A lamp takes up about a ninth of its head; what is colourful all over is a signboard, share of the box. */
const MAX_SHARE = 0.4;
/** Minimum ratio of the lit lamp to the other colours together; below it the result is undefined. */
const CLEARLY = 2;
/** Heads are black or dark, so that lamps stand out: minimum ratio of the lamp's brightness to its surroundings. */
const CONTRAST = 1.25;

/**
 * @param box of the signal's head, pixels of the picture
 * @returns undefined where the colours do not decide: too small, too dark, another colour as strong
 */
export function lampOf({ width, height, pixels }: Raster, box: Box): Lamp | undefined {
  const [x0, y0, x1, y1] = clip(box, width, height).map(Math.round) as [number, number, number, number];
  const lit: Record<Lamp, Lit> = { red: { ...NONE }, amber: { ...NONE }, green: { ...NONE } };
  const rest = { sum: 0, pixels: 0 };
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const at = (y * width + x) * 4;
      const [hue, saturation, value] = hsv(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!);
      const lamp =
        value >= MIN_VALUE && saturation >= MIN_SATURATION
          ? HUES.find(([, from, to]) => within(hue, from, to))?.[0]
          : undefined;
      const entry = lamp ? lit[lamp] : rest;
      entry.sum += value;
      entry.pixels++;
      if (lamp) lit[lamp].light += value * saturation;
    }
  }
  const [best, ...others] = LAMPS.toSorted((a, b) => lit[b].light - lit[a].light) as [Lamp, ...Lamp[]];
  const { light, sum, pixels: area } = lit[best];
  const other = others.reduce((all, lamp) => all + lit[lamp].light, 0);
  const whole = (x1 - x0) * (y1 - y0);
  if (light < Math.max(1, MIN_SHARE * whole) || light < CLEARLY * other || area > MAX_SHARE * whole)
    return undefined;
  return sum / area >= CONTRAST * (rest.sum / Math.max(1, rest.pixels)) ? best : undefined;
}

interface Lit {
  /** Sum of value times saturation. */
  light: number;
  /** Sum of values. */
  sum: number;
  pixels: number;
}
const NONE: Lit = { light: 0, sum: 0, pixels: 0 };
const LAMPS = ['red', 'amber', 'green'] as const;

const within = (hue: number, from: number, to: number) =>
  (hue >= from && hue < to) || (hue + 360 >= from && hue + 360 < to);
