/**
 * What of a detector's results a picture can give at all. A damaged model, or a runtime that was tampered with, gives scores of
 * a billion, boxes larger than the world and thousands of them: what comes after it (suppression, tracking, cutting out faces)
 * would take for ever on those, or believe them.
 */
import type { Box, Detection } from '../vision/geometry/detection.ts';

/** Most detections of one picture, the surest: far more than people who can be told apart at the sizes of model inputs. */
export const MAX_DETECTIONS = 2000;
/** Rounding lets a softmax exceed 1 by a hair. */
const MAX_SCORE = 1.001;
/** How far a box may reach beyond the model's input, as a share of its side: a person at the border is seen in part. */
const BEYOND = 1;

/**
 * @param found in pixels of the model's input
 * @returns those with a score of 0..1 and a box of finite corners in order, cut to twice the input around it; of too many the
 *   surest
 */
export function plausible(
  found: readonly Detection[],
  { width, height }: { width: number; height: number },
): Detection[] {
  const kept = found.flatMap((detection) => {
    const box = cut(detection.box, width, height);
    const { score, keypoints } = detection;
    return box && score >= 0 && score <= MAX_SCORE && arePoints(keypoints)
      ? [{ ...detection, box, score: Math.min(score, 1) }]
      : [];
  });
  if (kept.length <= MAX_DETECTIONS) return kept;
  return kept.sort((a, b) => b.score - a.score).slice(0, MAX_DETECTIONS);
}

function cut([x0, y0, x1, y1]: Box, width: number, height: number): Box | undefined {
  if (![x0, y0, x1, y1].every(Number.isFinite) || x1 < x0 || y1 < y0) return undefined;
  const across = (x: number) => Math.min(Math.max(x, -BEYOND * width), (1 + BEYOND) * width);
  const down = (y: number) => Math.min(Math.max(y, -BEYOND * height), (1 + BEYOND) * height);
  return [across(x0), down(y0), across(x1), down(y1)];
}

const arePoints = (points: Detection['keypoints']): boolean =>
  !points || points.every((point) => point.every(Number.isFinite));
