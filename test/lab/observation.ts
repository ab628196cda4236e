/**
 * What the laboratory sees of a frame. Boxes and ids of tracks never leave the site's camera; measuring accuracy needs
 * them, so there is a second build of the same camera with a window in its housing. It is not part of the site.
 */
export interface ObservedObject {
  /** Track id; absent for raw detections. */
  id?: number;
  label: string;
  score: number;
  /** [x0, y0, x1, y1], pixels */
  box: [number, number, number, number];
}

export interface Observation {
  frame: number;
  timeS: number;
  detections: ObservedObject[];
  /** Confirmed tracks that were seen in this very frame. */
  tracks: ObservedObject[];
}
