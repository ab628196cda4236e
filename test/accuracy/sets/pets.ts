/**
 * PETS 2009 S3 Multiple Flow, view 1: 107 pictures at 7 a second of people crossing a road, with the truth of
 * github.com/antonmil/dctracking. Tracking and person detection, by the site's default detector and by YOLOX-Nano.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EngineChoice } from '../../../workers/contract.ts';
import type { Run } from '../../lab/page.ts';
import type { Laboratory } from '../../lab/server.ts';
import { detectionScores } from '../metrics/detections.ts';
import { parseMot, toFrames } from '../metrics/motchallenge.ts';
import { evaluateTracking } from '../metrics/tracking.ts';
import { markdownTable } from '../report.ts';
import { evalSet } from '../set.ts';
import { EVAL_DIR, MODEL_DIR } from '../shared.ts';

/** All values are shares of 1, but for the numbers of switches and identities. */
export interface PetsResult {
  hota: number;
  mota: number;
  idf1: number;
  idSwitches: number;
  /** Of the tracker's boxes, at IoU .5. */
  trackPrecision: number;
  trackRecall: number;
  /** Of the detector's person boxes, at confidence .3 and IoU .5. */
  precision: number;
  recall: number;
  identities: { truth: number; tracked: number };
  detA: number;
  assA: number;
}

const FOLDER = 'pets09_s3_mf1';
const FPS = 7;
const CONFIDENCE = 0.3;

const YOLOX = 'yolox-nano';
const YOLOX_FILE = 'onnx/yolox_nano.onnx';

async function measure(
  lab: Laboratory,
  engine: EngineChoice,
  modelFile?: Run['modelFile'],
): Promise<PetsResult> {
  const folder = resolve(EVAL_DIR, FOLDER);
  const names = readdirSync(resolve(folder, 'img'))
    .filter((name) => name.endsWith('.jpg'))
    .sort();
  const { observations } = await lab.run({
    source: { stills: names.map((name) => `/eval/${FOLDER}/img/${name}`), fps: FPS },
    engine,
    ...(modelFile && { modelFile }),
    cases: [{ case: 'counting', lines: [], zones: [], anchor: 'centre' }],
    observe: true,
  });
  if (observations.length !== names.length) {
    throw new Error(`${names.length} pictures went in, ${observations.length} came out`);
  }
  const truth = toFrames(parseMot(readFileSync(resolve(folder, 'gt/gt.txt'), 'utf8')), names.length);
  const people = observations.map(({ tracks }) =>
    tracks.filter(({ label }) => label === 'person').map(({ id, box }) => ({ id: id!, box })),
  );
  const tracking = evaluateTracking(truth, people);
  const detection = detectionScores(
    truth,
    observations.map(({ detections }) => detections.filter(({ label }) => label === 'person')),
    { minScore: CONFIDENCE },
  );
  const share = (value: number) => Math.round(value * 1000) / 1000;
  return {
    hota: share(tracking.hota),
    mota: share(tracking.mota),
    idf1: share(tracking.idf1),
    idSwitches: tracking.idSwitches,
    trackPrecision: share(tracking.precision),
    trackRecall: share(tracking.recall),
    precision: share(detection.precision),
    recall: share(detection.recall),
    identities: { truth: tracking.truthIds, tracked: tracking.resultIds },
    detA: share(tracking.detA),
    assA: share(tracking.assA),
  };
}

/** By detector; YOLOX-Nano only where `INCAM_MODEL_DIR` has it. */
export const PETS = evalSet<Record<string, PetsResult>>({
  folder: FOLDER,
  async measure({ lab, engine }) {
    const laboratory = await lab();
    const results: Record<string, PetsResult> = { [engine.model]: await measure(laboratory, engine) };
    if (existsSync(resolve(MODEL_DIR, YOLOX_FILE))) {
      const card = JSON.parse(
        readFileSync(resolve(import.meta.dirname, `../../../models/cards/${YOLOX}.json`), 'utf8'),
      );
      results[YOLOX] = await measure(
        laboratory,
        { ...engine, model: YOLOX },
        { url: `/optional/${YOLOX_FILE}`, card },
      );
    } else console.log(`skipped pets.${YOLOX}: no ${YOLOX_FILE} in ${MODEL_DIR} (set INCAM_MODEL_DIR)`);
    return results;
  },
  table: (results) =>
    markdownTable(
      ['pets', 'HOTA', 'MOTA', 'IDF1', 'switches', 'precision', 'recall', 'track precision', 'track recall'],
      Object.entries(results).map(([detector, r]) => [
        detector,
        r.hota,
        r.mota,
        r.idf1,
        r.idSwitches,
        r.precision,
        r.recall,
        r.trackPrecision,
        r.trackRecall,
      ]),
    ),
});
