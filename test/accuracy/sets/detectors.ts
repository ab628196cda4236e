/**
 * Detectors that had no part in the making of the sample clips, on frames decoded from them: whether the clips can be
 * read. The same detectors on photos of COCO say how much of that is the network's own doing.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { ClipSchema, TruthSchema, type Truth } from '../../../scenes/truth/schema.ts';
import type { Picture } from '../../../workers/camera/frames/frame.ts';
import type { Detector } from '../../../workers/camera/inference/engine.ts';
import { findables, isAskedSize, sizeOf, SUBJECTS, type Sizes, type Subject } from '../findables.ts';
import type { ScoredBox } from '../metrics/detections.ts';
import type { MetricBox } from '../metrics/frames.ts';
import { readability, type Findable, type Readability } from '../metrics/readable.ts';
import { missingModel, nativeDetector, readPhoto, untimed } from '../native.ts';
import { markdownTable, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';
import type { CaseId } from '../../../contract/index.ts';
import { EVAL_DIR, missing } from '../shared.ts';
import { openStills, type Stills } from '../stills.ts';
import { parseYolo } from './coco.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../public/samples');

/** Of the clips, pixels. */
const WIDTH = 960;
const CONFIDENCE = 0.3;
/** Time from one picture that is looked at to the next, seconds. */
const EVERY_S = 0.5;

const MODELS: Readonly<Record<string, readonly Subject[]>> = {
  'centernet-street': ['person', 'bicycle', 'car'],
  'yolox-nano': ['person', 'bicycle', 'car'],
  'yunet-n': ['face'],
  'rfb-320': ['face'],
  blazeface: ['face'],
};
/** What each clip shows large enough. */
const CLIPS: Readonly<Partial<Record<CaseId, readonly Subject[]>>> = {
  counting: ['person', 'bicycle', 'car'],
  streetscape: ['person', 'car'],
  trajectories: ['person'],
  crowding: ['person'],
  attributes: ['face'],
  'repeat-visits': ['face'],
};

/** By clip or `photos`, detector and subject. */
export type DetectorsResult = Record<string, Record<string, Partial<Record<Subject, Readability>>>>;

/** A picture and what is in it, by subject. */
interface Labelled {
  picture: Picture;
  /** Times the pixels of the picture gives those in which `there` and all sizes are measured. */
  scale: number;
  there: Readonly<Partial<Record<Subject, readonly Findable[]>>>;
}

type Measured = Partial<Record<Subject, Readability>>;

const scaled = ([x0, y0, x1, y1]: MetricBox, by: number): MetricBox => [x0 * by, y0 * by, x1 * by, y1 * by];

/** @param most size from which on nothing is asked for, by subject */
async function measure(
  detectors: ReadonlyMap<string, Detector>,
  subjects: readonly Subject[],
  pictures: AsyncIterable<Labelled> | Iterable<Labelled>,
  max: Sizes = {},
): Promise<Record<string, Measured>> {
  const truth: Labelled['there'][] = [];
  const found = new Map([...detectors].map(([id]) => [id, [] as (ScoredBox & { label: string })[][]]));
  for await (const { picture, scale, there } of pictures) {
    truth.push(there);
    for (const [id, detector] of detectors) {
      const all = await detector.detect(picture, untimed);
      found.get(id)!.push(all.map((one) => ({ ...one, box: scaled(one.box, scale) })));
    }
  }
  const one = (id: string, subject: Subject): Readability =>
    roundedAll(
      readability(
        truth.map((there) => there[subject] ?? []),
        found.get(id)!.map((all) => all.filter(({ label }) => label === subject)),
        { large: (box) => isAskedSize(subject, box, max) },
      ),
    );
  return Object.fromEntries(
    [...detectors.keys()].map((id) => [
      id,
      Object.fromEntries(
        subjects.filter((subject) => MODELS[id]!.includes(subject)).map((s) => [s, one(id, s)]),
      ),
    ]),
  );
}

async function* framesOf(
  stills: Stills,
  file: string,
  truth: Truth,
  subjects: readonly Subject[],
): AsyncGenerator<Labelled> {
  const step = Math.max(1, Math.round(EVERY_S * truth.fps));
  const frames = truth.frames.map((_, i) => i).filter((i) => i % step === 0);
  let at = 0;
  for await (const picture of stills.of(file, truth.fps, frames)) {
    const frame = truth.frames[frames[at++]!]!;
    const there = Object.fromEntries(subjects.map((s) => [s, findables(truth, frame, s)]));
    yield { picture, scale: 1, there };
  }
}

/** Photos with labels, measured as if they were as wide as the clips, for that is what reaches the networks. */
function* photos(folder: string, subjects: readonly Subject[], max: Sizes): Generator<Labelled> {
  for (const file of readdirSync(resolve(folder, 'labels')).sort()) {
    const picture = readPhoto(resolve(folder, 'images', file.replace(/\.txt$/, '.jpg')));
    const { width, height } = picture;
    const scale = WIDTH / Math.max(width, height);
    const text = readFileSync(resolve(folder, 'labels', file), 'utf8');
    const labels = parseYolo(text, width * scale, height * scale);
    const there = (subject: Subject): Findable[] =>
      labels
        .filter(({ label }) => label === subject)
        .map(({ box }) => ({ boxes: [box], asked: isAskedSize(subject, box, max) }));
    yield { picture, scale, there: Object.fromEntries(subjects.map((s) => [s, there(s)])) };
  }
}

/** @param sizes grows by what this clip asks for */
function noteSizes(sizes: Sizes, truth: Truth, subjects: readonly Subject[]): void {
  for (const frame of truth.frames)
    for (const subject of subjects)
      for (const { boxes, asked } of findables(truth, frame, subject))
        if (asked) sizes[subject] = Math.max(sizes[subject] ?? 0, sizeOf(subject, boxes[0]!));
}

/** Loads what is here of them, and says what is not. */
async function openDetectors(subjects: readonly Subject[]): Promise<Map<string, Detector>> {
  const open = new Map<string, Detector>();
  for (const [id, sees] of Object.entries(MODELS)) {
    if (!sees.some((subject) => subjects.includes(subject))) continue;
    const reason = missingModel(id);
    if (reason) console.log(`skipped detectors.*.${id}: ${reason}`);
    else open.set(id, await nativeDetector(id, { minScore: CONFIDENCE }));
  }
  return open;
}

const seeing = (open: ReadonlyMap<string, Detector>, subjects: readonly Subject[]): Map<string, Detector> =>
  new Map([...open].filter(([id]) => MODELS[id]!.some((subject) => subjects.includes(subject))));

const readJson = (name: string): unknown => JSON.parse(readFileSync(resolve(SAMPLES, name), 'utf8'));

async function measureAll(stills: Stills): Promise<DetectorsResult> {
  const open = await openDetectors(SUBJECTS);
  const results: DetectorsResult = {};
  const sizes: Sizes = {};
  for (const [clip, subjects] of Object.entries(CLIPS)) {
    if (!existsSync(resolve(SAMPLES, `${clip}.json`))) {
      console.log(`skipped detectors.${clip}: not rendered; run: npm run scenes -- render ${clip}`);
      continue;
    }
    const { file, truth: name } = v.parse(ClipSchema, readJson(`${clip}.json`));
    const truth = v.parse(TruthSchema, readJson(name));
    noteSizes(sizes, truth, subjects);
    const frames = framesOf(stills, resolve(SAMPLES, file), truth, subjects);
    results[clip] = await measure(seeing(open, subjects), subjects, frames);
  }
  const reason = missing('coco');
  if (reason) console.log(`skipped detectors.photos: ${reason}`);
  else {
    const subjects = SUBJECTS.filter((subject) => subject !== 'face');
    results['photos'] = await measure(
      seeing(open, subjects),
      subjects,
      photos(resolve(EVAL_DIR, 'coco'), subjects, sizes),
      sizes,
    );
  }
  await Promise.all([...open.values()].map((detector) => detector.release()));
  return results;
}

export const DETECTORS = evalSet<DetectorsResult>({
  async measure() {
    const stills = await openStills();
    try {
      return await measureAll(stills);
    } finally {
      await stills.close();
    }
  },
  table: (results) =>
    markdownTable(
      ['detectors', 'asked for', 'recall', 'wrong', 'precision', 'precision at all sizes'],
      Object.entries(results).flatMap(([clip, byDetector]) =>
        Object.entries(byDetector).flatMap(([id, bySubject]) =>
          Object.entries(bySubject).map(([subject, { asked, recall, wrong, precision, precisionAll }]) => [
            `${clip} ${subject} ${id}`,
            asked,
            recall,
            wrong,
            precision,
            precisionAll,
          ]),
        ),
      ),
    ),
});
