/** Share of a sample clip's true events that a case reported, where the truth is a number of events. */
import * as v from 'valibot';
import type { CaseId, OutRecord } from '../../contract/index.ts';

/** True events of the clip, by the kinds that the case distinguishes. */
export type TrueCounts = Readonly<Record<string, number>>;

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const CountingTruth = v.looseObject({
  counts: v.record(v.string(), v.record(v.string(), v.record(v.string(), whole))),
});
const PassagesTruth = v.looseObject({ passages: v.array(v.looseObject({ id: v.string() })) });

/** The kind of event that a record reports; undefined for other records. */
function eventOf(record: OutRecord): string | undefined {
  if (record.type === 'count') return [record.line, record.kind, record.direction].join(' ');
  return record.type === 'attribute' ? 'passage' : undefined;
}

/**
 * @param sample the clip's description, as in `public/samples/<id>.json`
 * @param truth the clip's truth file
 * @returns undefined for cases without such a number
 */
export function trueCounts(id: CaseId, sample: unknown, truth: unknown): TrueCounts | undefined {
  if (id === 'counting') {
    const parsed = v.safeParse(CountingTruth, sample);
    if (!parsed.success) return undefined;
    return Object.fromEntries(
      Object.entries(parsed.output.counts).flatMap(([line, kinds]) =>
        Object.entries(kinds).flatMap(([kind, directions]) =>
          Object.entries(directions).map(([direction, n]) => [[line, kind, direction].join(' '), n] as const),
        ),
      ),
    );
  }
  if (id !== 'attributes') return undefined;
  const parsed = v.safeParse(PassagesTruth, truth);
  return parsed.success ? { passage: parsed.output.passages.length } : undefined;
}

/** Whether a case has such a number. */
export const hasCountError = (id: CaseId): boolean => id === 'counting' || id === 'attributes';

/** Whether the truth lies in the clip's truth file rather than in its description. */
export const needsTruthFile = (id: CaseId): boolean => id === 'attributes';

/**
 * Sum of the differences over all kinds of events, over the true events. A missing car and a surplus bicycle are two
 * errors.
 * @returns undefined without true events
 */
export function countError(truth: TrueCounts, records: readonly OutRecord[]): number | undefined {
  const told: Record<string, number> = {};
  for (const record of records) {
    const event = eventOf(record);
    if (event !== undefined) told[event] = (told[event] ?? 0) + 1;
  }
  const events = new Set([...Object.keys(truth), ...Object.keys(told)]);
  const wrong = [...events].reduce((sum, e) => sum + Math.abs((told[e] ?? 0) - (truth[e] ?? 0)), 0);
  const total = Object.values(truth).reduce((sum, n) => sum + n, 0);
  return total > 0 ? wrong / total : undefined;
}
