/**
 * The laboratory's view of a frame. Boxes and ids of tracks never leave the site's camera. Measuring accuracy needs
 * them, so there is a second build of the same camera with an opening. It is not part of the site.
 */
export interface ObservedObject {
  /** Track id; absent for raw detections. */
  id?: number;
  label: string;
  score: number;
  /** [x0, y0, x1, y1], pixels */
  box: [number, number, number, number];
}

/** A face as it was read, with what it was told apart by. */
export interface ObservedFace {
  /** [x0, y0, x1, y1], pixels */
  box: [number, number, number, number];
  descriptor: number[];
}

export interface Observation {
  frame: number;
  timeS: number;
  detections: ObservedObject[];
  /** Confirmed tracks that were seen in this very frame. */
  tracks: ObservedObject[];
  /** Faces read in this frame, where a case tells faces apart. */
  faces: ObservedFace[];
  /** What was covered in a picture made of this very frame (case 5). */
  released?: [number, number, number, number][];
}
