/**
 * What the readings of one passage say together: a running, quality-weighted mean of the age distributions and of the
 * log-odds of sex. Means, not products: frames of one passage show the same face in the same light, so that ten of them
 * are not ten witnesses.
 */
import { AgeTally, bandProbabilities, calibrateOdds, type AgeDistribution } from './ages.ts';
import { CALIBRATION, type FaceCalibration } from './face-calibration.ts';

export interface FaceReading {
  /** Probability of each year of age, from 1. */
  readonly ages: AgeDistribution;
  /** Probability of male, 0..1, as the network says it. */
  readonly male: number;
  /** What the view was worth, 0..1. */
  readonly weight: number;
  /** Source time in seconds. */
  readonly atS: number;
}

export interface Judgement {
  /** Index into `DECADES`; undefined when the evidence is too weak to say. */
  readonly band: number | undefined;
  readonly sex: 'male' | 'female' | undefined;
  /** How good the evidence was, 0..1. */
  readonly quality: number;
}

/** Of three views without a flaw nothing more is expected. */
const FULL_WEIGHT = 3;
/** Less than half a flawless view says nothing: not even a guess is made. */
const MIN_WEIGHT = 0.5;
/** A band must have at least this much of the probability: with less, three bands are about as likely. */
const MIN_BAND = 1 / 3;
/** A sex must have at least this much: four right of five. */
const MIN_SEX = 0.8;

/** Keeps a network that is quite sure from outvoting all other frames. */
const MAX_ODDS = 6;

/** A passage is read this often whatever its views are like, then only when a view is clearly better, and no more often. */
const FIRST_READINGS = 4;
const BETTER = 1.15;
const MAX_READINGS = 12;
/** Frames that follow at once show hardly anything new, seconds. */
const APART_S = 0.15;

export class FaceEvidence {
  readonly #ages = new AgeTally();
  #odds = 0;
  #readings = 0;
  #best = 0;
  #lastS = -Infinity;

  /** @throws {RangeError} when the distribution has another length or the weight is negative */
  add({ ages, male, weight, atS }: FaceReading): void {
    this.#ages.add(ages, weight);
    const logit = Math.log(male) - Math.log1p(-male);
    this.#odds += weight * Math.max(-MAX_ODDS, Math.min(MAX_ODDS, logit));
    this.#readings++;
    this.#best = Math.max(this.#best, weight);
    this.#lastS = atS;
  }

  get readings(): number {
    return this.#readings;
  }

  judge(calibration: FaceCalibration = CALIBRATION): Judgement {
    const { weight } = this.#ages;
    const quality = Math.min(1, weight / FULL_WEIGHT);
    if (weight < MIN_WEIGHT) return { band: undefined, sex: undefined, quality };
    const odds = this.#odds / weight;
    const bands = bandProbabilities(this.#ages.mean(), calibration.age);
    const max = Math.max(...bands);
    const male = calibrateOdds(1 / (1 + Math.exp(-odds)), calibration.male);
    return {
      band: max >= MIN_BAND ? bands.indexOf(max) : undefined,
      sex: male >= MIN_SEX ? 'male' : 1 - male >= MIN_SEX ? 'female' : undefined,
      quality,
    };
  }

  /** Whether a view of such a worth, at such a time, is worth a reading; most of a passage's frames are not. */
  wants(worth: number, atS: number): boolean {
    if (this.#readings >= MAX_READINGS || atS - this.#lastS < APART_S) return false;
    return this.#readings < FIRST_READINGS || worth > BETTER * this.#best;
  }

  /** Nothing remains. */
  wipe(): void {
    this.#ages.wipe();
    this.#odds = this.#readings = this.#best = 0;
    this.#lastS = -Infinity;
  }
}
