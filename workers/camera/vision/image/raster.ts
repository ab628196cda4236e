/** Rasters for icons: RGBA, row by row. The camera's own pictures have the same form. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** width * height * 4 bytes */
  readonly pixels: Uint8ClampedArray;
}

/** Red, green, blue, 0..255. */
export type Rgb = readonly [number, number, number];

/** @throws {RangeError} when the buffer does not fit the size */
export function requireRaster({ width, height, pixels }: Raster): void {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole || pixels.length !== width * height * 4)
    throw new RangeError(`a raster of ${width} x ${height} pixels can not have ${pixels.length} bytes`);
}
