/**
 * The networks built from weights by name against the package's own code for them: face-api runs its own architecture in
 * TensorFlow.js, we run ours in ONNX Runtime, on the same pictures.
 *
 * Tolerance: 1e-4 of the largest value of an output, as for the converted graphs (`../parity.test.ts`). The descriptor's
 * eight kernels that the package keeps in single precision are rounded to half here (2^-11 of each weight), which moves
 * its 128 numbers by some 1.5e-4 of the largest: five times the tolerance, and a cosine by less than 1e-6.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCards } from '../../../../models/build/cards.ts';
import { make } from '../../../../models/build/make.ts';
import { PLACES } from '../../../../models/build/paths.ts';
import { sourceOf } from '../../../../models/build/sources.ts';
import { compare, drawnPicture, PACKAGES, photos, runOnPicture, session, type Rgba } from '../tools.ts';

/** What is used of the package, which has no types of its own that fit this build of it. */
interface FaceApi {
  readonly nets: Readonly<Record<'ageGenderNet' | 'faceRecognitionNet', Network>>;
}
interface Network {
  loadFromDisk(folder: string): Promise<void>;
  forward(picture: tf.Tensor4D): Promise<tf.Tensor | { readonly age: tf.Tensor }>;
}

const { nets } = createRequire(import.meta.url)('@vladmandic/face-api/dist/face-api.node-wasm.js') as FaceApi;

const cards = new Map((await readCards()).map((card) => [card.id, card]));

async function reference(network: Network, { width, height, data }: Rgba): Promise<Float32Array> {
  const picture = tf.tidy(() =>
    tf.tensor4d(Float32Array.from(data), [1, height, width, 4]).slice([0, 0, 0, 0], [1, height, width, 3]),
  );
  const found = await network.forward(picture as tf.Tensor4D);
  const values = Float32Array.from(await ('age' in found ? found.age : found).data());
  tf.dispose([picture, found as tf.Tensor]);
  return values;
}

const cosine = (a: Float32Array, b: Float32Array) => {
  const dot = (p: Float32Array, q: Float32Array) => p.reduce((sum, x, i) => sum + x * q[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

beforeAll(async () => {
  setWasmPaths(`${join(PACKAGES, '@tensorflow', 'tfjs-backend-wasm', 'dist')}/`);
  await tf.setBackend('wasm');
});

describe("networks built from weights give what the package's own code gives", () => {
  it.each([
    { id: 'age', network: 'ageGenderNet', output: 'age', tolerance: 1e-4 },
    { id: 'face-descriptor', network: 'faceRecognitionNet', output: 'desc', tolerance: 5e-4 },
  ] as const)('$id', async ({ id, network, output, tolerance }) => {
    const card = cards.get(id)!;
    const { width, height } = card.input;
    await nets[network].loadFromDisk(join(PACKAGES, '@vladmandic', 'face-api', 'model'));
    const ready = await session(make(card, (await sourceOf(card, PLACES))!).bytes);
    let worst = 0;
    for (const picture of [drawnPicture(width, height), ...photos(width, height, 3)]) {
      const expected = await reference(nets[network], picture);
      const found = (await runOnPicture(ready, picture))[output]!.data;
      const { difference, scale } = compare(found, expected);
      worst = Math.max(worst, difference / scale);
      if (output === 'desc') expect(1 - cosine(found, expected)).toBeLessThan(1e-6);
    }
    await ready.release();
    console.log(`${id}: ${worst.toExponential(1)} of the largest value`);
    expect(worst).toBeLessThan(tolerance);
  });

  it('gives out nothing else: no sex, no inner vector', () => {
    expect(Object.keys(cards.get('age')!.outputs)).toEqual(['age']);
    expect(Object.keys(cards.get('face-descriptor')!.outputs)).toEqual(['desc']);
  });
});
