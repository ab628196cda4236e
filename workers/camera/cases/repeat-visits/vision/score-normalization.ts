/**
 * How similar different people look to this camera. Two faces in one picture are always two people: so the
 * camera learns from its own pictures, without knowing a person, how far its light, lens and distance make faces alike,
 * and moves the threshold by as much (zero normalisation of scores by a cohort: Auckenthaler et al., Score Normalization
 * for Text-Independent Speaker Verification Systems, Digital Signal Processing 2000). Numbers are all that is kept.
 */

/** Similarities of different people: mean and standard deviation. */
export interface ScoreDistribution {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * What was known before weighs as so many pairs: one for the mean, because places differ by more than the pairs of one
 * place do; more for the spread, which few pairs tell badly.
 */
const PRIOR_MEAN = 1;
const PRIOR_SPREAD = 10;

export class ImpostorScores {
  #count = 0;
  #mean = 0;
  #squares = 0;
  readonly #prior: ScoreDistribution;

  /** @param prior of faces elsewhere, on which thresholds were measured */
  constructor(prior: ScoreDistribution) {
    this.#prior = prior;
  }

  /** Pairs seen together. */
  get pairs(): number {
    return this.#count;
  }

  /** @param similarity of two faces that were in one picture, -1..1 */
  add(similarity: number): void {
    const off = similarity - this.#mean;
    this.#mean += off / ++this.#count;
    this.#squares += off * (similarity - this.#mean);
  }

  get likeness(): ScoreDistribution {
    const { mean, deviation } = this.#prior;
    const spread = (PRIOR_SPREAD * deviation ** 2 + this.#squares) / (PRIOR_SPREAD + this.#count);
    return {
      mean: (PRIOR_MEAN * mean + this.#count * this.#mean) / (PRIOR_MEAN + this.#count),
      deviation: Math.sqrt(spread),
    };
  }

  /**
   * The threshold that is as hard to pass here as the given one was elsewhere, where that is higher. It is never lower:
   * the given one holds for the group of people who are mistaken most often, and the next visitor may be of that group,
   * the visitors who came before.
   */
  adapt(threshold: number): number {
    const { mean, deviation } = this.likeness;
    const here = mean + ((threshold - this.#prior.mean) * deviation) / this.#prior.deviation;
    return Math.max(threshold, here);
  }
}
