/** The few numbers, fitted on labelled faces, that put right what the attributes network says. */
import type { AgeCurve, OddsCurve } from './ages.ts';
import fitted from './face-calibration.json' with { type: 'json' };

export interface FaceCalibration {
  readonly age: AgeCurve;
  /** Of the probability of male. */
  readonly male: OddsCurve;
}

export const CALIBRATION: FaceCalibration = { age: fitted.age as unknown as AgeCurve, male: fitted.male };
