/**
 * The converted models against TensorFlow.js on the same pictures.
 *
 * Tolerance: 1e-4 of the largest value of an output. Both sides compute in float32 but add in another order; over the
 * 30 to 90 layers of these graphs a relative 6e-8 a sum grows to about 2e-5 of the output's range (worst measured, printed
 * below). Five times that leaves room for other processors, and is still nothing a decoder would notice: 0.0001 of a
 * score, 0.03 pixels of a box side of 300.
 */
import { join } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCards } from '../../../models/build/cards.ts';
import { make } from '../../../models/build/make.ts';
import { PLACES } from '../../../models/build/paths.ts';
import { sourceOf } from '../../../models/build/sources.ts';
import { compare, drawnPicture, PACKAGES, photos, runOnPicture, session, type Rgba } from './tools.ts';
import { humanModel, loadGraph, runGraph, type GraphFiles } from './tfjs/tensorflow.ts';

const TOLERANCE = 1e-4;

/** How a user of the TensorFlow graph prepares the picture, written with TensorFlow's own operations. */
const PREPARE: Record<string, (rgb: tf.Tensor4D) => tf.Tensor> = {
  centernet: (rgb) => rgb,
  blazeface: (rgb) => rgb.div(127.5).sub(1),
  sex: (rgb) => rgb.reverse(3).sub(tf.tensor1d([103.939, 116.779, 123.68])),
  // The normalisation of MoveNet is inside its graph, behind handling of the batch that the conversion leaves out.
  'movenet-lightning': (rgb) => rgb.cast('int32'),
};
const CENTERNET_OUTPUTS = ['tower_0/keypoints', 'tower_0/wh'];

const cards = new Map((await readCards()).map((card) => [card.id, card]));

const files = new Map<string, Uint8Array>();
async function made(id: string): Promise<Uint8Array> {
  const card = cards.get(id)!;
  const bytes = files.get(id) ?? make(card, (await sourceOf(card, PLACES))!).bytes;
  files.set(id, bytes);
  return bytes;
}

async function worstOf(
  id: string,
  files: GraphFiles,
  pictures: Rgba[],
  values: Record<string, string>,
): Promise<Record<string, number>> {
  const graph = await loadGraph(files);
  const ready = await session(await made(id));
  const worst: Record<string, number> = {};
  for (const picture of pictures) {
    const expected = await runGraph(graph, picture, PREPARE[id]!, Object.values(values));
    const found = await runOnPicture(ready, picture);
    Object.keys(values).forEach((name, i) => {
      const { difference, scale } = compare(found[name]!.data, expected[i]!);
      worst[name] = Math.max(worst[name] ?? 0, difference / scale);
    });
  }
  await ready.release();
  graph.dispose();
  const text = Object.entries(worst).map(([name, value]) => `${name} ${value.toExponential(1)}`);
  console.log(`${id}, ${pictures.length} pictures: ${text.join(', ')} of the largest value`);
  return worst;
}

beforeAll(async () => {
  setWasmPaths(`${join(PACKAGES, '@tensorflow', 'tfjs-backend-wasm', 'dist')}/`);
  await tf.setBackend('wasm');
});

describe('converted models give what TensorFlow.js gives', () => {
  it.each(['centernet', 'blazeface', 'sex', 'movenet-lightning'])('%s', async (id) => {
    const { input, make: recipe, source } = cards.get(id)!;
    if (recipe.from !== 'tfjs' || !('files' in source)) throw new Error(`${id} is not converted`);
    const name = source.files[0]!.replace(/^models\/(.*)\.json$/, '$1');
    const { width, height } = input;
    const pictures = [drawnPicture(width, height), ...photos(width, height, 3)];
    const values = Object.fromEntries(
      Object.entries(recipe.outputs).map(([output, { value }]) => [output, value]),
    );
    const worst = await worstOf(id, humanModel(name), pictures, values);
    for (const difference of Object.values(worst)) expect(difference).toBeLessThan(TOLERANCE);
  });
});

/** TensorFlow's graph with its input and its three resizes written for another size. */
function centernetFor(width: number, height: number): GraphFiles {
  const files = humanModel('centernet');
  const input = files.json.modelTopology.node.find(({ op }) => op === 'Placeholder')!;
  const sizes = [1, height, width, 3].map((size) => ({ size: `${size}` }));
  Object.assign(input.attr!['shape']!, { shape: { dim: sizes } });
  const entries = files.json.weightsManifest.flatMap((group) => group.weights);
  const weights = files.weights.slice();
  const view = new DataView(weights.buffer);
  let at = 0;
  let changed = 0;
  for (const { name, shape, dtype } of entries) {
    const count = shape.reduce((a, b) => a * b, 1);
    if (/up_sampling2d(_\d)?\/mul$/.test(name)) {
      view.setInt32(at, (view.getInt32(at, true) * height) / 512, true);
      view.setInt32(at + 4, (view.getInt32(at + 4, true) * width) / 512, true);
      changed++;
    }
    at += count * (dtype === 'int32' ? 4 : 2);
  }
  expect(changed).toBe(3);
  return { ...files, weights };
}

describe('centernet, freed of its size, gives what TensorFlow.js gives from a graph changed to that size', () => {
  it.each([
    { width: 512, height: 288 },
    { width: 320, height: 192 },
    { width: 640, height: 384 },
    { width: 32, height: 96 },
  ])('$width x $height', async ({ width, height }) => {
    const pictures = [drawnPicture(width, height), ...photos(width, height, 1)];
    const values = { hm: CENTERNET_OUTPUTS[0]!, wh: CENTERNET_OUTPUTS[1]! };
    const worst = await worstOf('centernet', centernetFor(width, height), pictures, values);
    for (const difference of Object.values(worst)) expect(difference).toBeLessThan(TOLERANCE);
  });
});

describe('centernet with fewer classes', () => {
  it.each(['centernet-street', 'centernet-person'])('%s gives the very numbers of the whole', async (id) => {
    const [picture] = [...photos(256, 256, 1), drawnPicture(256, 256)];
    const whole = await runOnPicture(await made('centernet'), picture!);
    const part = await runOnPicture(await made(id), picture!);
    const all = cards.get('centernet')!.classes;
    const cells = 64 * 64;
    expect(part['wh']!.data).toEqual(whole['wh']!.data);
    cards.get(id)!.classes.forEach((label, i) => {
      const from = all.indexOf(label) * cells;
      const channel = part['hm']!.data.subarray(i * cells, (i + 1) * cells);
      // A convolution of other width may be blocked differently: equal up to rounding.
      const { difference } = compare(channel, whole['hm']!.data.subarray(from, from + cells));
      expect(difference, label).toBeLessThan(1e-6);
    });
  });
});
