/**
 * PETS 2009 S3 Multiple Flow, view 1: 107 pictures at 7 a second of people crossing a road, with the truth of
 * github.com/antonmil/dctracking. Tracking and person detection, by the site's default detector and by YOLOX-Nano.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TrajectoriesConfig } from '../../../contract/index.ts';
import type { Observation } from '../../lab/observation.ts';
import type { Run } from '../../lab/page.ts';
import type { Laboratory } from '../../lab/server.ts';
import { listenTo } from '../cases/trajectories.ts';
import { detectionScores } from '../metrics/detections.ts';
import { floorError, type FloorError } from '../metrics/floor.ts';
import { groundOf, tsai } from '../metrics/tsai.ts';
import { parseMot, toFrames } from '../metrics/motchallenge.ts';
import { evaluateTracking } from '../metrics/tracking.ts';
import { markdownTable } from '../report.ts';
import { evalSet, type EvalContext } from '../set.ts';
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
  /** Of lines on the floor, metres (metrics/floor.ts): case 2's pipeline on the same detections. */
  floorErrorM: { median: number; p90: number };
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
  { engine, maxFps = FPS }: Pick<EvalContext, 'engine' | 'maxFps'>,
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
  const every = toFrames(parseMot(readFileSync(resolve(folder, 'gt/gt.txt'), 'utf8')), names.length);
  // With `--max-fps` only some are looked at, and the others not asked for.
  const truth = observations.map(({ timeS }) => every[Math.round(timeS * FPS)]!);
  // A camera takes every second or third picture, so its rate need not be met in full.
  const min = maxFps < FPS ? ((0.5 * maxFps) / FPS) * names.length : names.length;
  if (observations.length < min) {
    throw new Error(`${names.length} pictures went in, ${observations.length} came out`);
  }
  const people = observations.map(({ tracks }) =>
    tracks.filter(({ label }) => label === 'person').map(({ id, box }) => ({ id: id!, box })),
  );
  const tracking = evaluateTracking(truth, people);
  const detection = detectionScores(
    truth,
    observations.map(({ detections }) => detections.filter(({ label }) => label === 'person')),
    { minScore: CONFIDENCE },
  );
  const floor = floorErrorOn(folder, names.length, observations);
  const share = (value: number) => Math.round(value * 1000) / 1000;
  return {
    hota: share(tracking.hota),
    mota: share(tracking.mota),
    idf1: share(tracking.idf1),
    idSwitches: tracking.idSwitches,
    trackPrecision: share(tracking.precision),
    trackRecall: share(tracking.recall),
    floorErrorM: { median: share(floor.median), p90: share(floor.p90) },
    precision: share(detection.precision),
    recall: share(detection.recall),
    identities: { truth: tracking.truthIds, tracked: tracking.resultIds },
    detA: share(tracking.detA),
    assA: share(tracking.assA),
  };
}

/** A square on the ground, world metres, as a user would mark it; all of it is in the picture. */
const SQUARE = { x: -8, y: -8, side: 12 } as const;
const PICTURE = { width: 768, height: 576 } as const;

/**
 * Lines of case 2's pipeline, on a floor calibrated by four points, against the feet of the true boxes, taken to the ground by
 * the published camera, lens and all. (The file's own ground positions do not belong to its boxes: they run seven times as
 * fast.)
 */
function floorErrorOn(folder: string, frames: number, observations: readonly Observation[]): FloorError {
  const see = tsai(readFileSync(resolve(folder, 'View_001.xml'), 'utf8'));
  const corner = (dx: number, dy: number): [number, number] => {
    const [u, w] = see(1000 * (SQUARE.x + dx), 1000 * (SQUARE.y + dy), 0);
    return [u / PICTURE.width, w / PICTURE.height];
  };
  const { side } = SQUARE;
  const config: TrajectoriesConfig = {
    case: 'trajectories',
    zones: [],
    calibration: {
      points: [corner(0, 0), corner(side, 0), corner(side, side), corner(0, side)],
      widthM: side,
      depthM: side,
    },
    k: 3,
    everyS: 5,
  };
  const truth = toFrames(parseMot(readFileSync(resolve(folder, 'gt/gt.txt'), 'utf8')), frames);
  const { lines } = listenTo(config, observations, PICTURE);
  return floorError(lines.values(), (timeS) => {
    const people = truth[Math.round(timeS * FPS)];
    return (
      people &&
      new Map(
        people.map(({ id, box }) => {
          const [x, y] = groundOf(see, [(box[0] + box[2]) / 2, box[3]]);
          return [String(id), [x / 1000 - SQUARE.x, y / 1000 - SQUARE.y] as const];
        }),
      )
    );
  });
}

/** By detector; YOLOX-Nano only where `INCAM_MODEL_DIR` has it. */
export const PETS = evalSet<Record<string, PetsResult>>({
  folder: FOLDER,
  async measure({ lab, engine, maxFps }) {
    const laboratory = await lab();
    const results: Record<string, PetsResult> = {
      [engine.model]: await measure(laboratory, { engine, maxFps }),
    };
    if (existsSync(resolve(MODEL_DIR, YOLOX_FILE))) {
      const card = JSON.parse(
        readFileSync(resolve(import.meta.dirname, `../../../models/cards/${YOLOX}.json`), 'utf8'),
      );
      // It has one size, whatever the other's is.
      const { backend, threads } = engine;
      results[YOLOX] = await measure(
        laboratory,
        { engine: { model: YOLOX, backend, threads }, maxFps },
        { url: `/optional/${YOLOX_FILE}`, card },
      );
    } else console.log(`skipped pets.${YOLOX}: no ${YOLOX_FILE} in ${MODEL_DIR} (set INCAM_MODEL_DIR)`);
    return results;
  },
  table: (results) =>
    markdownTable(
      [
        'pets',
        'HOTA',
        'MOTA',
        'IDF1',
        'switches',
        'floor error, m',
        'precision',
        'recall',
        'track precision',
        'track recall',
      ],
      Object.entries(results).map(([detector, r]) => [
        detector,
        r.hota,
        r.mota,
        r.idf1,
        r.idSwitches,
        r.floorErrorM.median,
        r.precision,
        r.recall,
        r.trackPrecision,
        r.trackRecall,
      ]),
    ),
});
