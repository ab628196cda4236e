/** What tests of the decoders share: inputs as the cards give them, and detections compared. */
import { expect } from 'vitest';
import type { Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';

/** Of a detector of objects. */
export const input = (more = {}) => ({
  width: 64,
  height: 32,
  labels: ['person', 'car'],
  minScore: 0.3,
  ...more,
});
/** Of a detector of faces. */
export const faces = (more = {}) => ({ width: 64, height: 32, labels: ['face'], minScore: 0.3, ...more });

/** Compares with tolerance: the tensors are single precision. */
export function expectDetections(found: readonly Detection[], wanted: readonly Detection[]) {
  expect(found.map(({ label }) => label)).toEqual(wanted.map(({ label }) => label));
  found.forEach((detection, i) => {
    expect(detection.score).toBeCloseTo(wanted[i]!.score, 5);
    detection.box.forEach((side, k) => expect(side).toBeCloseTo(wanted[i]!.box[k]!, 4));
    expect(detection.keypoints?.length).toBe(wanted[i]!.keypoints?.length);
    detection.keypoints?.forEach(([x, y], k) => {
      expect(x).toBeCloseTo(wanted[i]!.keypoints![k]![0], 4);
      expect(y).toBeCloseTo(wanted[i]!.keypoints![k]![1], 4);
    });
  });
}
