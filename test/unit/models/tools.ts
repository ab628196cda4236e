/** What the tests of the models share: sessions, pictures, comparing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import * as ort from 'onnxruntime-node';
import type { Model } from '../../../lib/onnx/model.ts';
import { writeModel } from '../../../lib/onnx/write.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
export const PACKAGES = join(ROOT, 'node_modules');
const SHARED = join(ROOT, '..', 'shared');
/** Optional models, where this machine has them. */
export const SHARED_MODELS = join(SHARED, 'models');

/** Deterministic noise in 0..1 (mulberry32). */
export function noise(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Rgba {
  name: string;
  width: number;
  height: number;
  data: Uint8Array;
}

/** Noise, alpha 255. */
export function noisePicture(width: number, height: number, seed = 1): Rgba {
  const next = noise(seed);
  const data = Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : Math.floor(next() * 256),
  );
  return { name: `noise ${seed}`, width, height, data };
}

/** Smooth shading with a few hard-edged discs: something of everything a photo has, and always at hand. */
export function drawnPicture(width: number, height: number): Rgba {
  const next = noise(7);
  const discs = Array.from({ length: 12 }, () => ({
    x: next() * width,
    y: next() * height,
    r: (0.03 + 0.12 * next()) * Math.min(width, height),
    colour: [next() * 255, next() * 255, next() * 255],
  }));
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shade = [(255 * x) / width, (255 * y) / height, 127 + 100 * Math.sin((x + y) / 17)];
      const disc = discs.findLast((each) => Math.hypot(x - each.x, y - each.y) < each.r);
      data.set([...(disc?.colour ?? shade).map(Math.round), 255], (y * width + x) * 4);
    }
  }
  return { name: 'drawn', width, height, data };
}

/** Photos of this machine's evaluation set, squeezed to a size; none (with a printed reason) where there is no set. */
export function photos(width: number, height: number, count: number): Rgba[] {
  const folder = join(SHARED, 'eval', 'coco', 'images');
  if (!existsSync(folder)) {
    console.log(`no photos at ${folder}: compared on the drawn picture only`);
    return [];
  }
  const files = readdirSync(folder).filter((file) => file.endsWith('.jpg'));
  const step = Math.floor(files.length / count);
  return Array.from({ length: count }, (_, i) => {
    const file = files.sort()[i * step] as string;
    const photo = jpeg.decode(readFileSync(join(folder, file)), { useTArray: true, formatAsRGBA: true });
    const data = new Uint8Array(width * height * 4);
    for (let y = 0; y < height; y++) {
      const row = Math.floor((y * photo.height) / height) * photo.width;
      for (let x = 0; x < width; x++) {
        const from = (row + Math.floor((x * photo.width) / width)) * 4;
        data.set(photo.data.subarray(from, from + 4), (y * width + x) * 4);
      }
    }
    return { name: file, width, height, data };
  });
}

/** The picture's colours as floats, channels last. */
export function toFloats({ data }: Rgba): Float32Array {
  return Float32Array.from(
    { length: (data.length / 4) * 3 },
    (_, i) => data[Math.floor(i / 3) * 4 + (i % 3)]!,
  );
}

export type Result = Record<string, { dims: number[]; data: Float32Array }>;

export const session = (model: Model | Uint8Array): Promise<ort.InferenceSession> =>
  ort.InferenceSession.create(model instanceof Uint8Array ? model : writeModel(model), {
    intraOpNumThreads: 2,
    // Errors only: old files on purpose have what the runtime warns of.
    logSeverityLevel: 3,
  });

/** Runs a model on RGBA bytes. */
export async function runOnPicture(model: Model | Uint8Array | ort.InferenceSession, picture: Rgba) {
  const { width, height, data } = picture;
  const ready = 'run' in model ? model : await session(model);
  return toResult(await ready.run({ input: new ort.Tensor('uint8', data, [1, height, width, 4]) }));
}

/** Runs a model with one float input. */
export async function runOnFloats(
  model: Model | Uint8Array,
  name: string,
  data: Float32Array,
  dims: number[],
) {
  const ready = await session(model);
  return toResult(await ready.run({ [name]: new ort.Tensor('float32', data, dims) }));
}

const toResult = (outputs: ort.InferenceSession.ReturnType): Result =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, { dims, data }]) => [
      name,
      { dims: [...dims], data: data as Float32Array },
    ]),
  );

/** The largest difference, and the largest value it is to be seen against. */
export function compare(a: ArrayLike<number>, b: ArrayLike<number>): { difference: number; scale: number } {
  let difference = a.length === b.length ? 0 : Infinity;
  let scale = 0;
  for (let i = 0; i < a.length; i++) {
    // A NaN on one side must not pass as equal.
    const apart = Math.abs(a[i]! - b[i]!);
    difference = Number.isNaN(apart) ? Infinity : Math.max(difference, apart);
    scale = Math.max(scale, Math.abs(b[i]!));
  }
  return { difference, scale };
}
