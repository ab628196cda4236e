/** The few numbers, fitted on labelled faces, that say how far the network for ages errs and put right what the one for sex says. */
import type { AgeSpread, OddsCurve } from './ages.ts';
import fitted from './face-calibration.json' with { type: 'json' };

export interface FaceCalibration {
  readonly spread: AgeSpread;
  /** Of the probability of male. */
  readonly male: OddsCurve;
}

export const CALIBRATION: FaceCalibration = {
  spread: fitted.spread as unknown as AgeSpread,
  male: fitted.male,
};
