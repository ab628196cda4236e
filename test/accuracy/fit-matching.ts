/**
 * Measures how similar faces of one person and of different people are, for the threshold of case 3, and writes the few
 * numbers that the camera carries: `npx tsx test/accuracy/fit-matching.ts`. On LFW (Huang et al., 2007): 10 people with
 * 10 photos each; used for thresholds only, nobody of them is in the result.
 *
 * Either distribution is taken from where it looks worse. Different people: averages of three pictures, as a passage
 * gives them, which are more similar to one another than single pictures are. The same person: single pictures, because
 * photos of different years and places say more than three frames of one walk.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format } from 'prettier';
import type { MatchingFit } from '../../contract/index.ts';
import { createDescriptorReader } from '../../workers/camera/inference/faces.ts';
import { averageOf, cosine } from '../../workers/camera/vision/faces/descriptors.ts';
import { pairScores } from './metrics/verification.ts';
import { cardOf, nativeEngine, untimed } from './native.ts';
import { readPortraits } from './sets/lfw.ts';

/** Share of the different pairs that is taken for the tail. */
const TAIL = 0.05;
const PICTURES = 3;

const round = (value: number) => Math.round(value * 1e4) / 1e4;

/** @param scores at least 100 of either kind */
export function fitMatching(same: readonly number[], different: readonly number[]): MatchingFit {
  const [a, b] = [same, different].map((scores) => [...scores].sort((p, q) => p - q));
  const percentiles = (sorted: readonly number[]) =>
    Array.from({ length: 101 }, (_, i) => round(sorted[Math.round((i / 100) * (sorted.length - 1))]!));
  const from = b![Math.ceil((1 - TAIL) * b!.length) - 1]!;
  const beyond = b!.filter((score) => score > from);
  const excess = beyond.reduce((sum, score) => sum + score - from, 0) / beyond.length;
  return {
    same: percentiles(a!),
    different: percentiles(b!),
    tail: { from: round(from), share: round(beyond.length / b!.length), excess: round(excess) },
  };
}

async function measure(): Promise<MatchingFit> {
  const { portraits } = await readPortraits();
  const engine = await nativeEngine('face-descriptor');
  const reader = createDescriptorReader(cardOf('face-descriptor'), engine);
  const descriptors: Float32Array[] = [];
  for (const { picture, face } of portraits)
    descriptors.push((await reader.read(picture, face, untimed)).descriptor);
  await engine.release();
  const people = portraits.map(({ person }) => person);
  const { same } = pairScores(people, (i, j) => cosine(descriptors[i]!, descriptors[j]!));
  // Every picture with the next two of the same person, round and round.
  const walks = people.map((person, i) => {
    const own = descriptors.filter((_, j) => people[j] === person);
    const place = people.slice(0, i).filter((other) => other === person).length;
    return averageOf(Array.from({ length: PICTURES }, (_, k) => own[(place + k) % own.length]!));
  });
  const { different } = pairScores(people, (i, j) => cosine(walks[i]!, walks[j]!));
  return fitMatching(same, different);
}

if (process.argv[1] === import.meta.filename) {
  const file = resolve(import.meta.dirname, '../../contract/face-matching.json');
  const fit = await measure();
  writeFileSync(file, await format(JSON.stringify(fit), { parser: 'json', printWidth: 110 }));
  console.log(`written: ${file}`, fit.tail);
}
