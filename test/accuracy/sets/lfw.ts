/**
 * Labelled Faces in the Wild (Huang et al., 2007; research use): 10 people, 10 photos each, so 450 pairs of the same and
 * 4500 of different people. How well descriptors of single pictures tell them apart, as the camera makes them; and a
 * table of other crops, which shows what the choice rests on. Nothing is fitted to anyone.
 *
 * Boxes come from the site's default face detector; of several faces, the one nearest the middle is meant.
 */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Picture } from '../../../workers/camera/frames/frame.ts';
import { createDescriptorReader, type DescriptorOptions } from '../../../workers/camera/inference/faces.ts';
import { centreOf } from '../../../workers/camera/vision/geometry/boxes.ts';
import { averageOf, cosine } from '../../../workers/camera/vision/faces/descriptors.ts';
import type { Detection } from '../../../workers/camera/vision/geometry/detection.ts';
import { passes, viewOf } from '../../../workers/camera/vision/faces/faces.ts';
import { auc, equalErrorRate, operatingPoint, pairScores, rankOne } from '../metrics/verification.ts';
import { cardOf, nativeDetector, nativeEngine, readPhoto, untimed } from '../native.ts';
import { markdownTable, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';
import { EVAL_DIR } from '../shared.ts';

/** Shares of 1, but for the numbers of pictures and the threshold. */
export interface Verification {
  pictures: number;
  /** Same pairs recognised at the threshold that accepts 1 % and .1 % of different pairs. */
  tar01: number;
  tar001: number;
  auc: number;
  eer: number;
  rank1: number;
  /** Cosine from which on two pictures count as one person, at 1 %. */
  threshold01: number;
}

/** The camera's own way, and the others by name. */
export interface LfwResult extends Verification {
  detected: number;
  variants: Record<string, Verification>;
}

const FOLDER = 'lfw_10x10';

/** Each changes one thing of the camera's own way, but for the first: the box as the detector gives it. */
const VARIANTS: Readonly<Record<string, DescriptorOptions>> = {
  'bare box': { scale: 1, raise: 0, upright: false, mirrored: false },
  'not mirrored': { mirrored: false },
  'not turned upright': { upright: false },
  'not raised': { raise: 0 },
  'crop 1.0': { scale: 1 },
  'crop 1.2': { scale: 1.2 },
  'crop 1.6': { scale: 1.6 },
};
/** Pictures that make one template. */
const TEMPLATE = 3;

interface Portrait {
  readonly person: string;
  readonly picture: Picture;
  readonly face: Detection;
}

export async function readPortraits(): Promise<{ portraits: Portrait[]; missed: number }> {
  const detector = await nativeDetector('blazeface');
  const folder = resolve(EVAL_DIR, FOLDER, 'images');
  const portraits: Portrait[] = [];
  let missed = 0;
  for (const person of readdirSync(folder).sort()) {
    for (const file of readdirSync(resolve(folder, person)).sort()) {
      const picture = readPhoto(resolve(folder, person, file));
      const offCentre = ({ box }: Detection) => {
        const [x, y] = centreOf(box);
        return Math.hypot(x - picture.width / 2, y - picture.height / 2);
      };
      const found = await detector.detect(picture, untimed);
      const face = found.sort((a, b) => offCentre(a) - offCentre(b))[0];
      if (face) portraits.push({ person, picture, face });
      else missed++;
    }
  }
  await detector.release();
  return { portraits, missed };
}

export function verify(people: readonly string[], descriptors: readonly Float32Array[]): Verification {
  const similarity = (a: number, b: number) => cosine(descriptors[a]!, descriptors[b]!);
  const scores = pairScores(people, similarity);
  const at1 = operatingPoint(scores, 0.01);
  return {
    pictures: people.length,
    tar01: at1.tar,
    tar001: operatingPoint(scores, 0.001).tar,
    auc: auc(scores),
    eer: equalErrorRate(scores),
    rank1: rankOne(people, similarity),
    threshold01: at1.threshold,
  };
}

/** Each person's pictures in threes, in the order of their names, as a track gives several views of a passer-by. */
function templates(people: readonly string[], descriptors: readonly Float32Array[]) {
  const made: { person: string; descriptor: Float32Array }[] = [];
  for (const person of new Set(people)) {
    const own = descriptors.filter((_, i) => people[i] === person);
    for (let i = 0; i + TEMPLATE <= own.length; i += TEMPLATE)
      made.push({ person, descriptor: averageOf(own.slice(i, i + TEMPLATE)) });
  }
  return verify(
    made.map(({ person }) => person),
    made.map(({ descriptor }) => descriptor),
  );
}

export const LFW = evalSet<LfwResult>({
  folder: FOLDER,
  async measure() {
    const { portraits, missed } = await readPortraits();
    if (missed > 0) console.log(`lfw: no face found in ${missed} pictures, which are left out`);
    const engine = await nativeEngine('face-descriptor');
    const describe = async (options: DescriptorOptions) => {
      const reader = createDescriptorReader(cardOf('face-descriptor'), engine, options);
      const descriptors: Float32Array[] = [];
      for (const { picture, face } of portraits)
        descriptors.push((await reader.read(picture, face, untimed)).descriptor);
      return descriptors;
    };
    const people = portraits.map(({ person }) => person);
    const own = await describe({});
    const good = portraits.map(({ face, picture }) => passes(viewOf(face, picture)));
    const gated = <T>(all: readonly T[]) => all.filter((_, i) => good[i]);
    const variants: Record<string, Verification> = {
      'behind the quality gate': verify(gated(people), gated(own)),
      [`averages of ${TEMPLATE} pictures`]: templates(people, own),
    };
    for (const [name, options] of Object.entries(VARIANTS))
      variants[name] = verify(people, await describe(options));
    await engine.release();
    return roundedAll({ ...verify(people, own), detected: portraits.length, variants });
  },
  table: ({ variants, ...own }) =>
    markdownTable(
      ['lfw', 'pictures', 'TAR at FAR 1 %', 'TAR at FAR .1 %', 'AUC', 'EER', 'rank 1', 'threshold at 1 %'],
      Object.entries({ 'as the camera does it': own, ...variants }).map(([name, v]) => [
        name,
        v.pictures,
        v.tar01,
        v.tar001,
        v.auc,
        v.eer,
        v.rank1,
        v.threshold01,
      ]),
    ),
});
