/**
 * Models without a browser, for sets of single photos: the camera's own crops, decoders and thresholds around the native
 * build of the same runtime. It is several times faster than a page for every set, and the graphs give the same numbers
 * (`test/unit/models/parity.test.ts`). Clips go through the whole camera in the laboratory instead.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import jpeg from 'jpeg-js';
import * as v from 'valibot';
import { Card } from '../../models/registry.ts';
import { wrapFile } from '../../models/wrap.ts';
import { Downscaler, downscaledSize } from '../../workers/camera/frames/downscale.ts';
import type { Picture } from '../../workers/camera/frames/frame.ts';
import { createDetector, type DetectorOptions } from '../../workers/camera/inference/detector.ts';
import type { Detector, Engine, StageClock } from '../../workers/camera/inference/engine.ts';
import { createOrtEngine } from '../../workers/camera/inference/ort.ts';
import { nativeRuntime } from '../unit/workers/camera/inference/native.ts';
import { MODEL_DIR } from './shared.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Nothing is timed here. */
export const untimed: StageClock = { prepare: (work) => work(), infer: (work) => work() };

export const cardOf = (id: string): Card =>
  v.parse(Card, JSON.parse(readFileSync(resolve(ROOT, `models/cards/${id}.json`), 'utf8')));

/** A photo as case 5's sensor lowers it to this width, pixels; as it is where it is narrower. */
export function lowered(photo: Picture, width: number): Picture {
  const to = downscaledSize(photo, width);
  if (to.width >= photo.width) return photo;
  const scaler = new Downscaler(photo, to);
  scaler.full.set(photo.pixels);
  const pixels = new Uint8ClampedArray(to.width * to.height * 4);
  scaler.lowerInto(pixels);
  return { ...to, pixels };
}

/** The file of a model, or the reason why there is none here. */
function fileOf({ id, tier, source }: Card): { path: string; missing?: string } {
  if (tier !== 'optional') {
    const path = resolve(ROOT, `public/models/${id}.onnx`);
    return existsSync(path) ? { path } : { path, missing: `${id} is not made; run: npm run models` };
  }
  const path = resolve(MODEL_DIR, 'onnx', source.file);
  return existsSync(path)
    ? { path }
    : { path, missing: `no onnx/${source.file} in ${MODEL_DIR} (set INCAM_MODEL_DIR)` };
}

/** @returns the reason why a model cannot be run here, or undefined if it can */
export const missingModel = (id: string): string | undefined => fileOf(cardOf(id)).missing;

/**
 * @param size of the input; the card's by default
 * @throws {Error} when the model is not here
 */
export async function nativeEngine(id: string, size?: { width: number; height: number }): Promise<Engine> {
  const card = cardOf(id);
  const { path, missing } = fileOf(card);
  if (missing) throw new Error(missing);
  const file = readFileSync(path);
  const weights = card.tier === 'optional' ? wrapFile(file, card.input) : file;
  const { width, height } = size ?? card.input;
  return createOrtEngine(nativeRuntime(), { model: id, weights, width, height });
}

/** @throws {Error} when the model is not here */
export async function nativeDetector(id: string, options?: DetectorOptions): Promise<Detector> {
  return createDetector(cardOf(id), await nativeEngine(id), options);
}

/** @param path of a JPEG */
export function readPhoto(path: string): Picture {
  const { width, height, data } = jpeg.decode(readFileSync(path), { useTArray: true });
  return { width, height, pixels: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength) };
}
