/** What is told of a sign that two networks have seen: its kind where that is sure, else the group of its shape and colours. */
import { groupOf, type SignGroup } from '../../../../../contract/index.ts';

export interface SignJudgement {
  /** 0..1, of both networks. */
  readonly score: number;
  /** Absent where no kind is sure enough. */
  readonly kind?: string;
  readonly group: SignGroup;
}

/**
 * Minimum score for a sign to be told. On the pictures of GTSDB that nothing was trained on precision is .9 from there at
 * widths of 960 and 1360, and .85 at 384 from .61 on (`models/train/signs/README.md`).
 */
export const MIN_SIGN_SCORE = 0.65;
/** Least share of a kind among all kinds for it to be told. */
const SURE = 0.6;
/** Least share of a group for the classifier's to replace the finder's. */
const CLEAR = 0.4;

/**
 * @param found the finder's score and group
 * @param kinds the classifier's, in its order
 * @param probabilities one for each kind, the last for no sign; or their mean over several sightings
 */
export function judgeSign(
  found: { readonly score: number; readonly group: SignGroup },
  kinds: readonly string[],
  probabilities: ArrayLike<number>,
): SignJudgement {
  const isSign = 1 - probabilities[kinds.length]!;
  const shares = new Map<SignGroup, number>();
  let best = 0;
  kinds.forEach((kind, i) => {
    const group = groupOf(kind);
    if (group) shares.set(group, (shares.get(group) ?? 0) + probabilities[i]!);
    if (probabilities[i]! > probabilities[best]!) best = i;
  });
  const [group, share] = [...shares].reduce((most, other) => (other[1] > most[1] ? other : most));
  return {
    score: Math.sqrt(Math.max(0, found.score * isSign)),
    ...(probabilities[best]! >= SURE * isSign && { kind: kinds[best]! }),
    group: share > CLEAR * isSign ? group : found.group,
  };
}
