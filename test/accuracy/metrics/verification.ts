/**
 * How well a similarity tells the same person from others.
 *
 * FAR is the share of different pairs taken for the same person, TAR that of same pairs recognised, FRR = 1 - TAR; a pair
 * is accepted when its score is at least the threshold (ISO/IEC 19795-1, Biometric performance testing).
 */

export interface PairScores {
  readonly same: readonly number[];
  readonly different: readonly number[];
}

export interface OperatingPoint {
  readonly threshold: number;
  readonly tar: number;
  readonly far: number;
}

/**
 * Splits all pairs of items by whether their identities agree.
 * @param similarity of two items, given by index
 */
export function pairScores<Id>(
  ids: readonly Id[],
  similarity: (a: number, b: number) => number,
): { same: number[]; different: number[] } {
  const scores: { same: number[]; different: number[] } = { same: [], different: [] };
  ids.forEach((id, a) => {
    for (let b = a + 1; b < ids.length; b++) {
      scores[id === ids[b] ? 'same' : 'different'].push(similarity(a, b));
    }
  });
  return scores;
}

const shareFrom = (scores: readonly number[], threshold: number) =>
  scores.filter((score) => score >= threshold).length / scores.length;

/** @throws {RangeError} when one side has no pairs */
function requirePairs({ same, different }: PairScores): void {
  if (same.length === 0 || different.length === 0) {
    throw new RangeError(`${same.length} same and ${different.length} different pairs are not enough.`);
  }
}

/**
 * The most that is recognised while no more than `maxFar` of the different pairs are accepted. The threshold is the
 * lowest of the scores that holds it; `Infinity` when none does.
 * @throws {RangeError} when one side has no pairs
 */
export function operatingPoint(scores: PairScores, maxFar: number): OperatingPoint {
  requirePairs(scores);
  const candidates = [...new Set([...scores.same, ...scores.different])].sort((a, b) => a - b);
  const descending = [...scores.different].sort((a, b) => b - a);
  const allowed = Math.floor(maxFar * descending.length + 1e-9);
  // The first different pair too many must stay below.
  const bound = descending[allowed] ?? -Infinity;
  const threshold = candidates.find((score) => score > bound) ?? Infinity;
  return {
    threshold,
    tar: shareFrom(scores.same, threshold),
    far: shareFrom(scores.different, threshold),
  };
}

/**
 * Area under the curve of TAR over FAR: the probability that a same pair scores above a different one, ties half
 * (Hanley and McNeil, Radiology 1982).
 * @throws {RangeError} when one side has no pairs
 */
export function auc(scores: PairScores): number {
  requirePairs(scores);
  const { same, different } = scores;
  const all = [
    ...same.map((score) => ({ score, isSame: true })),
    ...different.map((score) => ({ score, isSame: false })),
  ];
  all.sort((a, b) => a.score - b.score);
  let wins = 0;
  let below = 0;
  for (let i = 0; i < all.length;) {
    let tiedSame = 0;
    let tiedDifferent = 0;
    const { score } = all[i]!;
    for (; i < all.length && all[i]!.score === score; i++) {
      if (all[i]!.isSame) tiedSame++;
      else tiedDifferent++;
    }
    wins += tiedSame * (below + tiedDifferent / 2);
    below += tiedDifferent;
  }
  return wins / (same.length * different.length);
}

/**
 * Equal error rate: where FAR and FRR cross; their mean at the threshold where they differ least.
 * @throws {RangeError} when one side has no pairs
 */
export function equalErrorRate(scores: PairScores): number {
  requirePairs(scores);
  const same = [...scores.same].sort((a, b) => a - b);
  const different = [...scores.different].sort((a, b) => a - b);
  let rejected = 0;
  let refused = 0;
  let min = Infinity;
  let rate = NaN;
  for (const threshold of [...new Set([...same, ...different])].sort((a, b) => a - b)) {
    while (rejected < same.length && same[rejected]! < threshold) rejected++;
    while (refused < different.length && different[refused]! < threshold) refused++;
    const frr = rejected / same.length;
    const far = 1 - refused / different.length;
    if (Math.abs(far - frr) < min) {
      min = Math.abs(far - frr);
      rate = (far + frr) / 2;
    }
  }
  return rate;
}

/**
 * Closed-set identification, leaving one out: the share of items whose most similar other item is of the same identity
 * (rank 1 of the cumulative match characteristic: Phillips et al., The FERET evaluation methodology, PAMI 2000).
 * @returns NaN when there are no items
 */
export function rankOne<Id>(ids: readonly Id[], similarity: (a: number, b: number) => number): number {
  const right = ids.filter((id, probe) => {
    let best = -1;
    let max = -Infinity;
    ids.forEach((_, other) => {
      if (other === probe) return;
      const score = similarity(probe, other);
      if (score > max) {
        max = score;
        best = other;
      }
    });
    return best >= 0 && ids[best] === id;
  });
  return right.length / ids.length;
}
