/** The sightings of one sign as it comes nearer, and what they agree on. */
import {
  SIGNS_BY_GROUP,
  UNSURE_SIGNS,
  type SignGroup,
  type SignKind,
} from '../../../../../contract/index.ts';
import { widthOf } from '../../../vision/geometry/boxes.ts';
import type { SignSighting } from '../../../vision/geometry/sign-sighting.ts';
import { judgeSign, MIN_SIGN_SCORE } from './sign-judgement.ts';

export class SignVote {
  readonly #kinds: readonly string[];
  /** Sums of probabilities, weighted; the last that it is no sign. */
  readonly #sums: Float64Array;
  readonly #groups = new Map<SignGroup, number>();
  #weight = 0;
  #width = 0;

  constructor(kinds: readonly string[]) {
    this.#kinds = kinds;
    this.#sums = new Float64Array(kinds.length + 1);
  }

  /** A sighting counts by how sure and how large it is: from afar kinds look alike. */
  add({ box, score, group, probabilities }: SignSighting): void {
    const weight = score * widthOf(box);
    for (let i = 0; i < this.#sums.length; i++) this.#sums[i]! += weight * probabilities[i]!;
    this.#groups.set(group, (this.#groups.get(group) ?? 0) + weight);
    this.#weight += weight;
    this.#width += widthOf(box);
  }

  /**
   * The kind if it is sure, else the group; undefined where it is no sign. A blue or green plate of no sure kind may be any
   * board of a shop: it is not told.
   */
  get told(): SignKind | undefined {
    if (this.#weight === 0) return undefined;
    const [group] = [...this.#groups].reduce((most, other) => (other[1] > most[1] ? other : most));
    const means = this.#sums.map((sum) => sum / this.#weight);
    // The mean, and not the surest sighting: among many sightings of a wall one is always sure.
    const judged = judgeSign({ score: this.#weight / this.#width, group }, this.#kinds, means);
    if (judged.score < MIN_SIGN_SCORE) return undefined;
    if (judged.kind) return judged.kind as SignKind;
    return judged.group === 'guide' ? undefined : inPlaceOf(judged.group);
  }
}

/** Groups of one kind have no other name. */
const inPlaceOf = (group: SignGroup): SignKind =>
  UNSURE_SIGNS.find((unsure) => unsure === group) ?? SIGNS_BY_GROUP[group][0];
