/** Case 3 on its sample: visits told against those that were, and how well the faces in it can be told apart at all. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { ClipSchema, TruthSchema, type Truth } from '../../../scenes/truth/schema.ts';
import { thresholdFor, type OutRecordOf } from '../../../contract/index.ts';
import { iou } from '../../../workers/camera/vision/geometry/boxes.ts';
import { averageOf } from '../../../workers/camera/vision/faces/descriptors.ts';
import { similarity as similarityOf } from '../../../workers/camera/vision/faces/face-similarity.ts';
import type { Observation } from '../../lab/observation.ts';
import type { Run } from '../../lab/page.ts';
import { visitScores, type TrueVisit, type VisitScores } from '../metrics/visits.ts';
import { operatingPoint, pairScores, rankOne } from '../metrics/verification.ts';
import { markdownTable, roundedAll } from '../report.ts';
import type { EvalContext } from '../set.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../public/samples');
/** Longer than any clip: no visitor is forgotten during the measurement. */
const RETENTION_DAYS = 30;

export interface RepeatVisitsResult extends VisitScores {
  /** Passages of whom at least one descriptor was read, and of these, those of people who pass more than once. */
  passages: number;
  returning: number;
  /** Of the returning, the share whose most similar other passage is their own. */
  rank1: number;
  /** The same, and similar enough at the threshold for FAR 1 % that the camera carries (not fitted to this clip). */
  rank1AtFar01: number;
  /** Same pairs of passages recognised where 1 % of this clip's different pairs are accepted. */
  tar01: number;
}

/** The models as the site's page asks for them (`src/app/settings.svelte.ts`). */
const engines = (threads: number): Required<Pick<Run, 'engine' | 'readers'>> => ({
  engine: { role: 'faces', model: 'blazeface', backend: 'wasm', threads, longSide: 384 },
  readers: [{ role: 'face-descriptor', model: 'face-descriptor', backend: 'wasm', threads }],
});

/** Day of each passage and the days since the one before, by identity. */
function trueVisits({ passages }: Pick<Truth, 'passages'>): TrueVisit[] {
  return passages.map((passage) => {
    const before = passages.findLast((p) => p.identity === passage.identity && p.day < passage.day);
    return { ...passage, ...(before && { daysSinceLast: passage.day - before.day }) };
  });
}

/** A template for each true passage from the descriptors that were read of it. */
function templatesOf(truth: Truth, observations: readonly Observation[]) {
  const byPassage = new Map<string, Float32Array[]>();
  for (const { timeS, faces } of observations) {
    const frame = truth.frames[Math.round(timeS * truth.fps)];
    for (const { box, descriptor } of faces) {
      const nearest = frame?.objects
        .flatMap((object) => (object.face ? [{ id: object.id, overlap: iou(box, object.face.box) }] : []))
        .sort((a, b) => b.overlap - a.overlap)[0];
      if (!nearest || nearest.overlap < 0.2) continue;
      byPassage.set(nearest.id, [...(byPassage.get(nearest.id) ?? []), Float32Array.from(descriptor)]);
    }
  }
  return truth.passages.flatMap(({ id, identity }) => {
    const read = byPassage.get(id);
    return read ? [{ identity, template: averageOf(read) }] : [];
  });
}

export function identification(
  passages: readonly { readonly identity: string; readonly template: Float32Array }[],
  compare: (a: Float32Array, b: Float32Array) => number = (a, b) => similarityOf(a, b),
): Omit<RepeatVisitsResult, keyof VisitScores> {
  const ids = passages.map(({ identity }) => identity);
  const similarity = (a: number, b: number) => compare(passages[a]!.template, passages[b]!.template);
  const threshold = thresholdFor(1, 0.01);
  const returning = ids.filter((id, i) => ids.some((other, j) => i !== j && id === other)).length;
  // A person who passes only once has no other passage to match.
  const share = (rank: number) => (rank * ids.length) / returning;
  const scores = pairScores(ids, similarity);
  return {
    passages: ids.length,
    returning,
    rank1: share(rankOne(ids, similarity)),
    rank1AtFar01: share(
      rankOne(ids, (a, b) => (similarity(a, b) >= threshold ? similarity(a, b) : -Infinity)),
    ),
    tar01: operatingPoint(scores, 0.01).tar,
  };
}

/** @param folder with clip, description and truth, which the laboratory serves at `url` */
export async function measureRepeatVisits(
  { lab, engine }: Pick<EvalContext, 'lab' | 'engine'>,
  folder = SAMPLES,
  url = '/samples',
): Promise<RepeatVisitsResult> {
  const read = (name: string): unknown => JSON.parse(readFileSync(resolve(folder, name), 'utf8'));
  const { file, days = [], durationS } = v.parse(ClipSchema, read('repeat-visits.json'));
  const truth = v.parse(TruthSchema, read('repeat-visits.truth.json'));
  const startsS = days.map(({ fromS }) => fromS).filter((fromS) => fromS < durationS);
  const { records, observations } = await (
    await lab()
  ).run({
    source: { video: `${url}/${file}` },
    ...engines(engine.threads),
    cases: [
      {
        case: 'repeat-visits',
        retentionDays: RETENTION_DAYS,
        days: { kind: 'clip', startsS, lengthS: durationS },
        keep: 'session',
        mistakenShare: 0.05,
      },
    ],
    observe: true,
  });
  const told = records.filter((record): record is OutRecordOf<'visit'> => record.type === 'visit');
  return roundedAll({
    ...visitScores(trueVisits(truth), told),
    ...identification(templatesOf(truth, observations)),
  });
}

export const repeatVisitsTable = (result: RepeatVisitsResult): string =>
  markdownTable(['repeat-visits', 'value'], Object.entries(result));
