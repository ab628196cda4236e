/**
 * `npm run eval -- --set scenes,detectors,faces,intel,pets,crowd,coco,fairface,utkface,lfw --out FILE.json`
 *
 * `scenes.counting` and the like are one scene alone. Measures the camera on footage and pictures with truth, headless and in exact mode, prints tables and writes:
 *   scenes.<clip>.{frames,byDirection.<line kind direction>.{expected,counted},error}
 *   scenes.crowding, pets-crowd, crowd.<mosaic-2x2|mosaic-3x3>:
 *     {people,area,walking,wholeOnly}.{seconds,mean,error,bias}, closerLooks, timesAsLong
 *   scenes.attributes.{expected,told,matched,countError,ageSaid,sexSaid,bandAccuracy,bandWithinOne,bandError,
 *     sexAccuracy,womenBias}
 *   scenes.trajectories.{floorErrorM.{median,p90},dwellErrorShare,visits,trips,present,hota,mota,idf1,idSwitches,...}
 *   scenes.{attributes,trajectories}.control.{without,with}: the same without disclosure control and with it
 *   detectors.<clip|photos>.<detector>.<person|bicycle|car|face>.{asked,matches,recall,wrong,precision,precisionAll}
 *   faces.<clip>.{visits,spearman,mae,sexRight,rank1,returning,readings[].{age,sex,identity,pictures,ageRead,male}}
 *   intel.<clip>.{expected,counted,detail,frames,error,tooFew}
 *   pets.<detector>.{hota,mota,idf1,idSwitches,precision,recall,floorErrorM.{median,p90},...}
 *   coco.<detector>.<person|bicycle|car|all>.{truth,found,matches,precision,recall,bySize.<pixels>.{the same}}
 *   fairface.{pictures,detected,all,unseen,byBand.<years>.{faces,yearsOutside,bias,inBand},byGroup.<group>}, where all,
 *     unseen and each group (ages, sexes, both) have {faces,yearsOutside,bias,inBand,bandTold,bandRight,bandWithinOne,
 *     adults,sexAccuracy,sexTold,sexRight,youngSexTold}
 *   utkface.{pictures,detected,mae,mae2059,spearman,byDecade.<years>.{count,mae,bias},sexAccuracy2059,
 *     byGroup.<group, race among them>.{as above}}
 *   lfw.{pictures,detected,tar01,tar001,auc,eer,rank1,threshold01,carried.{threshold,tar,far},variants.<name>.{the same},
 *     strangers.<adults|children>.<group>.{faces,pairs,far,farAtLfw,farAtLfwOfCosine}}
 *   chips.<unslowed|chip rate>.{maxFps,input,countError,floorErrorM,dwellErrorShare,visits,idf1,crowdError,crowdBias}
 * Each result's type, in `sets/`, says what the keys mean. Sets without their footage are left out and listed under
 * `skipped`. `--model` names the detector of intel, pets and coco, `--threads` the camera's.
 *
 * `--max-fps 5 --size 416x416` does as a camera of that rate and input size would: what a chip costs in accuracy, with
 * the figures that the feasibility page gives (a size only for models that take any).
 *
 * `--clips FILE.json` measures footage of your own (an array of CountingClip; sources are paths beside the file).
 * `--set fairface,utkface --fit` fits the face calibration that the camera carries anew, tests it, and writes what the page
 * shows of errors by group.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openLaboratory, type Laboratory } from '../lab/server.ts';
import { countClips, countTable, type CountingClip } from './counting.ts';
import type { EvalContext, EvalSet } from './set.ts';
import { SETS } from './sets/index.ts';
import { SINGLE_SCENES } from './sets/scenes.ts';
import { MOSAIC_DIR } from './mosaics.ts';
import { EVAL_DIR, missing, MODEL_DIR } from './shared.ts';
import { writeReport } from '../tools/write-report.ts';

const { values } = parseArgs({
  options: {
    set: { type: 'string' },
    clips: { type: 'string' },
    out: { type: 'string' },
    model: { type: 'string', default: 'centernet-street' },
    threads: { type: 'string', default: '0' },
    'max-fps': { type: 'string' },
    size: { type: 'string' },
    fit: { type: 'boolean', default: false },
  },
});

/** The sets asked for: all by default, none where only clips were. */
function chosenSets(): [string, EvalSet][] {
  const names = values.set?.split(',').filter((name) => name !== '');
  if (!names) return values.clips ? [] : Object.entries(SETS);
  return names.map((name) => {
    const set = SETS[name] ?? SINGLE_SCENES[name];
    if (!set) throw new Error(`no set "${name}"; there are: ${Object.keys(SETS).join(', ')}`);
    return [name, set];
  });
}

const ownClips = values.clips ? resolve(values.clips) : undefined;

function readClips(file: string): CountingClip[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as CountingClip[]).map((clip) => ({
    ...clip,
    source: 'video' in clip.source ? { video: `/own/${clip.source.video}` } : clip.source,
  }));
}

/** Of a camera on a slower chip. */
const maxFps = values['max-fps'] === undefined ? undefined : Number(values['max-fps']);
const [width, height] = values.size?.split('x').map(Number) ?? [];
if (maxFps !== undefined && !(maxFps > 0)) throw new Error(`--max-fps ${maxFps} is not above 0`);
if (values.size && !(width && height)) throw new Error(`--size ${values.size} is not like 512x288`);

const slowed = (lab: Laboratory): Laboratory =>
  maxFps === undefined ? lab : { ...lab, run: (run) => lab.run({ ...run, maxFps }) };

let laboratory: Promise<Laboratory> | undefined;
const context: EvalContext = {
  engine: {
    model: values.model,
    backend: 'wasm',
    threads: Number(values.threads),
    ...(width && height && { width, height }),
  },
  fit: values.fit,
  maxFps,
  lab: () =>
    (laboratory ??= openLaboratory({
      '/eval': EVAL_DIR,
      '/mosaics': MOSAIC_DIR,
      '/optional': MODEL_DIR,
      ...(ownClips && { '/own': dirname(ownClips) }),
    }).then(slowed)),
};

const report: Record<string, object> = {};
const skipped: Record<string, string> = {};
try {
  for (const [name, set] of chosenSets()) {
    const reason = set.folder && missing(set.folder);
    if (reason) {
      console.log(`skipped ${reason}`);
      skipped[name] = reason;
      continue;
    }
    const start = performance.now();
    const result = (report[name] = await set.measure(context));
    console.log(`\n${set.table(result)}\n\n${name}: ${((performance.now() - start) / 1000).toFixed(0)} s\n`);
  }
  if (ownClips) {
    const results = await countClips(await context.lab(), readClips(ownClips), context.engine, 'clips');
    report['clips'] = results;
    console.log(`\n${countTable(results)}\n`);
  }
} finally {
  await (await laboratory?.catch(() => undefined))?.close();
}
if (Object.keys(skipped).length > 0) report['skipped'] = skipped;
writeReport(report, values.out);
