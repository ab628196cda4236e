/** [x0, y0, x1, y1] in pixels of the source picture, x0 <= x1, y0 <= y1; may reach beyond the picture's border. */
export type Box = readonly [number, number, number, number];

/** The result of every detector, for all model families. */
export interface Detection {
  readonly box: Box;
  /** 0..1 */
  readonly score: number;
  /** Class name of the model card: COCO names ("person", "bicycle", ...) or "face". */
  readonly label: string;
  /** Landmarks in pixels, where the family has them (faces: eyes, nose, mouth corners or ears). */
  readonly keypoints?: readonly (readonly [number, number])[];
}
