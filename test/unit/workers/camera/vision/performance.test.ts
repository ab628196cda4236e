import { describe, expect, it } from 'vitest';
import type { Detection } from '../../../../../workers/camera/vision/geometry/detection.ts';
import { LineCounter } from '../../../../../workers/camera/cases/counting/vision/lines.ts';
import { RiderMerger } from '../../../../../workers/camera/cases/counting/vision/riders.ts';
import { Tracker } from '../../../../../workers/camera/vision/tracking/tracker.ts';
import { random } from './rng.ts';

const LABELS = ['person', 'person', 'person', 'bicycle', 'car'];

/** Frames of `count` objects that drift about a picture with room for a thousand, a tenth of them missed. */
function crowd(count: number, frames: number): Detection[][] {
  const next = random(count);
  const side = Math.sqrt(count / 1000);
  const [width, height] = [1920 * side, 1080 * side];
  const objects = Array.from({ length: count }, () => ({
    label: LABELS[Math.floor(next() * LABELS.length)]!,
    x: next() * width,
    y: next() * height,
    vx: (next() - 0.5) * 10,
    vy: (next() - 0.5) * 6,
    size: 15 + next() * 20,
  }));
  return Array.from({ length: frames }, () =>
    objects.flatMap((o) => {
      o.x += o.vx;
      o.y += o.vy;
      if (o.x < 0 || o.x > width) o.vx = -o.vx;
      if (o.y < 0 || o.y > height) o.vy = -o.vy;
      if (next() < 0.1) return [];
      const box = [o.x - o.size / 2, o.y - o.size, o.x + o.size / 2, o.y + o.size] as const;
      return [{ label: o.label, score: 0.2 + 0.8 * next(), box }];
    }),
  );
}

/** The fastest of many frames, ms: what the work takes when nobody else has the processor. */
function fastest(count: number): { tracker: number; counting: number } {
  const tracker = new Tracker();
  const merger = new RiderMerger();
  const picture = { width: 1920, height: 1080 };
  const counter = new LineCounter([{ id: 'l', a: [0.5, 0], b: [0.5, 1] }], { picture });
  let best = { tracker: Infinity, counting: Infinity };
  crowd(count, 80).forEach((found, n) => {
    const t0 = performance.now();
    const tracks = tracker.update(found, n / 10);
    const t1 = performance.now();
    counter.update(merger.update(tracks), n / 10);
    const t2 = performance.now();
    if (n < 20) return;
    best = { tracker: Math.min(best.tracker, t1 - t0), counting: Math.min(best.counting, t2 - t1) };
  });
  return best;
}

describe('time a frame', () => {
  it('is under 10 ms for a thousand objects, and grows by no more than n^1.5', () => {
    const counts = [100, 300, 1000];
    fastest(300);
    const times = counts.map((count) => ({ count, ...fastest(count) }));
    for (const { count, tracker, counting } of times) {
      console.log(
        `${count} objects: tracker ${tracker.toFixed(2)} ms, riders and lines ${counting.toFixed(2)} ms`,
      );
    }
    const [, few, many] = times;
    expect(many!.tracker).toBeLessThan(10);
    const exponent = Math.log(many!.tracker / few!.tracker) / Math.log(many!.count / few!.count);
    expect(exponent).toBeLessThan(1.5);
  });
});
