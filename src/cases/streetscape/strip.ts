/** A map strip: the route, rotated to run from left to right. No tiles, no network. */
import { metresFrom, type Place } from './places.ts';

export interface Strip {
  /** Metres along and across (downwards) to the strip's own units, with the same scale. */
  project(place: Place): [x: number, y: number];
  readonly width: number;
  readonly height: number;
  /** Of north, degrees clockwise from the strip's upward direction. */
  readonly northDeg: number;
  /** A round length that fills about a fifth of the strip, metres, and in units. */
  readonly bar: { readonly metres: number; readonly length: number };
}

/** Units of the strip's longer side, and the free border around the way. */
const WIDTH = 480;
const BORDER = 28;
const MIN_HEIGHT = 84;
const MAX_HEIGHT = 150;
/** A vehicle that hardly moves does not fill the strip with its position's noise, metres. */
const MIN_SPAN_M = 40;

/** @returns undefined for no place at all */
export function stripOf(places: readonly Place[]): Strip | undefined {
  const [origin] = places;
  const end = places.at(-1);
  if (!origin || !end) return undefined;
  const [east, north] = metresFrom(origin, end);
  const turn = Math.hypot(east, north) > 1 ? Math.atan2(north, east) : 0;
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  const metres = (place: Place): [number, number] => {
    const [e, n] = metresFrom(origin, place);
    return [e * cos + n * sin, e * sin - n * cos];
  };
  const all = places.map(metres);
  const [left, right] = extent(all.map(([x]) => x));
  const [top, bottom] = extent(all.map(([, y]) => y));
  const span = Math.max(right - left, MIN_SPAN_M);
  const scale = Math.min(
    (WIDTH - 2 * BORDER) / span,
    (MAX_HEIGHT - 2 * BORDER) / Math.max(1e-9, bottom - top),
  );
  const height = Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, (bottom - top) * scale + 2 * BORDER));
  const [midX, midY] = [(left + right) / 2, (top + bottom) / 2];
  const barM = roundLength((WIDTH / scale) * 0.2);
  return {
    project: (place) => {
      const [x, y] = metres(place);
      return [WIDTH / 2 + (x - midX) * scale, height / 2 + (y - midY) * scale];
    },
    width: WIDTH,
    height,
    northDeg: (turn * 180) / Math.PI,
    bar: { metres: barM, length: barM * scale },
  };
}

const extent = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];

/** 1, 2 or 5 times a power of ten, at most `length`. */
function roundLength(length: number): number {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * (length >= 5 * power ? 5 : length >= 2 * power ? 2 : 1);
}
