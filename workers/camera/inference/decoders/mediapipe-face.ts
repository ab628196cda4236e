import type { FaceDetectorResult } from '@mediapipe/tasks-vision';
import type { Detection } from '../../vision/geometry/detection.ts';
import type { DecoderInput } from './decoder.ts';

/**
 * Faces as MediaPipe's task gives them: boxes in pixels of its input, points as fractions of it (right eye, left eye,
 * nose tip, mouth, right and left ear), overlaps already merged.
 */
export function decodeMediapipeFace(
  { detections }: FaceDetectorResult,
  { width, height, labels, minScore }: DecoderInput,
): Detection[] {
  return detections.flatMap(({ boundingBox, categories, keypoints }) => {
    const score = categories[0]?.score ?? 0;
    if (!boundingBox || !(score >= minScore)) return [];
    const { originX, originY } = boundingBox;
    return [
      {
        label: labels[0]!,
        score,
        box: [originX, originY, originX + boundingBox.width, originY + boundingBox.height] as const,
        keypoints: keypoints.map(({ x, y }) => [x * width, y * height] as const),
      },
    ];
  });
}
