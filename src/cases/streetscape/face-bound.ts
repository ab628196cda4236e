/** Upper bound of a face's width in pixels in a picture of the downscaled sensor, before any detection or covering. */

/** Width of a head as the standard below assumes it, metres. */
const FACE_M = 0.16;

/**
 * Minimum pixels a metre of IEC 62676-4:2014 (video surveillance, application guidelines) for recognition by an
 * acquaintance, and for identification beyond reasonable doubt.
 */
export const PIXELS_PER_METRE = { recognise: 125, identify: 250 } as const;

/** The same for the width of a face: 20 and 40 pixels. */
export const FACE_PIXELS = {
  recognise: PIXELS_PER_METRE.recognise * FACE_M,
  identify: PIXELS_PER_METRE.identify * FACE_M,
} as const;

export interface Optics {
  /** Pixels across. */
  readonly sensorWidth: number;
  /** Horizontal angle of view, degrees; a lens without distortion. */
  readonly fovDeg: number;
  /** Minimum distance of a face, metres. */
  readonly nearestM: number;
}

/**
 * Width of a face that looks straight into the lens, in pixels: w = FACE_M * f / d with f = (W / 2) / tan(fov / 2) (pinhole
 * camera). At the border of a wide lens a face is stretched by up to 1 / cos(fov / 2).
 */
export function facePixels({ sensorWidth, fovDeg, nearestM }: Optics): number {
  const focal = sensorWidth / 2 / Math.tan((fovDeg * Math.PI) / 360);
  return (FACE_M * focal) / nearestM;
}

/** Meaning of the bound: no recognition, recognition by acquaintances, or identification. */
export type FaceVerdict = 'below' | 'recognisable' | 'identifiable';

export function verdictOf(pixels: number): FaceVerdict {
  if (pixels < FACE_PIXELS.recognise) return 'below';
  return pixels < FACE_PIXELS.identify ? 'recognisable' : 'identifiable';
}
