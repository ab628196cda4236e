/**
 * What the carried face networks read from the faces of the entrance clips, frames decoded from them, person by person:
 * whether ages rise with the true ones, sexes read as such, and visits of one person look alike. It says that the clips can
 * be read, not how well the networks do among people: faces were shaped with their readings in view.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { ClipSchema, TruthSchema, type Truth } from '../../../scenes/truth/schema.ts';
import {
  createAgeReader,
  createDescriptorReader,
  createSexReader,
} from '../../../workers/camera/inference/faces.ts';
import { iou } from '../../../workers/camera/vision/geometry/boxes.ts';
import { averageOf } from '../../../workers/camera/vision/faces/descriptors.ts';
import { similarity } from '../../../workers/camera/vision/faces/face-similarity.ts';
import { ageErrors, spearman } from '../metrics/ages.ts';
import { rankOne } from '../metrics/verification.ts';
import { cardOf, nativeDetector, nativeEngine, untimed } from '../native.ts';
import { markdownTable, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';
import { openStills, type Stills } from '../stills.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../public/samples');
const CLIPS = ['attributes', 'repeat-visits'];

/** Time from one picture that is looked at to the next, seconds. */
const EVERY_S = 0.5;
/** Height of faces that are read, pixels, and how far they are turned at most, degrees. */
const MIN_HEIGHT = 40;
const MAX_YAW = 40;
/** Overlap of a face found with the one there is. */
const SAME_FACE = 0.4;

/** One visit; means over its pictures. */
interface Reading {
  readonly age: number;
  readonly sex: string;
  readonly identity: string;
  readonly pictures: number;
  readonly ageRead: number;
  /** 0..1 */
  readonly male: number;
}

export interface FacesResult {
  readonly visits: number;
  readonly spearman: number;
  /** Mean error, years. */
  readonly mae: number;
  readonly sexRight: number;
  /** Of visits of people who come again, those whose likest other visit is the same person's; NaN where none does. */
  readonly rank1: number;
  readonly returning: number;
  readonly readings: readonly Reading[];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const readJson = (name: string): unknown => JSON.parse(readFileSync(resolve(SAMPLES, name), 'utf8'));

async function openReaders() {
  return {
    finder: await nativeDetector('blazeface'),
    age: createAgeReader(cardOf('age'), await nativeEngine('age')),
    sex: createSexReader(cardOf('sex'), await nativeEngine('sex')),
    descriptor: createDescriptorReader(cardOf('face-descriptor'), await nativeEngine('face-descriptor')),
  };
}

/** By visit: what each of its pictures gave. */
export type Read = Map<string, { ages: number[]; males: number[]; descriptors: Float32Array[] }>;

async function readClip(
  stills: Stills,
  file: string,
  truth: Truth,
  { finder, age, sex, descriptor }: Awaited<ReturnType<typeof openReaders>>,
): Promise<Read> {
  const step = Math.round(EVERY_S * truth.fps);
  const frames = truth.frames.map((_, i) => i).filter((i) => i % step === 0);
  const read: Read = new Map();
  let at = 0;
  for await (const picture of stills.of(resolve(SAMPLES, file), truth.fps, frames)) {
    const { objects } = truth.frames[frames[at++]!]!;
    const found = await finder.detect(picture, untimed);
    for (const { id, face } of objects) {
      if (!face?.seen || face.box[3] - face.box[1] < MIN_HEIGHT || Math.abs(face.yawDeg) > MAX_YAW) continue;
      const [best] = found
        .filter(({ box }) => iou(box, face.box) >= SAME_FACE)
        .sort((a, b) => b.score - a.score);
      if (!best) continue;
      const visit = read.get(id) ?? { ages: [], males: [], descriptors: [] };
      visit.ages.push((await age.read(picture, best, untimed)).years);
      visit.males.push((await sex.read(picture, best, untimed)).male);
      visit.descriptors.push((await descriptor.read(picture, best, untimed)).descriptor);
      read.set(id, visit);
    }
  }
  return read;
}

/** @param truth who the visitors are */
export function judge(truth: Pick<Truth, 'objects'>, read: Read): FacesResult {
  const people = new Map(truth.objects.map(({ id, person }) => [id, person]));
  const visits = [...read].flatMap(([id, { ages, males, descriptors }]) => {
    const person = people.get(id);
    if (!person) return [];
    const { age, sex, identity } = person;
    const reading = { age, sex, identity, pictures: ages.length, ageRead: mean(ages), male: mean(males) };
    return [{ reading, descriptor: averageOf(descriptors) }];
  });
  const readings = visits.map(({ reading }) => reading).sort((a, b) => a.age - b.age);
  const pairs = readings.map(({ age, ageRead }) => ({ actual: age, estimated: ageRead }));
  const ids = visits.map(({ reading }) => reading.identity);
  const returning = ids.filter((id) => ids.indexOf(id) !== ids.lastIndexOf(id)).length;
  const right = rankOne(ids, (a, b) => similarity(visits[a]!.descriptor, visits[b]!.descriptor)) * ids.length;
  return {
    visits: readings.length,
    spearman: spearman(pairs),
    mae: ageErrors(pairs).mae,
    sexRight: readings.filter(({ sex, male }) => male > 0.5 === (sex === 'male')).length,
    rank1: right / returning,
    returning,
    readings,
  };
}

export const FACES = evalSet<Record<string, FacesResult>>({
  async measure() {
    const stills = await openStills();
    const readers = await openReaders();
    try {
      const results: Record<string, FacesResult> = {};
      for (const clip of CLIPS) {
        const { file, truth: name } = v.parse(ClipSchema, readJson(`${clip}.json`));
        const truth = v.parse(TruthSchema, readJson(name));
        results[clip] = roundedAll(judge(truth, await readClip(stills, file, truth, readers)));
      }
      return results;
    } finally {
      await stills.close();
      await Promise.all(Object.values(readers).map((reader) => reader.release()));
    }
  },
  table: (results) =>
    [
      markdownTable(
        ['faces', 'visits', 'Spearman', 'age MAE', 'sex right', 'rank-1', 'of'],
        Object.entries(results).map(([clip, r]) => [
          clip,
          r.visits,
          r.spearman,
          r.mae,
          r.sexRight,
          r.rank1,
          r.returning,
        ]),
      ),
      ...Object.entries(results).map(
        ([clip, { readings }]) =>
          `${clip}, true age read as: ${readings.map((r) => `${r.age} ${r.sex} ${Math.round(r.ageRead)}`).join(', ')}`,
      ),
    ].join('\n\n'),
});
