/** How good each side's answers are, on the clip's truth. */
import type { Frame, SceneObject, Truth } from '../../../scenes/truth/schema.ts';
import {
  detectionScores,
  type Rates,
  type ScoredBox,
  type TruthBox,
} from '../../accuracy/metrics/detections.ts';
import { overlap } from '../../accuracy/metrics/frames.ts';
import type { FoundFace, FoundObject } from './sides.ts';

/**
 * Overlap from which a face counts as found. Lower than for objects, because the sides draw their boxes differently:
 * the truth frames forehead to chin, ours the middle of the face, theirs the head with a margin.
 */
export const FACE_IOU = 0.25;
export const OBJECT_IOU = 0.5;
/**
 * Minimum longer side of a face that counts, in pixels of the picture; smaller ones are neither expected nor errors.
 */
const MIN_FACE = 36;
/** Shorter sides of objects under this many pixels, or hidden by more than half, are not asked for. */
const MIN_OBJECT = 24;
const MAX_HIDDEN = 0.5;

const longer = ([x0, y0, x1, y1]: TruthBox['box']) => Math.max(x1 - x0, y1 - y0);
const shorter = ([x0, y0, x1, y1]: TruthBox['box']) => Math.min(x1 - x0, y1 - y0);

interface TrueFace extends TruthBox {
  readonly person: SceneObject['person'];
}

/** The faces of a frame; those too hard to find are marked to be ignored. */
export function trueFaces(frame: Frame, people: ReadonlyMap<string, SceneObject['person']>): TrueFace[] {
  return frame.objects.flatMap(({ id, face }) =>
    face
      ? [{ box: face.box, ignore: !face.seen || longer(face.box) < MIN_FACE, person: people.get(id) }]
      : [],
  );
}

const NAMES: Readonly<Record<string, string>> = {
  pedestrian: 'person',
  bicycle: 'bicycle',
  car: 'car',
  bus: 'bus',
  truck: 'truck',
  motorcycle: 'motorcycle',
};
/** What the comparison is about; other things that a detector names are not held against it. */
const COMPARED: readonly string[] = ['person', 'bicycle', 'car'];

/** The objects of a frame as detectors name them: a bicycle with its rider is a bicycle and a person. */
export function trueObjects(frame: Frame, kinds: ReadonlyMap<string, string>): TruthBox[] {
  const asked = (label: string | undefined, part: Pick<Frame['objects'][number], 'seen' | 'occlusion'>) =>
    label && part.seen
      ? [
          {
            label,
            box: part.seen,
            ignore: part.occlusion > MAX_HIDDEN || shorter(part.seen) < MIN_OBJECT,
          },
        ]
      : [];
  return frame.objects.flatMap((object) => {
    const label = NAMES[kinds.get(object.id) ?? ''];
    const { parts } = object;
    return parts ? [...asked(label, parts.vehicle), ...asked('person', parts.rider)] : asked(label, object);
  });
}

export interface FaceQuality {
  readonly recall: number;
  readonly precision: number;
  /** Mean absolute error over the found faces that have an age, years. */
  readonly ageMae: number;
  /** Share of the found adults whose sex was told rightly, 0..1; not told counts as wrong. */
  readonly sexAccuracy: number;
  readonly faces: number;
}

/** @param found for each frame the faces found; in the order of `frames`, indices into the truth */
export function faceQuality(
  truth: Truth,
  frames: readonly number[],
  found: readonly (readonly FoundFace[])[],
): FaceQuality {
  const people = new Map(truth.objects.map(({ id, person }) => [id, person]));
  const there = frames.map((frame) => trueFaces(truth.frames[frame]!, people));
  const { precision, recall } = detectionScores(there, found, { minIou: FACE_IOU });
  const errors: number[] = [];
  const sexes: boolean[] = [];
  let faces = 0;
  there.forEach((list, i) => {
    for (const { box, ignore, person } of list) {
      if (ignore || !person) continue;
      faces++;
      const best = [...found[i]!].sort((a, b) => overlap(b.box, box) - overlap(a.box, box))[0];
      if (!best || overlap(best.box, box) < FACE_IOU) continue;
      if (best.age !== undefined) errors.push(Math.abs(best.age - person.age));
      if (person.age >= 20) sexes.push(best.sex === person.sex);
    }
  });
  return {
    recall,
    precision,
    ageMae: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    sexAccuracy: sexes.filter(Boolean).length / sexes.length,
    faces,
  };
}

type ObjectRates = Pick<Rates, 'precision' | 'recall' | 'truth'>;

export interface ObjectQuality {
  /** At the threshold that the side uses by itself. */
  readonly byLabel: Readonly<Record<string, ObjectRates>>;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** The best over all thresholds, so that no side gains or loses by where its own lies. */
  readonly bestF1: number;
}

const f1 = ({ precision, recall }: Pick<Rates, 'precision' | 'recall'>) =>
  (2 * precision * recall) / (precision + recall) || 0;

/** @param found for each frame the objects found; in the order of `frames`, indices into the truth */
export function objectQuality(
  truth: Truth,
  frames: readonly number[],
  found: readonly (readonly FoundObject[])[],
): ObjectQuality {
  const kinds = new Map(truth.objects.map(({ id, kind }) => [id, kind]));
  const there = frames.map((frame) => trueObjects(truth.frames[frame]!, kinds));
  const scored = (labels: readonly string[], minScore = 0) => {
    const of = <T extends TruthBox | ScoredBox>(lists: readonly (readonly T[])[]) =>
      lists.map((list) => list.filter(({ label }) => labels.includes(label ?? '')));
    return detectionScores(of(there), of(found), { minIou: OBJECT_IOU, minScore });
  };
  const all = scored(COMPARED);
  const byLabel = COMPARED.map((label) => {
    const { precision, recall, truth: count } = scored([label]);
    return [label, { precision, recall, truth: count }] as const;
  });
  const thresholds = found.flat().map(({ score }) => score);
  return {
    byLabel: Object.fromEntries(byLabel),
    precision: all.precision,
    recall: all.recall,
    f1: f1(all),
    bestF1: Math.max(0, ...thresholds.map((threshold) => f1(scored(COMPARED, threshold)))),
  };
}
