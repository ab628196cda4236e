/**
 * Pairs of different people, by group: a second picture of nobody is needed to see how often strangers are taken for one
 * person. The groups are UTKFace's adults of one sex and, as its authors saw it, one race; children are shown apart, since
 * hardly any two of them are told apart.
 *
 * UTKFace holds some well-known people more than once, unlabelled: a few of its "strangers" are one person, and shares of
 * false matches of a few per mille are overstated.
 */
import { createDescriptorReader } from '../../workers/camera/inference/faces.ts';
import { similarity } from '../../workers/camera/vision/faces/face-similarity.ts';
import { eachFace, labelsOf, type FaceLabel } from './labelled-faces.ts';
import { cardOf, nativeEngine, untimed } from './native.ts';

/** Faces that make a group. */
const MIN_FACES = 30;
const MIN_ADULT = 20;

export interface DescribedFace extends FaceLabel {
  readonly descriptor: Float32Array;
}

export async function describeFaces(
  set: 'utkface' | 'fairface',
  labels: readonly FaceLabel[] = labelsOf(set),
): Promise<DescribedFace[]> {
  const engine = await nativeEngine('face-descriptor');
  const reader = createDescriptorReader(cardOf('face-descriptor'), engine);
  const described: DescribedFace[] = [];
  await eachFace(set, labels, async (label, picture, face, detected) => {
    // Without landmarks there is no telling where eyes and mouth are.
    if (!detected) return;
    described.push({ ...label, descriptor: (await reader.read(picture, face, untimed)).descriptor });
  });
  await engine.release();
  return described;
}

/** Similarities of all pairs; by default as the camera has them. */
export function similarities(
  faces: readonly DescribedFace[],
  of: (a: Float32Array, b: Float32Array) => number = (a, b) => similarity(a, b),
): number[] {
  return faces.flatMap(({ descriptor }, i) =>
    faces.slice(i + 1).map((other) => of(descriptor, other.descriptor)),
  );
}

/** Of adults by race and sex, largest groups first, and of children by sex. */
export function groupsOf(faces: readonly DescribedFace[]): {
  adults: Record<string, readonly DescribedFace[]>;
  children: Record<string, readonly DescribedFace[]>;
} {
  const by = (of: readonly DescribedFace[], name: (face: DescribedFace) => string) => {
    const groups = new Map<string, DescribedFace[]>();
    for (const face of of) groups.set(name(face), [...(groups.get(name(face)) ?? []), face]);
    return Object.fromEntries(
      [...groups]
        .filter(([, group]) => group.length >= MIN_FACES)
        .sort(([, a], [, b]) => b.length - a.length),
    );
  };
  const adults = faces.filter(({ from }) => from >= MIN_ADULT);
  return {
    adults: by(adults, ({ race, sex }) => `${race ?? 'unlabelled'} ${sex}`),
    children: by(
      faces.filter(({ from }) => from < MIN_ADULT),
      ({ from, sex }) => `${from < 10 ? '0-9' : '10-19'} ${sex}`,
    ),
  };
}
