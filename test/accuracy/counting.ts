/** Counting clips whose true counts are known: how many objects of each kind passed. */
import type { CountingConfig, EngineChoice, Kind, OutRecord } from '../../contract/index.ts';
import type { Laboratory } from '../lab/server.ts';
import type { Run } from '../lab/page.ts';
import { markdownTable } from './report.ts';

export type Counts = Partial<Record<Kind, number>>;

/** What of a run's records is the number of objects of a clip. */
export type Rule = 'forward' | 'backward' | 'both' | 'entered';

export interface CountingClip {
  id: string;
  source: Run['source'];
  config: Omit<CountingConfig, 'case'>;
  rule: Rule;
  expected: Counts;
}

export interface CountingResult {
  expected: Counts;
  counted: Counts;
  /** Crossings by line and direction, and entries by zone: `left forward car` -> 2. */
  detail: Record<string, number>;
  frames: number;
  /** Whether the camera said that there were too few pictures a second to count. */
  tooFew: boolean;
  /** Sum of |counted - expected| over kinds, divided by the expected objects. */
  error: number;
}

const add = (counts: Record<string, number>, key: string, by = 1) => (counts[key] = (counts[key] ?? 0) + by);

/** Sums the records of one run up. */
function tally(records: readonly OutRecord[], rule: Rule): Pick<CountingResult, 'counted' | 'detail'> {
  const detail: Record<string, number> = {};
  const counted: Record<string, number> = {};
  for (const record of records) {
    if (record.type !== 'count') continue;
    add(detail, `${record.line} ${record.direction} ${record.kind}`);
    if (rule === record.direction || rule === 'both') add(counted, record.kind);
  }
  // Zone records are running totals: the last one of each zone is the result.
  const zones = new Map(records.flatMap((r) => (r.type === 'zone' ? [[r.zone, r] as const] : [])));
  for (const [zone, { entered }] of zones) {
    for (const [kind, count] of Object.entries(entered)) {
      if (count > 0) add(detail, `${zone} entered ${kind}`, count);
      if (rule === 'entered' && count > 0) add(counted, kind, count);
    }
  }
  return { counted, detail };
}

function countError(expected: Counts, counted: Counts): number {
  const kinds = new Set([...Object.keys(expected), ...Object.keys(counted)] as Kind[]);
  const wrong = [...kinds].reduce((sum, k) => sum + Math.abs((counted[k] ?? 0) - (expected[k] ?? 0)), 0);
  const total = Object.values(expected).reduce((sum, n) => sum + n, 0);
  return total > 0 ? wrong / total : wrong;
}

async function countClip(lab: Laboratory, clip: CountingClip, engine: EngineChoice): Promise<CountingResult> {
  const { records } = await lab.run({
    source: clip.source,
    engine,
    cases: [{ case: 'counting', ...clip.config }],
    observe: false,
  });
  const { counted, detail } = tally(records, clip.rule);
  const ledger = records.findLast((record) => record.type === 'ledger');
  return {
    expected: clip.expected,
    counted,
    detail,
    frames: ledger ? ledger.frames.destroyed - ledger.frames.unseen : 0,
    tooFew: records.some((record) => record.type === 'fault' && record.code === 'too-few-pictures'),
    error: countError(clip.expected, counted),
  };
}

/** Counts clip after clip, and says how it goes. */
export async function countClips(
  lab: Laboratory,
  clips: readonly CountingClip[],
  engine: EngineChoice,
  title: string,
): Promise<Record<string, CountingResult>> {
  const results: Record<string, CountingResult> = {};
  for (const clip of clips) {
    const start = performance.now();
    const result = (results[clip.id] = await countClip(lab, clip, engine));
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    console.log(`${title}.${clip.id}: ${seconds} s, ${JSON.stringify(result.detail)}`);
  }
  return results;
}

const inWords = (counts: Counts) =>
  Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ') || 'nothing';

export const countTable = (results: Record<string, CountingResult>): string =>
  markdownTable(
    ['clip', 'expected', 'counted', 'frames', 'error', 'too few pictures'],
    Object.entries(results).map(([id, { expected, counted, frames, error, tooFew }]) => [
      id,
      inWords(expected),
      inWords(counted),
      frames,
      error,
      tooFew ? 'yes' : 'no',
    ]),
  );
