/** Tracks made by hand, for tests of what stands on the tracker. */
import type { Box } from '../../../workers/vision/detection.ts';
import { cutOf, type TrackedObject } from '../../../workers/vision/track.ts';
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

/** A track whose box is centred on (x, y), seen at `timeS`. */
export function track(timeS: number, spot: Spot, picture = PICTURE): TrackedObject {
  const { id = 1, x, y, width = 30, height = 80, vx = 0, vy = 0, label = 'person' } = spot;
  const { confirmed = true, named = true, lost = false, members, hits = 10 } = spot;
  const box: Box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  return {
    id,
    label,
    named,
    box,
    observed: box,
    score: 0.8,
    velocity: [vx, vy],
    confirmed,
    hits,
    firstSeenS: 0,
    lastSeenS: timeS,
    ageS: timeS,
    lost,
    cut: cutOf(box, picture),
    ...(members && { members }),
  };
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
