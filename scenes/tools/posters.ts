/** One small still of each rendered clip, for the page that lets visitors choose a case by its picture. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from '../../test/tools/chromium.ts';

const WIDTH = 480;

/**
 * Writes `<clip>.webp` beside each `<clip>.mp4` of a folder, 480 pixels wide.
 * @param at share of the clip's length at which the still is taken, 0..1
 */
export async function makePosters(clips: readonly string[], folder: string, at = 0.5): Promise<void> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  try {
    const page = await browser.newPage();
    for (const clip of clips) {
      const path = join(folder, `${clip}.mp4`);
      if (!existsSync(path)) continue;
      const video = (await readFile(path)).toString('base64');
      const picture = await page.evaluate(still, { video, width: WIDTH, at });
      const webp = Buffer.from(picture, 'base64');
      await writeFile(join(folder, `${clip}.webp`), webp);
      console.log(`${clip}.webp: ${Math.round(webp.length / 1000)} kB`);
    }
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
async function still({ video, width, at }: { video: string; width: number; at: number }): Promise<string> {
  const bytes = Uint8Array.from(atob(video), (character) => character.charCodeAt(0));
  const element = document.createElement('video');
  element.muted = true;
  element.src = URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' }));
  await new Promise((resolve, reject) => {
    element.onloadeddata = resolve;
    element.onerror = () => reject(new Error('the clip can not be played'));
  });
  const sought = new Promise((resolve) => (element.onseeked = resolve));
  element.currentTime = element.duration * at;
  await sought;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.round((width * element.videoHeight) / element.videoWidth);
  canvas.getContext('2d')!.drawImage(element, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', 0.82).split(',')[1]!;
}
