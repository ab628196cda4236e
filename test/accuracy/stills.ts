/** Pictures out of a clip, decoded by the browser that the site runs in. */
import { readFile } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import type { Picture } from '../../workers/frames/frame.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';

/** Hands out pictures of clips; close it when done. */
export interface Stills {
  /** @param frames their numbers */
  of(file: string, fps: number, frames: readonly number[]): AsyncGenerator<Picture>;
  close(): Promise<void>;
}

/** @throws {Error} when no Chromium can be had */
export async function openStills(): Promise<Stills> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  const page = await browser.newPage();
  return { of: (file, fps, frames) => stills(page, file, fps, frames), close: () => browser.close() };
}

async function* stills(
  page: Page,
  file: string,
  fps: number,
  frames: readonly number[],
): AsyncGenerator<Picture> {
  const { width, height } = await page.evaluate(load, (await readFile(file)).toString('base64'));
  for (const frame of frames) {
    // The middle of its time: rounding can not fall on the frame before.
    const bytes = Buffer.from(await page.evaluate(shoot, (frame + 0.5) / fps), 'base64');
    yield { width, height, pixels: new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  }
}

/** Runs in the page. */
async function load(clip: string): Promise<{ width: number; height: number }> {
  const video = document.createElement('video');
  video.muted = true;
  const bytes = Uint8Array.from(atob(clip), (character) => character.charCodeAt(0));
  video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' }));
  await new Promise((resolve, reject) => {
    video.onloadeddata = resolve;
    video.onerror = () => reject(new Error('the clip can not be played'));
  });
  document.body.replaceChildren(video);
  return { width: video.videoWidth, height: video.videoHeight };
}

/** Runs in the page. @returns RGBA bytes in base64 */
async function shoot(timeS: number): Promise<string> {
  const video = document.querySelector('video')!;
  const sought = new Promise((resolve) => (video.onseeked = resolve));
  video.currentTime = timeS;
  await sought;
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(video, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let text = '';
  for (let i = 0; i < data.length; i += 0x8000) text += String.fromCharCode(...data.subarray(i, i + 0x8000));
  return btoa(text);
}
