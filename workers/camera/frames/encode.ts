/** Pictures as files, for the two cases in which one may leave. The browser encodes on a thread of its own. */

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA. */
  readonly pixels: Uint8ClampedArray;
}

export interface EncodedFile {
  readonly mime: 'image/png' | 'image/webp';
  readonly base64: string;
}

/** WebP at high quality first; then formats of all browsers, in full and with coarser colours. */
const QUALITIES = [0.9, 0.7] as const;
const DEPTHS = [8, 5, 4] as const;

/**
 * @param mostBase64 characters that the file may have
 * @returns the best that fits
 * @throws {RangeError} when nothing does
 */
export async function encodePicture(
  { width, height, pixels }: Pixels,
  mostBase64: number,
): Promise<EncodedFile> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new RangeError('this browser can not draw a picture');
  const image = new ImageData(new Uint8ClampedArray(pixels), width, height);
  context.putImageData(image, 0, 0);
  for (const quality of QUALITIES) {
    const file = await canvas.convertToBlob({ type: 'image/webp', quality });
    // A browser without the format returns PNG.
    if (file.type !== 'image/webp') break;
    const base64 = toBase64(await file.arrayBuffer());
    if (base64.length <= mostBase64) return { mime: 'image/webp', base64 };
  }
  for (const depth of DEPTHS) {
    context.putImageData(depth === 8 ? image : coarser(image, depth), 0, 0);
    const base64 = toBase64(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
    if (base64.length <= mostBase64) return { mime: 'image/png', base64 };
  }
  throw new RangeError(`a picture of ${width} x ${height} does not fit into ${mostBase64} characters`);
}

/** Fewer bits a channel, spread over the full range again. */
function coarser(image: ImageData, bits: number): ImageData {
  const levels = 2 ** bits - 1;
  const data = image.data.map((value) => Math.round((Math.round((value / 255) * levels) / levels) * 255));
  return new ImageData(data, image.width, image.height);
}

/** In pieces, because the number of arguments of a call is limited. */
function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
