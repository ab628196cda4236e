import type { CounterOptions } from '../../../../../../../workers/camera/cases/counting/vision/counter-options.ts';
import {
  LineCounter,
  type LineSpec,
} from '../../../../../../../workers/camera/cases/counting/vision/lines.ts';
import type { frames, Spot } from '../../../vision/tracks.ts';
import { PICTURE } from '../../../vision/world.ts';

/** Upright in the middle of the picture, from top to bottom: forward is to the left. */
export const middle: LineSpec = { id: 'middle', a: [0.5, 0], b: [0.5, 1] };
/** The middle is at x = 320. */
export const X = 320;

export function count(
  seen: ReturnType<typeof frames>,
  lines: readonly LineSpec[] = [middle],
  options: Partial<CounterOptions> = {},
) {
  const counter = new LineCounter(lines, { picture: PICTURE, ...options });
  return [...seen.flatMap(({ timeS, objects }) => counter.update(objects, timeS)), ...counter.finish()];
}

export const words = (crossings: ReturnType<typeof count>) =>
  crossings.map((c) => `${c.kind} ${c.direction}`);
export const walk = (t: number, from = 200, speed = 60): Spot => ({ x: from + speed * t, y: 180, vx: speed });
