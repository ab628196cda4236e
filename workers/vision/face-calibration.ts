/** The few numbers, fitted on labelled faces, that put right what the attributes network says. */
import {
  bandProbabilities,
  calibrateOdds,
  type AgeCurve,
  type AgeDistribution,
  type OddsCurve,
} from './ages.ts';
import fitted from './face-calibration.json' with { type: 'json' };

export class FaceCalibration {
  constructor(
    private readonly age: AgeCurve,
    private readonly sex: OddsCurve,
  ) {}

  /** Probability of each band of ages. @param odds log-odds of male, as the network says it */
  bands(ages: AgeDistribution, _odds: number, starts: readonly number[]): number[] {
    return bandProbabilities(ages, this.age, starts);
  }

  /** Probability of male, 0..1. */
  male(odds: number): number {
    return calibrateOdds(1 / (1 + Math.exp(-odds)), this.sex);
  }
}

export const CALIBRATION = new FaceCalibration(fitted.age as unknown as AgeCurve, fitted.male);
