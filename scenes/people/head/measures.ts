/** Landmarks of the head in its own frame (x left, y up, z forward, origin between the ears), metres, scale 1. */
export const EYE = { x: 0.0315, y: 0.002, z: 0.0728, radius: 0.0136 } as const;

/** Box of the face (forehead to chin, cheek to cheek) that truth projects; corners in `person.faceCorners`. */
export const FACE_BOX = {
  minX: -0.07,
  maxX: 0.07,
  minY: -0.104,
  maxY: 0.065,
  minZ: 0.015,
  maxZ: 0.1,
} as const;

/** Crown of the skull without hair. */
export const CROWN = 0.128;
