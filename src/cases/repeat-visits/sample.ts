/** The sample clip: several days, one cut after the other, with exact truth. */
import * as v from 'valibot';
import type { RetentionDays } from '../../../contract/index.ts';
import { SampleFile } from '../shared/source.ts';

export const VisitsSample = v.looseObject({
  ...SampleFile.entries,
  durationS: v.pipe(v.number(), v.minValue(1)),
  days: v.optional(v.array(v.looseObject({ fromS: v.pipe(v.number(), v.minValue(0)) })), []),
});
export type VisitsSample = v.InferOutput<typeof VisitsSample>;

/** One minute is one day, for sources without their own days. */
const LAPSE: RetentionDays = { kind: 'lapse', dayS: 60 };

/** @param sample the sample's description, only while it is the source */
export function lapseOf(sample: VisitsSample | undefined): RetentionDays {
  const startsS = (sample?.days ?? []).map(({ fromS }) => fromS).filter((fromS) => fromS < sample!.durationS);
  return sample && startsS.length > 0 ? { kind: 'clip', startsS, lengthS: sample.durationS } : LAPSE;
}
