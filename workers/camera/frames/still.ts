import { Fault } from '../isolation/fault.ts';

/**
 * Reads a picture that belongs to the site (a sample's empty background) as RGBA of a size.
 * @param file the picture, encoded
 * @throws {Fault} 'source-unreadable' when it is no picture or of other proportions
 */
export async function readSitePicture(file: Uint8Array<ArrayBuffer>, width: number, height: number) {
  const bitmap = await createImageBitmap(new Blob([file])).catch((cause: unknown) => {
    throw new Fault('source-unreadable', 'not a picture', { cause });
  });
  try {
    if (Math.abs(bitmap.width / bitmap.height - width / height) > PROPORTION * (width / height))
      throw new Fault(
        'source-unreadable',
        `${bitmap.width} x ${bitmap.height} is not of the camera's proportions`,
      );
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new Fault('source-unreadable', 'this browser can not draw a picture');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return { width, height, pixels: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}

/** Proportions may differ by rounding to whole pixels. */
const PROPORTION = 0.02;
