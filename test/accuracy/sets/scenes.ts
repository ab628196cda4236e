/** The site's own sample clips, rendered with exact truth, each measured by what its case is for. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CASES, type CaseId, type CountingConfig, type OutRecord } from '../../../contract/index.ts';
import { crowdTable, measureCrowding } from '../cases/crowding.ts';
import { attributesTable, measureAttributes } from '../cases/attributes.ts';
import { measureStreetscape, streetTable } from '../cases/streetscape.ts';
import { measureTrajectories, trajectoriesTable } from '../cases/trajectories.ts';
import { measureRepeatVisits, repeatVisitsTable } from '../cases/repeat-visits.ts';
import { evalSet, type EvalContext } from '../set.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../public/samples');

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

export async function measureClip({ lab, engine }: EvalContext, clip: string): Promise<SceneResult> {
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

function countingTable(clip: string, { byDirection, error }: SceneResult): string {
  return [
    `| ${clip} (error ${error}) | expected | counted |`,
    '| --- | ---: | ---: |',
    ...Object.entries(byDirection).map(([key, p]) => `| ${key} | ${p.expected} | ${p.counted} |`),
  ].join('\n');
}

/** How one world's clip is measured. */
interface World<R extends object = object> {
  measure(context: EvalContext, clip: string): Promise<R>;
  /** The result in short, as Markdown. */
  table(clip: string, result: R): string;
}
const world = <R extends object>({ measure, table }: World<R>): World => ({
  measure,
  table: (clip, result) => table(clip, result as R),
});

/** By the clip's name in `public/samples`. */
const WORLDS: Readonly<Record<CaseId, World>> = {
  counting: world({ measure: measureClip, table: countingTable }),
  attributes: world({ measure: measureAttributes, table: attributesTable }),
  trajectories: world({ measure: measureTrajectories, table: trajectoriesTable }),
  'repeat-visits': world({
    measure: (context) => measureRepeatVisits(context),
    table: (_, result) => repeatVisitsTable(result),
  }),
  streetscape: world({ measure: measureStreetscape, table: streetTable }),
  crowding: world({ measure: measureCrowding, table: crowdTable }),
};

const scenesOf = (clips: readonly CaseId[]) =>
  evalSet<Record<string, object>>({
    async measure(context) {
      const results: Record<string, object> = {};
      for (const clip of clips) {
        const { measure } = WORLDS[clip];
        if (existsSync(resolve(SAMPLES, `${clip}.json`))) results[clip] = await measure(context, clip);
        else console.log(`skipped scenes.${clip}: not rendered; run: npm run scenes -- render ${clip}`);
      }
      return results;
    },
    table: (results) =>
      Object.entries(results)
        .map(([clip, result]) => WORLDS[clip as CaseId].table(clip, result))
        .join('\n\n'),
  });

export const SCENES = scenesOf(CASES);

/** One scene each, as `scenes.streetscape`. */
export const SINGLE_SCENES = Object.fromEntries(CASES.map((clip) => [`scenes.${clip}`, scenesOf([clip])]));
