import type { CaseConfig, CaseId, OutRecord } from '../contract.ts';
import type { OverlayBox } from '../frames/preview.ts';
import type { Detection } from '../vision/detection.ts';

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
  /** The source has ended: what was waiting to be settled is given out. */
  finish(): OutRecord[];
  /** What the preview draws over the picture, behind the glass. */
  marks(): readonly OverlayBox[];
  /** Objects followed at the moment. */
  readonly following: number;
  /** Forgets everything: tracks, counts, states. */
  reset(): void;
}
