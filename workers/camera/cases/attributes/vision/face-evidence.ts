/**
 * What the readings of one passage say together: a running, quality-weighted mean of the ages and of the log-odds of sex.
 * Means, not products: frames of one passage show the same face in the same light, so that ten of them are not ten
 * witnesses.
 *
 * Ages are read often, since their network is small; the sex, whose network costs three times as much, from the best few
 * views. Of children and young people no sex is told: the network errs too often on them (`error-by-group.json` of case 1),
 * and no shop needs it.
 */
import { bandProbabilities, calibrateOdds, DECADES } from './ages.ts';
import { CALIBRATION, type FaceCalibration } from './face-calibration.ts';

/** A view of a face and what it was worth. */
interface View {
  /** 0..1 */
  readonly weight: number;
}

export interface AgeReading extends View {
  /** Years, as the network says it. */
  readonly years: number;
  /** Source time in seconds. */
  readonly atS: number;
}

export interface SexReading extends View {
  /** Probability of male, 0..1, as the network says it. */
  readonly male: number;
}

export interface Judgement {
  /** Index into `DECADES`; undefined when the evidence is too weak to say. */
  readonly band: number | undefined;
  /** Undefined when the evidence is too weak, and for whom no sex is told. */
  readonly sex: 'male' | 'female' | undefined;
  /** How good the evidence was, 0..1. */
  readonly quality: number;
}

/** Of three views without a flaw nothing more is expected. */
const FULL_WEIGHT = 3;
/** Less than half a flawless view says nothing: not even a guess is made. */
const MIN_WEIGHT = 0.5;
/** A sex is read from fewer views; together they must be worth this much of a flawless one. */
const MIN_SEX_WEIGHT = 0.25;
/** A band must have at least this much of the probability: with less, three bands are about as likely. */
const MIN_BAND = 1 / 3;
/** A sex must have at least this much: four right of five. */
const MIN_SEX = 0.8;
/**
 * Of people younger than this no sex is told, years; the first year of a band. Nor of those who may well be: for whom
 * being younger has this much of the probability.
 */
export const MIN_AGE_FOR_SEX = 20;
const MAY_BE_YOUNGER = 1 / 3;

/** Keeps a network that is quite sure from outvoting all other frames. */
const MAX_ODDS = 6;

/** A passage is read this often whatever its views are like, then only when a view is clearly better, and no more often. */
const FIRST_READINGS = 4;
const BETTER = 1.15;
const MAX_READINGS = 12;
/** Frames that follow at once show hardly anything new, seconds. */
const APART_S = 0.15;
/** The sex is read once the age is known from two views, and again from a view that is so much better than the best yet. */
const AGES_BEFORE_SEX = 2;
const BETTER_FOR_SEX = 1.4;
const MAX_SEX_READINGS = 4;

export class FaceEvidence {
  #years = 0;
  #weight = 0;
  #readings = 0;
  #best = 0;
  #lastS = -Infinity;
  #odds = 0;
  #sexWeight = 0;
  #sexReadings = 0;
  #bestForSex = 0;

  readonly #calibration: FaceCalibration;

  constructor(calibration: FaceCalibration = CALIBRATION) {
    this.#calibration = calibration;
  }

  /** @throws {RangeError} when the weight is negative or the age is no number */
  addAge({ years, weight, atS }: AgeReading): void {
    if (!(weight >= 0 && Number.isFinite(weight)))
      throw new RangeError(`a weight of ${weight} is not possible`);
    if (!Number.isFinite(years)) throw new RangeError(`an age of ${years} is not possible`);
    this.#years += weight * years;
    this.#weight += weight;
    this.#readings++;
    this.#best = Math.max(this.#best, weight);
    this.#lastS = atS;
  }

  /** @throws {RangeError} when the weight is negative */
  addSex({ male, weight }: SexReading): void {
    if (!(weight >= 0 && Number.isFinite(weight)))
      throw new RangeError(`a weight of ${weight} is not possible`);
    const logit = Math.log(male) - Math.log1p(-male);
    this.#odds += weight * Math.max(-MAX_ODDS, Math.min(MAX_ODDS, logit));
    this.#sexWeight += weight;
    this.#sexReadings++;
    this.#bestForSex = Math.max(this.#bestForSex, weight);
  }

  /** Readings of the age so far. */
  get readings(): number {
    return this.#readings;
  }

  /** Readings of the sex so far. */
  get sexReadings(): number {
    return this.#sexReadings;
  }

  judge(): Judgement {
    const quality = Math.min(1, this.#weight / FULL_WEIGHT);
    if (this.#weight < MIN_WEIGHT) return { band: undefined, sex: undefined, quality };
    const bands = this.#bands();
    const most = Math.max(...bands);
    return {
      band: most >= MIN_BAND ? bands.indexOf(most) : undefined,
      sex: isYoung(bands) ? undefined : this.#sex(),
      quality,
    };
  }

  /** Whether a view of such a worth, at such a time, is worth a reading; most of a passage's frames are not. */
  wants(worth: number, atS: number): boolean {
    if (this.#readings >= MAX_READINGS || atS - this.#lastS < APART_S) return false;
    return this.#readings < FIRST_READINGS || worth > BETTER * this.#best;
  }

  /**
   * Whether the sex should be read from a view of such a weight, too. Never of a face that may well be younger than
   * `MIN_AGE_FOR_SEX`: what is not told need not be read.
   */
  wantsSex(weight: number): boolean {
    if (this.#readings < AGES_BEFORE_SEX || this.#sexReadings >= MAX_SEX_READINGS) return false;
    if (this.#weight === 0 || isYoung(this.#bands())) return false;
    return this.#sexReadings === 0 || weight > BETTER_FOR_SEX * this.#bestForSex;
  }

  /** Nothing remains. */
  wipe(): void {
    this.#years = this.#weight = this.#readings = this.#best = 0;
    this.#odds = this.#sexWeight = this.#sexReadings = this.#bestForSex = 0;
    this.#lastS = -Infinity;
  }

  get #age(): number {
    return Math.max(0, this.#years / this.#weight);
  }

  #bands(): number[] {
    return bandProbabilities(this.#age, this.#calibration.spread);
  }

  #sex(): 'male' | 'female' | undefined {
    if (this.#sexWeight < MIN_SEX_WEIGHT) return undefined;
    const odds = this.#odds / this.#sexWeight;
    const male = calibrateOdds(1 / (1 + Math.exp(-odds)), this.#calibration.male, this.#age);
    return male >= MIN_SEX ? 'male' : 1 - male >= MIN_SEX ? 'female' : undefined;
  }
}

/** Whether a person with these probabilities of bands is, or may well be, too young for a sex to be told. */
const isYoung = (bands: readonly number[]): boolean =>
  bands.reduce((sum, p, band) => sum + (DECADES[band]! < MIN_AGE_FOR_SEX ? p : 0), 0) >= MAY_BE_YOUNGER;
