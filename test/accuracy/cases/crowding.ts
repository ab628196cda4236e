/**
 * Case 6: how many people were told each second against how many there were, on its sample and on PETS 2009. Mean
 * absolute error as a share of the true mean; the same for those who walk.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { ClipSchema, TruthSchema, type Truth } from '../../../scenes/truth/schema.ts';
import type { CrowdingConfig, CrowdRecord, EngineChoice } from '../../../contract/index.ts';
import type { Run, RunResult } from '../../lab/page.ts';
import type { Laboratory } from '../../lab/server.ts';
import { crowdScores, type CrowdScores } from '../metrics/crowd.ts';
import { parseMot, toFrames } from '../metrics/motchallenge.ts';
import { writeMosaics } from '../mosaics.ts';
import { markdownTable, roundedAll } from '../report.ts';
import type { EvalContext } from '../set.ts';
import { EVAL_DIR } from '../shared.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../public/samples');

/** The detector that the page of the case asks for. */
const MODEL = 'centernet-person';
const CONFIG = {
  case: 'crowding',
  everyS: 3,
  facility: 'walkway',
  style: 'figures',
  palette: 'calm',
} as const;

/** Pictures a second of the PETS sequence. */
const PETS_FPS = 7;
/** Maximum hidden share, and minimum height in pixels, of a person who counts. */
const MAX_HIDDEN = 0.75;
const MIN_PIXELS = 16;
/** Speed from which a person walks, metres a second; between the camera's own two thresholds. */
const WALKS_MPS = 0.4;

export interface CrowdResult {
  /** All people in the picture who are hidden to less than three quarters. */
  people: CrowdScores;
  /** Those in the area, by their feet; hidden or not. */
  area?: CrowdScores;
  /** Of the people, those who walk. */
  walking?: CrowdScores;
  /** The people without closer looks at far rows, and how much longer a frame takes with them. */
  wholeOnly: CrowdScores;
  closerLooks: number;
  timesAsLong: number;
}

/** How many there truly are in each frame. */
export function trueCrowd({ objects, frames, fps }: Truth, area?: string) {
  const pedestrians = new Set(objects.filter(({ kind }) => kind === 'pedestrian').map(({ id }) => id));
  const places = frames.map((frame) => new Map(frame.objects.map((o) => [o.id, o.floor])));
  const visible = frames.map((frame) =>
    frame.objects.filter(
      ({ id, seen, occlusion }) =>
        pedestrians.has(id) && seen && occlusion <= MAX_HIDDEN && seen[3] - seen[1] >= MIN_PIXELS,
    ),
  );
  const walks = (id: string, i: number): boolean => {
    const from = places[Math.max(0, i - fps)]?.get(id);
    const to = places[i]?.get(id);
    const seconds = Math.min(i, fps) / fps;
    return (
      !!from && !!to && seconds > 0 && Math.hypot(to[0] - from[0], to[1] - from[1]) / seconds >= WALKS_MPS
    );
  };
  return {
    people: visible.map((those) => those.length),
    walking: visible.map((those, i) => those.filter(({ id }) => walks(id, i)).length),
    area: frames.map(({ occupancy }) => (area ? (occupancy[area]?.pedestrian ?? 0) : 0)),
  };
}

const told = ({ records }: RunResult): CrowdRecord[] =>
  records.flatMap((record) => (record.type === 'crowd' ? [record] : []));
const people = ({ standing, moving }: CrowdRecord) => standing + moving;
const frameMs = ({ records }: RunResult) => records.findLast((r) => r.type === 'timing')?.frameMs.p50 ?? NaN;

interface Job {
  source: Run['source'];
  config: Omit<CrowdingConfig, keyof typeof CONFIG>;
  fps: number;
  /** By frame. */
  truth: { people: readonly number[]; walking?: readonly number[] };
  area?: { config: NonNullable<CrowdingConfig['area']>; truth: readonly number[] } | undefined;
}

async function measure(lab: Laboratory, engine: EngineChoice, job: Job): Promise<CrowdResult> {
  const run = (config: Job['config'], wholeOnly = false) =>
    lab.run({
      source: job.source,
      engine: { ...engine, model: MODEL },
      cases: [{ ...CONFIG, ...config }],
      wholeOnly,
      observe: false,
    });
  const score = (records: readonly CrowdRecord[], of: (r: CrowdRecord) => number, truth: readonly number[]) =>
    crowdScores(
      records.map((record) => ({ atS: record.atS, told: of(record) })),
      truth,
      job.fps,
    );
  const full = await run(job.config);
  const whole = await run(job.config, true);
  const inArea = job.area && (await run({ ...job.config, area: job.area.config }));
  const records = told(full);
  return roundedAll({
    people: score(records, people, job.truth.people),
    ...(inArea && { area: score(told(inArea), people, job.area!.truth) }),
    ...(job.truth.walking && { walking: score(records, ({ moving }) => moving, job.truth.walking) }),
    wholeOnly: score(told(whole), people, job.truth.people),
    closerLooks: records.reduce((sum, r) => sum + r.closerLooks, 0) / records.length,
    timesAsLong: frameMs(full) / frameMs(whole),
  });
}

/** On the sample of the case. */
export async function measureCrowding({ lab, engine }: EvalContext, clip: string): Promise<CrowdResult> {
  const read = (name: string): unknown => JSON.parse(readFileSync(resolve(SAMPLES, name), 'utf8'));
  const { file, zones, calibration, fps } = v.parse(ClipSchema, read(`${clip}.json`));
  const [zone] = zones;
  const truth = trueCrowd(v.parse(TruthSchema, read(`${clip}.truth.json`)), zone?.id);
  return measure(await lab(), engine, {
    source: { video: `/samples/${file}` },
    config: calibration ? { calibration } : {},
    fps,
    truth,
    area: zone && { config: { id: zone.id, points: zone.points }, truth: truth.area },
  });
}

/** On PETS 2009 S3 Multiple Flow, real people without a calibrated floor. */
export async function measurePetsCrowd({ lab, engine }: EvalContext): Promise<CrowdResult> {
  const folder = resolve(EVAL_DIR, 'pets09_s3_mf1');
  const names = readdirSync(resolve(folder, 'img'))
    .filter((name) => name.endsWith('.jpg'))
    .sort();
  const truth = toFrames(parseMot(readFileSync(resolve(folder, 'gt/gt.txt'), 'utf8')), names.length);
  const fps = PETS_FPS;
  return measure(await lab(), engine, {
    source: { stills: names.map((name) => `/eval/pets09_s3_mf1/img/${name}`), fps },
    config: {},
    fps,
    truth: { people: truth.map((boxes) => boxes.length) },
  });
}

/** Mosaics of PETS 2009 that are measured: pictures along each side. */
const MOSAICS = [2, 3];
/** Of each, so that it lasts for eight seconds. */
const MOSAIC_FRAMES = 56;

/** On mosaics of PETS 2009: many small people in many rows, as a crowd is seen from above. By pictures along each side. */
export async function measureMosaics({ lab, engine }: EvalContext): Promise<Record<string, CrowdResult>> {
  const results: Record<string, CrowdResult> = {};
  for (const n of MOSAICS) {
    const { names, people } = writeMosaics(n, MOSAIC_FRAMES);
    results[`mosaic-${n}x${n}`] = await measure(await lab(), engine, {
      source: { stills: names.map((name) => `/mosaics/${name}`), fps: PETS_FPS },
      config: {},
      fps: PETS_FPS,
      truth: { people },
    });
  }
  return results;
}

export const crowdTable = (title: string, result: CrowdResult): string =>
  markdownTable(
    [
      `${title} (${result.closerLooks.toFixed(1)} closer looks, ${result.timesAsLong.toFixed(1)} times as long)`,
      'seconds',
      'true mean',
      'error',
      'bias',
    ],
    (['people', 'area', 'walking', 'wholeOnly'] as const).flatMap((row) => {
      const scores = result[row];
      return scores ? [[row, scores.seconds, scores.mean, scores.error, scores.bias] as const] : [];
    }),
  );
