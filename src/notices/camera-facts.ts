/** What the camera is set to, as far as a notice says it. Read from the configuration that the camera itself is given. */
import { K_RANGE, type CaseConfig } from '../../contract/index.ts';

export interface CameraFacts {
  /** Case 3: days after which a feature vector is destroyed. */
  readonly retentionDays?: number;
  /** Case 3: days are seconds of a demonstration, so that nothing of it can be stated to the public. */
  readonly timeLapse?: boolean;
  /** Case 5: width in pixels to which pictures are lowered. */
  readonly sensorWidth?: number;
  /** Cases 5 and 6: seconds between two pictures. */
  readonly pictureEveryS?: number;
  /** Case 2: nothing is told of fewer people. */
  readonly k?: number;
}

export function factsOf(config: CaseConfig): CameraFacts {
  switch (config.case) {
    case 'repeat-visits':
      return { retentionDays: config.retentionDays, timeLapse: config.days.kind !== 'calendar' };
    case 'streetscape':
      return { sensorWidth: config.sensorWidth, pictureEveryS: config.everyS };
    case 'crowding':
      return { pictureEveryS: config.everyS };
    case 'trajectories':
      return { k: config.k ?? K_RANGE.default };
    default:
      return {};
  }
}
