/** Agreement of projected boxes with rendered silhouettes. */
import { iou } from '../truth/boxes.ts';
import type { Box } from '../truth/schema.ts';
import type { WorldPlan } from '../worlds/plan.ts';

/** Minimum agreement (IoU) of boxes and silhouettes. */
const MIN_IOU = 0.95;
/** Shorter sides of boxes are not compared, pixels: silhouettes are counted in whole pixels, of which each border may lose half. */
const MIN_SIDE = 30;

/** The compared parts of an outline. */
interface Outlined {
  id: string;
  box: Box | null;
  alone: Box | null;
}

export interface Agreement {
  /** Number of compared boxes. */
  count: number;
  mean: number;
  min: number;
  /** Boxes below the minimum IoU, worst first. */
  poor: { id: string; frame: number; value: number }[];
}

/** Compares projected boxes with silhouettes; `frames` are the frames' numbers. */
export function agreementOf(
  { width, height }: WorldPlan,
  frames: readonly number[],
  outlines: readonly (readonly Outlined[])[],
): Agreement {
  const values = outlines
    .flatMap((measured, i) =>
      measured.flatMap(({ id, box, alone }) => {
        // Boxes that reach beyond the picture have no complete silhouette.
        const whole = box && alone && box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
        const large = box && Math.min(box[2] - box[0], box[3] - box[1]) >= MIN_SIDE;
        return whole && large ? [{ id, frame: frames[i]!, value: iou(box, alone) }] : [];
      }),
    )
    .sort((a, b) => a.value - b.value);
  return {
    count: values.length,
    mean: values.reduce((sum, { value }) => sum + value, 0) / values.length,
    min: values[0]?.value ?? 0,
    poor: values.filter(({ value }) => value < MIN_IOU),
  };
}

export const sayAgreement = ({ count, mean, min }: Agreement, frames: number): string =>
  `${count} boxes in ${frames} frames: IoU with silhouettes mean ${mean.toFixed(3)}, least ${min.toFixed(3)}`;
