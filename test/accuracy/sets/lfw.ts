/**
 * Labelled Faces in the Wild (Huang et al., 2007; research use): 10 people, 10 photos each, so 450 pairs of the same and
 * 4500 of different people. How well descriptors of single pictures tell them apart, as the camera makes them; and a
 * table of other ways, which shows what the choice rests on. These ten are well-known men; how often strangers of other
 * groups are mistaken is measured on UTKFace, at the threshold that the camera carries.
 *
 * Boxes come from the site's default face detector; of several faces, the one nearest the middle is meant.
 */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { thresholdFor } from '../../../contract/index.ts';
import type { Picture } from '../../../workers/camera/frames/frame.ts';
import { createDescriptorReader } from '../../../workers/camera/inference/faces.ts';
import { centreOf } from '../../../workers/camera/vision/geometry/boxes.ts';
import { averageOf, cosine } from '../../../workers/camera/vision/faces/descriptors.ts';
import { similarity } from '../../../workers/camera/vision/faces/face-similarity.ts';
import type { Detection } from '../../../workers/camera/vision/geometry/detection.ts';
import {
  chipOf,
  cropOf,
  passes,
  viewOf,
  type Face,
  type FaceCrop,
} from '../../../workers/camera/vision/faces/faces.ts';
import { auc, equalErrorRate, operatingPoint, pairScores, rankOne } from '../metrics/verification.ts';
import { cardOf, nativeDetector, nativeEngine, readPhoto, untimed } from '../native.ts';
import { markdownTable, roundedAll } from '../report.ts';
import { evalSet } from '../set.ts';
import { EVAL_DIR, missing } from '../shared.ts';
import { describeFaces, groupsOf, similarities, type DescribedFace } from '../strangers.ts';

/** Shares of 1, but for the numbers of pictures and the threshold. */
export interface Verification {
  pictures: number;
  /** Same pairs recognised at the threshold that accepts 1 % and .1 % of different pairs. */
  tar01: number;
  tar001: number;
  auc: number;
  eer: number;
  rank1: number;
  /** Similarity from which on two pictures count as one person, at 1 %. */
  threshold01: number;
}

/** Strangers of one group. Shares of 1. */
export interface StrangersResult {
  faces: number;
  pairs: number;
  /** Taken for one person at the threshold that the camera carries for one person held. */
  far: number;
  /** The same at the threshold that accepts 1 % of LFW's different pairs: what a threshold fitted to ten men would do. */
  farAtLfw: number;
  /** The same with the cosine in place of the camera's similarity. */
  farAtLfwOfCosine: number;
}

/** The camera's own way, and the others by name. */
export interface LfwResult extends Verification {
  detected: number;
  /** The threshold that the camera carries for one person held, fitted to the worst group; TAR and FAR of LFW at it. */
  carried: { threshold: number; tar: number; far: number };
  variants: Record<string, Verification>;
  /** By group; the adults' are those the threshold was fitted to. Absent without UTKFace. */
  strangers?: { adults: Record<string, StrangersResult>; children: Record<string, StrangersResult> };
}

const FOLDER = 'lfw_10x10';

interface Way {
  readonly cut?: (face: Face) => FaceCrop;
  readonly compare?: Compare;
}

type Compare = (a: Float32Array, b: Float32Array) => number;

/** As the camera does. */
const ownWay: Compare = (a, b) => similarity(a, b);

const scaled =
  (factor: number) =>
  (face: Face): FaceCrop => {
    const chip = chipOf(face);
    return { ...chip, side: factor * chip.side };
  };

/** Each changes one thing of the camera's own way. */
const VARIANTS: Readonly<Record<string, Way>> = {
  'cosine, not normalised by a cohort': { compare: cosine },
  'box, not eyes and mouth': { cut: (face) => cropOf(face, { scale: 1.16, raise: 0 }) },
  'not turned upright': { cut: (face) => ({ ...chipOf(face), roll: 0 }) },
  'crop .9': { cut: scaled(0.9) },
  'crop 1.1': { cut: scaled(1.1) },
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

export function verify(
  people: readonly string[],
  descriptors: readonly Float32Array[],
  compare = ownWay,
): Verification {
  const alike = (a: number, b: number) => compare(descriptors[a]!, descriptors[b]!);
  const scores = pairScores(people, alike);
  const at1 = operatingPoint(scores, 0.01);
  return {
    pictures: people.length,
    tar01: at1.tar,
    tar001: operatingPoint(scores, 0.001).tar,
    auc: auc(scores),
    eer: equalErrorRate(scores),
    rank1: rankOne(people, alike),
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

const shareFrom = (scores: readonly number[], threshold: number) =>
  scores.filter((score) => score >= threshold).length / scores.length;

/** How often strangers of each group are taken for one person. */
async function measureStrangers(threshold: number, lfw: { own: number; cosine: number }) {
  const { adults, children } = groupsOf(await describeFaces('utkface'));
  const results = (groups: Record<string, readonly DescribedFace[]>): Record<string, StrangersResult> =>
    Object.fromEntries(
      Object.entries(groups).map(([name, faces]) => {
        const scores = similarities(faces);
        const far = shareFrom(scores, threshold);
        const farAtLfw = shareFrom(scores, lfw.own);
        const farAtLfwOfCosine = shareFrom(similarities(faces, cosine), lfw.cosine);
        return [name, { faces: faces.length, pairs: scores.length, far, farAtLfw, farAtLfwOfCosine }];
      }),
    );
  return { adults: results(adults), children: results(children) };
}

export const LFW = evalSet<LfwResult>({
  folder: FOLDER,
  async measure() {
    const { portraits, missed } = await readPortraits();
    if (missed > 0) console.log(`lfw: no face found in ${missed} pictures, which are left out`);
    const engine = await nativeEngine('face-descriptor');
    const describe = async (cut?: Way['cut']) => {
      const reader = createDescriptorReader(cardOf('face-descriptor'), engine, cut);
      const descriptors: Float32Array[] = [];
      for (const { picture, face } of portraits)
        descriptors.push((await reader.read(picture, face, untimed)).descriptor);
      return descriptors;
    };
    const people = portraits.map(({ person }) => person);
    const own = await describe();
    const good = portraits.map(({ face, picture }) => passes(viewOf(face, picture)));
    const gated = <T>(all: readonly T[]) => all.filter((_, i) => good[i]);
    const variants: Record<string, Verification> = {
      'behind the quality gate': verify(gated(people), gated(own)),
      [`averages of ${TEMPLATE} pictures`]: templates(people, own),
    };
    for (const [name, { cut, compare }] of Object.entries(VARIANTS))
      variants[name] = verify(people, cut ? await describe(cut) : own, compare);
    await engine.release();
    const verification = verify(people, own);
    const threshold = thresholdFor(1, 1);
    const scores = pairScores(people, (a, b) => ownWay(own[a]!, own[b]!));
    const thresholds = { own: verification.threshold01, cosine: verify(people, own, cosine).threshold01 };
    const without = missing('utkface');
    if (without) console.log(`lfw: no strangers by group, ${without}`);
    return roundedAll({
      ...verification,
      detected: portraits.length,
      carried: {
        threshold,
        tar: shareFrom(scores.same, threshold),
        far: shareFrom(scores.different, threshold),
      },
      variants,
      ...(!without && { strangers: await measureStrangers(threshold, thresholds) }),
    });
  },
  table: ({ variants, strangers, carried, ...own }) =>
    [
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
      `carried threshold ${carried.threshold}: TAR ${carried.tar}, FAR ${carried.far} on LFW`,
      ...(strangers
        ? [
            markdownTable(
              [
                'strangers (UTKFace)',
                'faces',
                'pairs',
                'FAR, carried threshold',
                'FAR, LFW’s threshold',
                'FAR, LFW’s threshold, cosine',
              ],
              Object.entries({ ...strangers.adults, ...strangers.children }).map(([name, s]) => [
                name,
                s.faces,
                s.pairs,
                s.far,
                s.farAtLfw,
                s.farAtLfwOfCosine,
              ]),
            ),
          ]
        : []),
    ].join('\n\n'),
});
