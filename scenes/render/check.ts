/**
 * Checks a world: projected boxes must agree with rendered silhouettes, and every crossing of a line must be clean, or
 * the clip's counts would be ambiguous.
 */
import { resolve } from 'node:path';
import { motionOf } from '../truth/assemble.ts';
import { unclean } from '../truth/clean.ts';
import type { WorldPlan } from '../worlds/plan.ts';
import { framesOf } from '../worlds/plan.ts';
import { agreementOf, sayAgreement } from './agreement.ts';
import { overridesOf } from './clip.ts';
import type { NamedOutline } from './stage.ts';
import { openStudio } from './studio.ts';

/** @param samples how many frames are rendered for the comparison */
export async function check(plan: WorldPlan, samples: number): Promise<boolean> {
  const problems = unclean(plan, motionOf(plan));
  for (const problem of problems) console.log(problem);
  const count = framesOf(plan);
  const frames = Array.from({ length: samples }, (_, i) => Math.floor(((i + 0.5) * count) / samples));
  const outlines: NamedOutline[][] = [];
  const studio = await openStudio(resolve(import.meta.dirname, '../.out'));
  try {
    await studio.call('open', plan.id, overridesOf(plan), 1);
    for (const frame of frames) outlines.push((await studio.call('frame', frame, '', true)) ?? []);
  } finally {
    await studio.close();
  }
  const agreement = agreementOf(plan, frames, outlines);
  console.log(sayAgreement(agreement, samples));
  for (const { id, frame, value } of agreement.poor)
    console.log(`${id} in frame ${frame}: ${value.toFixed(3)}`);
  return problems.length === 0 && agreement.poor.length === 0 && agreement.count > 0;
}
