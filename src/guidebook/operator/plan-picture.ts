/** Makes a plan of a picture file: reduced to the size of the sketch, so that it fits into the operator's file. */
import { MAX_PLAN_CHARS } from '../operator-file.ts';
import { PLAN } from './sketch.ts';

/** Pixels for one unit of the sketch. */
const SCALE = 3;
/** JPEG qualities, tried one after the other until the plan is small enough. */
const QUALITIES = [0.85, 0.7, 0.5, 0.3];

async function dataUrl(blob: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(blob);
  });
}

/** @returns a data URL; undefined where the file is no picture that the browser can read */
export async function planPicture(file: Blob): Promise<string | undefined> {
  try {
    const picture = await createImageBitmap(file);
    const [width, height] = [PLAN.width * SCALE, PLAN.height * SCALE];
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    const scale = Math.min(width / picture.width, height / picture.height);
    const [w, h] = [picture.width * scale, picture.height * scale];
    context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
    picture.close();
    for (const quality of QUALITIES) {
      const url = await dataUrl(await canvas.convertToBlob({ type: 'image/jpeg', quality }));
      if (url.length <= MAX_PLAN_CHARS) return url;
    }
    return undefined;
  } catch {
    return undefined;
  }
}
