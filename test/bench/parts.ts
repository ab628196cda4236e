/**
 * `npm run bench -- --parts`: how long single parts of the camera take on this machine, by the clock. Each has a budget; what
 * takes longer is said, and the command fails. Unit tests hold only how the times grow, since clocks of busy machines lie.
 */
import { templateOf } from '../../workers/camera/cases/repeat-visits/vault/template.ts';
import { similarityTo } from '../../workers/camera/vision/faces/face-similarity.ts';
import { LineCounter } from '../../workers/camera/cases/counting/vision/lines.ts';
import { RiderMerger } from '../../workers/camera/cases/counting/vision/riders.ts';
import type { Detection } from '../../workers/camera/vision/geometry/detection.ts';
import { DESCRIPTOR_LENGTH } from '../../workers/camera/inference/faces.ts';
import { Tracker } from '../../workers/camera/vision/tracking/tracker.ts';
import { random } from '../unit/workers/camera/vision/rng.ts';

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

/** The fastest of many frames, ms: what tracking and counting take when nobody else has the processor. */
export function trackingMs(count: number): { tracker: number; counting: number } {
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

/** The fastest of a dozen comparisons of one descriptor with so many, ms. */
export function comparingMs(rows: number): number {
  const next = random(rows);
  const template = () => templateOf(Float32Array.from({ length: DESCRIPTOR_LENGTH }, () => next() - 0.5));
  const query = template();
  const held = Array.from({ length: rows }, template);
  const times = Array.from({ length: 12 }, () => {
    const start = performance.now();
    let best = -Infinity;
    const alike = similarityTo(query);
    for (const other of held) best = Math.max(best, alike(other));
    if (best === -Infinity) throw new Error('nothing was compared');
    return performance.now() - start;
  });
  return Math.min(...times);
}

export interface PartTime {
  readonly part: string;
  readonly ms: number;
  readonly budgetMs: number;
  readonly within: boolean;
}

/** Times of all parts with their budgets, ms. */
export function measureParts(): PartTime[] {
  trackingMs(300);
  const times: [string, number, number][] = [
    ['tracker, 1000 objects', trackingMs(1000).tracker, 10],
    ['vault, 10 000 descriptors', comparingMs(10_000), 5],
  ];
  return times.map(([part, ms, budgetMs]) => ({ part, ms, budgetMs, within: ms < budgetMs }));
}

/** One line a part, for the terminal. */
export const sayParts = (parts: readonly PartTime[]): string =>
  parts
    .map(
      ({ part, ms, budgetMs, within }) =>
        `${part}: ${ms.toFixed(2)} ms, ${within ? 'within' : 'OVER'} its budget of ${budgetMs} ms`,
    )
    .join('\n');
