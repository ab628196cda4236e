/**
 * Pictures out of a clip, decoded by the browser that the site runs in. Not by a video element: when it says that it has
 * sought, it may still show the picture before.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type * as Mediabunny from 'mediabunny';
import type { Picture } from '../../workers/camera/frames/frame.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';

/** Hands out pictures of clips; close it when done. */
export interface Stills {
  /**
   * @param fps of the clip
   * @param frames their numbers, in order
   * @throws {Error} when the clip cannot be decoded, or has no such frame
   */
  of(file: string, fps: number, frames: readonly number[]): AsyncGenerator<Picture>;
  close(): Promise<void>;
}

declare global {
  interface Window {
    Mediabunny: typeof Mediabunny;
    incamStills: AsyncGenerator<Mediabunny.VideoSample | null, void>;
  }
}

/** Decoders are only there for pages that count as safe; nothing is fetched from this address. */
const PAGE = 'https://stills.test/';
const LIBRARY = resolve(import.meta.dirname, '../../node_modules/mediabunny/dist/bundles/mediabunny.min.cjs');

/** @throws {Error} when no Chromium can be had */
export async function openStills(): Promise<Stills> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  const page = await browser.newPage();
  await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(PAGE);
  await page.addScriptTag({ path: LIBRARY });
  return { of: (file, fps, frames) => stills(page, file, fps, frames), close: () => browser.close() };
}

async function* stills(
  page: Page,
  file: string,
  fps: number,
  frames: readonly number[],
): AsyncGenerator<Picture> {
  // The middle of its time: rounding cannot fall on the frame before.
  const times = frames.map((frame) => (frame + 0.5) / fps);
  await page.evaluate(load, { clip: (await readFile(file)).toString('base64'), times });
  for (const frame of frames) {
    const { width, height, atS, rgba } = await page.evaluate(next);
    if (Math.round(atS * fps) !== frame) throw new Error(`${file}: frame ${frame} came as that of ${atS} s`);
    const bytes = Buffer.from(rgba, 'base64');
    yield { width, height, pixels: new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  }
}

/** Runs in the page. */
async function load({ clip, times }: { clip: string; times: readonly number[] }): Promise<void> {
  const { Input, BufferSource, VideoSampleSink, MP4 } = window.Mediabunny;
  const bytes = Uint8Array.from(atob(clip), (character) => character.charCodeAt(0));
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4] });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('the clip has no pictures');
  window.incamStills = new VideoSampleSink(track).samplesAtTimestamps(times);
}

/** Runs in the page. `rgba` is in base64. */
async function next(): Promise<{ width: number; height: number; atS: number; rgba: string }> {
  const { value: sample } = await window.incamStills.next();
  if (!sample) throw new Error('the clip has no such picture');
  const { displayWidth: width, displayHeight: height, timestamp: atS } = sample;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  sample.draw(context, 0, 0);
  sample.close();
  const { data } = context.getImageData(0, 0, width, height);
  let text = '';
  for (let i = 0; i < data.length; i += 0x8000) text += String.fromCharCode(...data.subarray(i, i + 0x8000));
  return { width, height, atS, rgba: btoa(text) };
}
