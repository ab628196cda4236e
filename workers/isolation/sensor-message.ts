/** What the sensor posts to the camera, and how. */

/** A picture's planes as the browser has them, and what must be known to read them. */
export interface SensorPicture {
  readonly bytes: ArrayBuffer;
  readonly format: string;
  readonly layout: readonly { readonly offset: number; readonly stride: number }[];
  /** Pixels that are there, and the size they are shown at. */
  readonly width: number;
  readonly height: number;
  readonly displayWidth: number;
  readonly displayHeight: number;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly flip: boolean;
  readonly matrix: string | null;
  readonly fullRange: boolean | null;
  /** Microseconds. */
  readonly timestamp: number;
  /** Pictures destroyed unseen since the last one: the camera was not ready for them. */
  readonly unseen: number;
}
export type SensorMessage = { picture: SensorPicture } | { ended: true };
