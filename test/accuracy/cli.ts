/**
 * `npm run eval -- --set intel,pets --out FILE.json`
 *
 * Runs the camera over clips with truth, headless and in exact mode, and writes what it measured:
 *   intel.<clip>.{expected,counted,detail,frames,error}
 *   pets.<detector>.{hota,mota,idf1,idSwitches,precision,recall,...}
 * `--clips FILE.json` measures footage of your own (an array of CountingClip; sources are paths beside the file).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineChoice } from '../../workers/contract.ts';
import { openLaboratory, type Laboratory } from '../lab/server.ts';
import { countClip, type CountingClip, type CountingResult } from './counting.ts';
import { INTEL } from './sets/intel.ts';
import { measurePets, type PetsResult } from './sets/pets.ts';
import { EVAL_DIR, missing, MODEL_DIR } from './shared.ts';

export interface EvalReport {
  intel?: Record<string, CountingResult>;
  pets?: Record<string, PetsResult>;
  clips?: Record<string, CountingResult>;
  /** Sets that were asked for and could not be measured, with the reason. */
  skipped?: Record<string, string>;
}

const SETS = ['intel', 'pets'] as const;
type SetName = (typeof SETS)[number];

const FOLDER: Record<SetName, string> = { intel: 'intel', pets: 'pets09_s3_mf1' };

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: SETS.join(',') },
    clips: { type: 'string' },
    out: { type: 'string' },
    model: { type: 'string', default: 'centernet-street' },
    threads: { type: 'string', default: '0' },
  },
});

function sets(): SetName[] {
  const names = values.set.split(',').filter((name) => name !== '');
  for (const name of names) {
    if (!SETS.includes(name as SetName)) throw new Error(`no set "${name}"; there are: ${SETS.join(', ')}`);
  }
  return names as SetName[];
}

const engine: EngineChoice = { model: values.model, backend: 'wasm', threads: Number(values.threads) };
const counts = (result: CountingResult) =>
  `counted ${JSON.stringify(result.counted)} of ${JSON.stringify(result.expected)} in ${result.frames} frames`;

async function countAll(lab: Laboratory, clips: readonly CountingClip[], title: string) {
  const results: Record<string, CountingResult> = {};
  for (const clip of clips) {
    const start = performance.now();
    const result = await countClip(lab, clip, engine);
    results[clip.id] = result;
    console.log(
      `${title}.${clip.id}: ${counts(result)}, ${((performance.now() - start) / 1000).toFixed(0)} s`,
    );
    console.log(`  ${JSON.stringify(result.detail)}`);
  }
  return results;
}

const mounts: Record<string, string> = { '/eval': EVAL_DIR, '/optional': MODEL_DIR };
const own = values.clips ? resolve(values.clips) : undefined;
if (own) mounts['/own'] = dirname(own);

const lab = await openLaboratory(mounts);
const report: EvalReport = {};
try {
  for (const set of own && values.set === SETS.join(',') ? [] : sets()) {
    const reason = missing(FOLDER[set]);
    if (reason) {
      console.log(`skipped ${reason}`);
      (report.skipped ??= {})[set] = reason;
    } else if (set === 'intel') report.intel = await countAll(lab, INTEL, 'intel');
    else report.pets = await measurePets(lab, engine);
  }
  if (own) {
    const clips = (JSON.parse(readFileSync(own, 'utf8')) as CountingClip[]).map((clip) => ({
      ...clip,
      source: 'video' in clip.source ? { video: `/own/${clip.source.video}` } : clip.source,
    }));
    report.clips = await countAll(lab, clips, 'clips');
  }
} finally {
  await lab.close();
}
if (values.out) {
  const folder = dirname(resolve(values.out));
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`written: ${values.out}`);
}
