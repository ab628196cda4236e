import type { CaseConfig, CaseId, Kind, OutRecord } from '../contract.ts';
import type { Box, Detection } from '../vision/detection.ts';

/**
 * What a pipeline sees of a frame. A pipeline that counts gets no pixels at all: it works on what the detector found.
 */
export interface Seen {
  /** Running number of the frame. */
  readonly index: number;
  /** Source time in seconds. */
  readonly timeS: number;
  /** Size of the picture in pixels, the unit of all boxes. */
  readonly width: number;
  readonly height: number;
  readonly detections: readonly Detection[];
}

/** What the preview draws over the picture, behind the glass. */
export interface Mark {
  readonly box: Box;
  readonly kind: Kind;
  /** Seen in this very frame, or carried on by the motion model. */
  readonly seen: boolean;
}

/** One guidebook case at work on a camera. Several may run on the same frames (guidebook 5.2, multi-use). */
export interface Pipeline {
  readonly case: CaseId;
  /**
   * Takes a changed configuration of the same case; tracks and counts of what stays are kept.
   * @throws {Fault} when it makes no sense; the old one stays in force then
   */
  configure(config: CaseConfig): void;
  /** Associates what is seen with what was seen before. */
  track(seen: Seen): void;
  /** The records this frame gives rise to; nothing else of the frame survives in them. */
  extract(seen: Seen): OutRecord[];
  marks(): readonly Mark[];
  /** Objects followed at the moment. */
  readonly following: number;
  /** Forgets everything: tracks, counts, states. */
  reset(): void;
}
