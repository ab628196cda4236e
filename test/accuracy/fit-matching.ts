/**
 * Measures how similar faces of one person and of different people are, for the threshold of case 3, and writes the few
 * numbers that the camera carries: `npx tsx test/accuracy/fit-matching.ts`.
 *
 * First the cohort by which scores are normalised: mean and covariance of FairFace's descriptors (CC BY 4.0). Then, the same
 * person: LFW (Huang et al., 2007), 10 people with 10 photos each, taken years apart. Different people: of several groups,
 * the one whose strangers are taken for one person most often, so that what is promised holds for each of them: UTKFace's
 * adults by sex and race, and LFW's men as averages of three pictures, which are more alike than single ones. Nobody's
 * picture or descriptor is in the result.
 */
import type { MatchingFit } from '../../contract/index.ts';
import { createDescriptorReader, DESCRIPTOR_LENGTH } from '../../workers/camera/inference/faces.ts';
import { similarity, type FaceCohort } from '../../workers/camera/vision/faces/face-similarity.ts';
import { averageOf } from '../../workers/camera/vision/faces/descriptors.ts';
import { symmetricEigen } from '../../workers/camera/vision/geometry/homography.ts';
import { pairScores } from './metrics/verification.ts';
import { cardOf, nativeEngine, untimed } from './native.ts';
import { writeJson } from './publish.ts';
import { readPortraits } from './sets/lfw.ts';
import { describeFaces, groupsOf, similarities } from './strangers.ts';

/** Share of the different pairs that is taken for the tail. */
const TAIL = 0.05;
/** What a comparison must not accept more of, in the worst group. */
const FAR = 0.01;
const PICTURES = 3;
/** Directions of the covariance that are carried. With all 128 the worst group fares no better. */
const DIRECTIONS = 8;

const MADE_BY = 'npx tsx test/accuracy/fit-matching.ts';
const round = (value: number) => Math.round(value * 1e4) / 1e4;

/** Mean and main directions of covariance. @param descriptors of length 1; more than there are directions */
export function fitCohort(descriptors: readonly Float32Array[], directions = DIRECTIONS): FaceCohort {
  const length = descriptors[0]!.length;
  const count = descriptors.length;
  const mean = Array.from({ length }, (_, i) => descriptors.reduce((sum, d) => sum + d[i]!, 0) / count);
  const covariance = Float64Array.from({ length: length * length }, (_, at) => {
    const [i, j] = [Math.floor(at / length), at % length];
    return descriptors.reduce((sum, d) => sum + (d[i]! - mean[i]!) * (d[j]! - mean[j]!), 0) / count;
  });
  const { values, vectors } = symmetricEigen(covariance, length);
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]!);
  const significant = (value: number) => Number(value.toPrecision(4));
  const others = order.slice(directions);
  return {
    mean: mean.map(round),
    directions: order.slice(0, directions).map((column) => {
      const direction = Array.from({ length }, (_, i) => vectors[i * length + column]!);
      // Either sign is the same direction: the largest number is positive.
      const largest = direction.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
      return direction.map((value) => round(value * Math.sign(largest)));
    }),
    variances: order.slice(0, directions).map((column) => significant(values[column]!)),
    rest: significant(others.reduce((sum, column) => sum + values[column]!, 0) / others.length),
  };
}

interface Group {
  readonly name: string;
  /** Similarities of its strangers. */
  readonly scores: readonly number[];
}

/** Beyond this similarity lies the share `TAIL` of the scores, on average so much further up. */
function tailOf(scores: readonly number[]): MatchingFit['tail'] {
  const sorted = [...scores].sort((p, q) => p - q);
  const from = sorted[Math.ceil((1 - TAIL) * sorted.length) - 1]!;
  const beyond = sorted.filter((score) => score > from);
  const excess = beyond.reduce((sum, score) => sum + score - from, 0) / beyond.length;
  return { from: round(from), share: round(beyond.length / sorted.length), excess: round(excess) };
}

/** Where the share `FAR` of the scores lies beyond. */
const reach = ({ tail: { from, share, excess } }: Pick<MatchingFit['groups'][number], 'tail'>) =>
  from + excess * Math.log(share / FAR);

/**
 * @param same at least 100 scores
 * @param groups at least one, of at least 100 scores each
 */
export function fitMatching(same: readonly number[], groups: readonly Group[]): MatchingFit {
  const percentiles = (scores: readonly number[]) => {
    const sorted = [...scores].sort((p, q) => p - q);
    return Array.from({ length: 101 }, (_, i) => round(sorted[Math.round((i / 100) * (sorted.length - 1))]!));
  };
  const fitted = groups
    .map(({ name, scores }) => ({ name, pairs: scores.length, tail: tailOf(scores), scores }))
    .sort((a, b) => reach(b) - reach(a));
  const worst = fitted[0]!;
  return {
    same: percentiles(same),
    different: percentiles(worst.scores),
    tail: worst.tail,
    groups: fitted.map(({ name, pairs, tail }) => ({ name, pairs, tail })),
  };
}

async function describePortraits() {
  const { portraits } = await readPortraits();
  const engine = await nativeEngine('face-descriptor');
  const reader = createDescriptorReader(cardOf('face-descriptor'), engine);
  const descriptors: Float32Array[] = [];
  for (const { picture, face } of portraits)
    descriptors.push((await reader.read(picture, face, untimed)).descriptor);
  await engine.release();
  return { people: portraits.map(({ person }) => person), descriptors };
}

async function measure(): Promise<{ cohort: FaceCohort; fit: MatchingFit }> {
  const cohort = fitCohort((await describeFaces('fairface')).map(({ descriptor }) => descriptor));
  const alike = (a: Float32Array, b: Float32Array) => similarity(a, b, cohort);
  const { people, descriptors } = await describePortraits();
  const { same } = pairScores(people, (i, j) => alike(descriptors[i]!, descriptors[j]!));
  // Every picture with the next two of the same person, round and round.
  const walks = people.map((person, i) => {
    const own = descriptors.filter((_, j) => people[j] === person);
    const place = people.slice(0, i).filter((other) => other === person).length;
    return averageOf(Array.from({ length: PICTURES }, (_, k) => own[(place + k) % own.length]!));
  });
  const { different } = pairScores(people, (i, j) => alike(walks[i]!, walks[j]!));
  const { adults } = groupsOf(await describeFaces('utkface'));
  const groups = Object.entries(adults).map(([name, faces]) => ({
    name,
    scores: similarities(faces, alike),
  }));
  const fit = fitMatching(same, [
    ...groups,
    { name: `men of LFW, averages of ${PICTURES}`, scores: different },
  ]);
  return { cohort, fit };
}

if (process.argv[1] === import.meta.filename) {
  const { cohort, fit } = await measure();
  if (cohort.mean.length !== DESCRIPTOR_LENGTH) throw new Error('another network');
  await writeJson('workers/camera/vision/faces/face-cohort.json', { madeBy: MADE_BY, ...cohort });
  await writeJson('contract/face-matching.json', { madeBy: MADE_BY, ...fit });
  for (const group of fit.groups) console.log(group.name, group.pairs, reach(group).toFixed(3));
}
