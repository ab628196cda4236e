/**
 * Checks a world: projected boxes must agree with rendered silhouettes, and everyone who crosses a line must do so
 * cleanly, or the clip's counts would be a matter of opinion.
 */
import { resolve } from 'node:path';
import { iou } from '../truth/boxes.ts';
import { motionOf } from '../truth/assemble.ts';
import { unclean } from '../truth/clean.ts';
import type { WorldPlan } from '../worlds/plan.ts';
import { framesOf } from '../worlds/plan.ts';
import { overridesOf } from './clip.ts';
import { openStudio } from './studio.ts';

/** Issue: boxes and silhouettes agree at least this well. */
const LEAST_IOU = 0.95;
/** @param samples how many frames are rendered for the comparison */
export async function check(plan: WorldPlan, samples: number): Promise<boolean> {
  const problems = unclean(plan, motionOf(plan));
  for (const problem of problems) console.log(problem);
  const studio = await openStudio(resolve(import.meta.dirname, '../.out'));
  const values: { id: string; frame: number; value: number }[] = [];
  try {
    await studio.call('open', plan.id, overridesOf(plan), 1);
    const count = framesOf(plan);
    for (let i = 0; i < samples; i++) {
      const frame = Math.floor(((i + 0.5) * count) / samples);
      const outlines = (await studio.call('frame', frame, '', true)) ?? [];
      for (const { id, box, alone } of outlines) {
        // Boxes that reach beyond the picture have no silhouette to be compared with.
        const whole =
          box && box[0] >= 0 && box[1] >= 0 && box[2] <= plan.width && box[3] <= plan.height && alone;
        if (whole) values.push({ id, frame, value: iou(box, alone) });
      }
    }
  } finally {
    await studio.close();
  }
  values.sort((a, b) => a.value - b.value);
  const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
  const poor = values.filter(({ value }) => value < LEAST_IOU);
  console.log(
    `${values.length} boxes in ${samples} frames: IoU with silhouettes mean ${mean.toFixed(3)}, least ${values[0]?.value.toFixed(3)}`,
  );
  for (const { id, frame, value } of poor) console.log(`${id} in frame ${frame}: ${value.toFixed(3)}`);
  return problems.length === 0 && poor.length === 0 && values.length > 0;
}
