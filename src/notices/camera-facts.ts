/** What the camera is set to, as far as a notice says it. Read from the configuration that the camera itself is given. */
import { policyOf, type CaseConfig } from '../../contract/index.ts';

export interface CameraFacts {
  /** Case 3: days after which a feature vector is destroyed. */
  readonly retentionDays?: number;
  /** Case 3: days are seconds of a demonstration, so that nothing of it can be stated to the public. */
  readonly timeLapse?: boolean;
  /** Case 5: width in pixels to which pictures are lowered. */
  readonly sensorWidth?: number;
  /** Cases 5 and 6: seconds between two pictures. */
  readonly pictureEveryS?: number;
  /** Cases 1 to 4: nothing is told of fewer people, visits or values together. */
  readonly k?: number;
  /** Cases 1 to 4: length of a time bin, seconds. */
  readonly binS?: number;
  /** Case 2: privacy loss of a release, and the sum of a day; absent: there is no noise. */
  readonly epsilon?: number;
  readonly dailyEpsilon?: number;
}

export function factsOf(config: CaseConfig): CameraFacts {
  return { ...ownFacts(config), ...disclosureFacts(config) };
}

/** Disclosure control on real footage, which is what a notice is about. */
function disclosureFacts(config: CaseConfig): CameraFacts {
  const { k, binS, noise } = policyOf(config);
  return {
    ...(k !== undefined && { k }),
    ...(binS !== undefined && { binS }),
    ...(noise && { epsilon: noise.epsilon, dailyEpsilon: noise.dailyEpsilon }),
  };
}

function ownFacts(config: CaseConfig): CameraFacts {
  switch (config.case) {
    case 'repeat-visits':
      return { retentionDays: config.retentionDays, timeLapse: config.days.kind !== 'calendar' };
    case 'streetscape':
      return { sensorWidth: config.sensorWidth, pictureEveryS: config.everyS };
    case 'crowding':
      return { pictureEveryS: config.everyS };
    default:
      return {};
  }
}
