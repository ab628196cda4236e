/** The site's own sample clips, rendered with exact truth: how many crossed which line, by kind and direction. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CountingConfig, OutRecord } from '../../../workers/contract.ts';
import { evalSet, type EvalContext } from '../set.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../public/samples');
const CLIPS = ['counting'] as const;

/** What `public/samples/<clip>.json` says of the scene. */
interface Sample extends Pick<CountingConfig, 'lines' | 'zones' | 'calibration'> {
  file: string;
  /** line -> kind -> direction -> objects */
  counts: Record<string, Record<string, Record<string, number>>>;
}

interface Pair {
  expected: number;
  counted: number;
}

export interface SceneResult {
  frames: number;
  /** By line, kind and direction, such as `street car forward`. */
  byDirection: Record<string, Pair>;
  /** Sum of |counted - expected| over all of them, divided by the expected objects. */
  error: number;
}

const pairOf = (pairs: Record<string, Pair>, key: string) => (pairs[key] ??= { expected: 0, counted: 0 });

/** Holds what was counted against what is true. */
export function compareCounts(
  counts: Sample['counts'],
  records: readonly OutRecord[],
): SceneResult['byDirection'] {
  const pairs: Record<string, Pair> = {};
  for (const [line, kinds] of Object.entries(counts)) {
    for (const [kind, directions] of Object.entries(kinds)) {
      for (const [direction, n] of Object.entries(directions)) {
        pairOf(pairs, `${line} ${kind} ${direction}`).expected += n;
      }
    }
  }
  for (const record of records) {
    if (record.type === 'count') pairOf(pairs, `${record.line} ${record.kind} ${record.direction}`).counted++;
  }
  return pairs;
}

async function measureClip({ lab, engine }: EvalContext, clip: string): Promise<SceneResult> {
  const sample = JSON.parse(readFileSync(resolve(SAMPLES, `${clip}.json`), 'utf8')) as Sample;
  const { lines, zones, calibration } = sample;
  const { records } = await (
    await lab()
  ).run({
    source: { video: `/samples/${sample.file}` },
    engine,
    cases: [{ case: 'counting', lines, zones, anchor: 'centre', ...(calibration && { calibration }) }],
    observe: false,
  });
  const byDirection = compareCounts(sample.counts, records);
  const pairs = Object.values(byDirection);
  const wrong = pairs.reduce((sum, { expected, counted }) => sum + Math.abs(counted - expected), 0);
  const frames = records.findLast((record) => record.type === 'ledger')?.frames;
  return {
    frames: frames ? frames.destroyed - frames.unseen : 0,
    byDirection,
    error: Math.round((wrong / pairs.reduce((sum, { expected }) => sum + expected, 0)) * 1000) / 1000,
  };
}

export const SCENES = evalSet<Record<string, SceneResult>>({
  async measure(context) {
    const results: Record<string, SceneResult> = {};
    for (const clip of CLIPS) results[clip] = await measureClip(context, clip);
    return results;
  },
  table: (results) =>
    Object.entries(results)
      .map(([clip, { byDirection, error }]) =>
        [
          `| ${clip} (error ${error}) | expected | counted |`,
          '| --- | ---: | ---: |',
          ...Object.entries(byDirection).map(([key, p]) => `| ${key} | ${p.expected} | ${p.counted} |`),
        ].join('\n'),
      )
      .join('\n\n'),
});
