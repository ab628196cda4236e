/** A world of boxes that move as told, and a detector that sees them as badly as told. */
import type { Box, Detection } from '../../../../../workers/camera/vision/geometry/detection.ts';
import { normal, random } from './rng.ts';

export const PICTURE = { width: 640, height: 360 };

export interface Actor {
  readonly label?: string;
  readonly width: number;
  readonly height: number;
  /**
   * Waypoints [seconds, centre x, centre y]; between them it moves straight. Not there before the first or after the
   * last.
   */
  readonly way: readonly (readonly [number, number, number])[];
  readonly score?: number;
  /** Ratio of its sizes at the end and at the beginning of its path. */
  readonly growth?: number;
  /** Times [from, to) when it is hidden. */
  readonly hidden?: readonly (readonly [number, number])[];
}

export interface Detector {
  readonly fps?: number;
  /** Share of detections missed at random. */
  readonly missed?: number;
  /** Standard deviation of every edge, as a share of the object's size. */
  readonly jitter?: number;
  readonly seed?: number;
  /** Boxes end at the picture's border, as a detector's do; what is less than a tenth visible is not seen. */
  readonly clipped?: boolean;
}

export interface Frame {
  readonly timeS: number;
  readonly found: Detection[];
  /** Which actor each detection is. */
  readonly actor: number[];
}

function place({ way, hidden }: Actor, timeS: number): [number, number] | undefined {
  if (hidden?.some(([from, to]) => timeS >= from && timeS < to)) return undefined;
  for (let i = 1; i < way.length; i++) {
    const [t0, x0, y0] = way[i - 1]!;
    const [t1, x1, y1] = way[i]!;
    if (timeS < t0 || timeS > t1) continue;
    const t = (timeS - t0) / (t1 - t0);
    return [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
  }
  return undefined;
}

/** Frames from 0 to the end of the longest path. */
export function film(actors: readonly Actor[], detector: Detector = {}): Frame[] {
  const { fps = 10, missed = 0, jitter = 0, seed = 1, clipped = true } = detector;
  const next = random(seed);
  const endS = Math.max(...actors.map((a) => a.way[a.way.length - 1]![0]));
  return Array.from({ length: Math.floor(endS * fps + 1e-9) + 1 }, (_, n) => {
    const timeS = n / fps;
    const found: Detection[] = [];
    const who: number[] = [];
    actors.forEach((actor, index) => {
      const at = place(actor, timeS);
      if (!at || next() < missed) return;
      const { label = 'person', score = 0.8, growth = 1, way } = actor;
      const scale = 1 + ((growth - 1) * (timeS - way[0]![0])) / (way[way.length - 1]![0] - way[0]![0]);
      const [width, height] = [actor.width * scale, actor.height * scale];
      const shake = () => jitter * Math.sqrt(width * height) * normal(next);
      const whole: Box = [
        at[0] - width / 2 + shake(),
        at[1] - height / 2 + shake(),
        at[0] + width / 2 + shake(),
        at[1] + height / 2 + shake(),
      ];
      const box = clipped ? visible(whole) : whole;
      if (!box) return;
      found.push({ label, score, box });
      who.push(index);
    });
    return { timeS, found, actor: who };
  });
}

function visible([x0, y0, x1, y1]: Box): Box | undefined {
  const box: Box = [
    Math.max(0, x0),
    Math.max(0, y0),
    Math.min(PICTURE.width, x1),
    Math.min(PICTURE.height, y1),
  ];
  const share = (Math.max(0, box[2] - box[0]) * Math.max(0, box[3] - box[1])) / ((x1 - x0) * (y1 - y0));
  return share >= 0.1 ? box : undefined;
}
