/** Tracks made by hand, for tests of what stands on the tracker. */
import type { Box } from '../../../../../workers/camera/vision/geometry/detection.ts';
import { cutOf, UNCUT, type TrackedObject } from '../../../../../workers/camera/vision/tracking/track.ts';
import { PICTURE } from './world.ts';

export interface Spot {
  readonly id?: number;
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  readonly vx?: number;
  readonly vy?: number;
  readonly label?: string;
  readonly confirmed?: boolean;
  readonly named?: boolean;
  readonly lost?: boolean;
  readonly members?: readonly number[];
  readonly hits?: number;
}

/** A person the tracker is sure of, seen as this box at `timeS`; `part` says what else is so of it. */
export const person = (
  id: number,
  box: Box,
  timeS = 0,
  part: Partial<TrackedObject> = {},
): TrackedObject => ({
  id,
  label: 'person',
  named: true,
  box,
  observed: box,
  score: 0.8,
  velocity: [0, 0],
  confirmed: true,
  hits: 10,
  firstSeenS: 0,
  lastSeenS: timeS,
  ageS: timeS,
  lost: false,
  cut: UNCUT,
  ...part,
});

/** A track whose box is centred on (x, y), seen at `timeS`. */
export function track(timeS: number, spot: Spot, picture = PICTURE): TrackedObject {
  const { id = 1, x, y, width = 30, height = 80, vx = 0, vy = 0, ...part } = spot;
  const box: Box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  return person(id, box, timeS, { velocity: [vx, vy], cut: cutOf(box, picture), ...part });
}

/** Frames at `fps` from 0 to `endS`; `at` says who is where. */
export function frames(
  endS: number,
  fps: number,
  at: (timeS: number, frame: number) => readonly Spot[],
): { timeS: number; objects: TrackedObject[] }[] {
  return Array.from({ length: Math.round(endS * fps) + 1 }, (_, n) => {
    const timeS = n / fps;
    return { timeS, objects: at(timeS, n).map((spot) => track(timeS, spot)) };
  });
}
