/**
 * Co-occurrence of faces: two faces in one frame are two people. They give impostor scores for the Z-norm, and vault
 * entries to exclude from a comparison.
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import { likenessOf } from '../../../../contract/index.ts';
import { intersection } from '../../vision/geometry/boxes.ts';
import { similarity } from '../../vision/faces/face-similarity.ts';
import type { FaceViews } from './vision/face-views.ts';
import type { FaceTrack } from '../../vision/faces/face-tracks.ts';
import { ImpostorScores } from './vision/score-normalization.ts';

type Face = FaceTrack<FaceViews>;

/** Two faces must have been seen together at least this long to be two people, seconds. */
const TOGETHER_S = 0.3;

export class CoOccurrence {
  readonly strangers = new ImpostorScores(likenessOf());
  /** Pairs of faces whose similarity is already included. */
  readonly #compared = new WeakMap<FaceViews, WeakSet<FaceViews>>();
  readonly #account: CaseAccount;

  constructor(account: CaseAccount) {
    this.#account = account;
  }

  /** Adds the similarities of a face with the faces present, each pair once. */
  compare(face: Face, present: readonly Face[]): void {
    const faces = [face, ...present].filter(({ evidence }) => evidence.fit);
    for (const [i, one] of faces.entries()) {
      for (const other of faces.slice(i + 1)) {
        const known = this.#compared.get(one.evidence)?.has(other.evidence);
        if (known || !seenTogether(one, other)) continue;
        for (const [a, b] of [[one, other] as const, [other, one] as const]) {
          this.#compared.set(a.evidence, (this.#compared.get(a.evidence) ?? new WeakSet()).add(b.evidence));
        }
        this.strangers.add(this.#similarity(one.evidence, other.evidence));
      }
    }
  }

  /** Descriptors of other people present. The caller owns them, must zero them, and enters that in the account. */
  rivals(face: Face, present: readonly Face[]): Float32Array[] {
    const others = present.filter((other) => other.evidence.fit && seenTogether(face, other));
    const rivals = others.flatMap(({ evidence }) => evidence.average() ?? []);
    this.#account.vectorMade(rivals.length);
    return rivals;
  }

  #similarity(...pair: readonly [FaceViews, FaceViews]): number {
    const [a, b] = pair.map((views) => views.average()!);
    this.#account.vectorMade(2);
    const alike = similarity(a!, b!);
    for (const vector of [a!, b!]) vector.fill(0);
    this.#account.vectorDestroyed(2);
    return alike;
  }
}

/**
 * Overlapping boxes may be one face, detected twice; and a face that appears after the other has left may be the same
 * one.
 */
const seenTogether = (one: Face, other: Face): boolean =>
  intersection(one.track.box, other.track.box) === 0 &&
  Math.min(one.lastSeenS, other.lastSeenS) - Math.max(one.track.firstSeenS, other.track.firstSeenS) >=
    TOGETHER_S;
