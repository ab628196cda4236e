import { describe, expect, it } from 'vitest';
import { LineCounter, type LineSpec } from '../../../workers/vision/lines.ts';
import type { Detection } from '../../../workers/vision/detection.ts';
import { Tracker } from '../../../workers/vision/tracker.ts';

const picture = { width: 640, height: 360 };
/** Upright in the middle of the picture, from top to bottom: forward is to the left. */
const middle: LineSpec = { id: 'middle', a: [0.5, 0], b: [0.5, 1] };

const box = (cx: number, cy: number, w: number, h: number, label = 'person', score = 0.8): Detection => ({
  box: [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2],
  score,
  label,
});

/** Runs detections through tracker and counter at `fps`; what was counted, in words. */
function run(frames: readonly (readonly Detection[])[], fps: number, lines: readonly LineSpec[] = [middle]) {
  const tracker = new Tracker({ picture });
  const counter = new LineCounter(lines, { picture });
  const crossings = frames.flatMap((found, i) => counter.update(tracker.update(found, i / fps), i / fps));
  return [...crossings, ...counter.finish()];
}

/** Frames of one object on a straight way. */
const way = (
  from: readonly [number, number],
  to: readonly [number, number],
  frames: number,
  w: number,
  h: number,
  label = 'person',
) =>
  Array.from({ length: frames }, (_, i) => {
    const t = i / (frames - 1);
    return [box(from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, w, h, label)];
  });

const words = (crossings: ReturnType<typeof run>) =>
  crossings.map((c) => `${c.kind} ${c.direction} ${c.line}`);

describe('LineCounter on whole ways', () => {
  it.each([
    {
      says: 'a pedestrian from left to right counts once, backward',
      frames: way([200, 180], [440, 180], 40, 30, 80),
      fps: 10,
      counted: ['pedestrian backward middle'],
    },
    {
      says: 'the other way round it is forward',
      frames: way([440, 180], [200, 180], 40, 30, 80),
      fps: 10,
      counted: ['pedestrian forward middle'],
    },
    {
      says: 'who stops before the line does not count',
      frames: way([200, 180], [300, 180], 40, 30, 80),
      fps: 10,
      counted: [],
    },
    {
      says: 'a car that needs five frames for the whole picture counts at 5 frames a second',
      frames: way([80, 180], [560, 180], 5, 120, 60, 'car'),
      fps: 5,
      counted: ['car backward middle'],
    },
  ])('$says', ({ frames, fps, counted }) => {
    expect(words(run(frames, fps))).toEqual(counted);
  });
});
