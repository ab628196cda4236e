import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../../lib/onnx/build.ts';
import type { Dim } from '../../../../../lib/onnx/model.ts';
import { writeModel } from '../../../../../lib/onnx/write.ts';
import { readModelFile } from '../../../../../workers/camera/inference/file.ts';
import { createOrtEngine } from '../../../../../workers/camera/inference/ort.ts';
import { nativeRuntime } from './native.ts';

const card = {
  id: 'dropped',
  title: { ja: '追加', en: 'Dropped' },
  task: 'faces',
  family: 'rfb',
  engine: 'ort',
  input: {
    width: 3,
    height: 2,
    fit: 'stretch',
    align: 'top-left',
    pad: 0,
    channels: 'bgr',
    mean: [10, 20, 30],
    std: [2, 2, 2],
  },
  outputs: {},
  classes: ['face'],
  make: { from: 'onnx' },
  licence: 'MIT',
  copyright: 'x',
  trainedOn: { ja: 'x', en: 'x' },
  limits: [],
  tier: 'file',
  source: { file: 'dropped.onnx' },
};

/** A graph that gives its normalised input back. */
function plain(dims: Dim[] = [1, 3, 2, 3]): Uint8Array<ArrayBuffer> {
  const builder = new GraphBuilder();
  builder.add('Identity', ['images'], {}, 'out');
  const value = (name: string) => ({ name, type: 'float32' as const, dims });
  const graph = builder.finish('plain', [value('images')], [value('out')]);
  return writeModel({ irVersion: 8, producer: 'test', opsets: { '': 17 }, graph });
}
const blob = (...parts: BlobPart[]) => new Blob(parts);

describe('readModelFile', () => {
  it('makes a model for numbers take pictures', async () => {
    const { card: checked, weights } = await readModelFile({ data: blob(plain()), card });
    expect(checked.id).toBe('dropped');
    const engine = await createOrtEngine(nativeRuntime(), { model: 'dropped', weights, width: 3, height: 2 });
    const rgba = Uint8Array.from({ length: 24 }, (_, i) => (i % 4 === 3 ? 255 : 100 + i));
    const { dims, data } = (await engine.run(rgba)).get('out')!;
    expect(dims).toEqual([1, 3, 2, 3]);
    // Blue of the first two pixels, then red of the first: (102 - 10) / 2, (106 - 10) / 2, (100 - 30) / 2.
    expect([data[0], data[1], data[12]]).toEqual([46, 48, 35]);
  });

  it('takes the files of another engine as they are', async () => {
    const { weights } = await readModelFile({ data: blob('TFL3'), card: { ...card, engine: 'mediapipe' } });
    expect(new TextDecoder().decode(weights)).toBe('TFL3');
  });

  it.each([
    { says: 'text', data: blob('this is no model'), code: 'model-corrupt' },
    { says: 'nothing', data: blob(), code: 'model-corrupt' },
    { says: 'half a model', data: blob(plain().slice(0, 60)), code: 'model-corrupt' },
    { says: 'a model of another size', data: blob(plain([1, 3, 5, 3])), code: 'model-wrong-shape' },
    { says: 'a model that takes one channel', data: blob(plain([1, 1, 2, 3])), code: 'model-wrong-shape' },
  ])('refuses $says', async ({ data, code }) => {
    await expect(readModelFile({ data, card })).rejects.toMatchObject({ code, subject: 'dropped' });
  });

  it.each([
    { says: 'is missing', card: undefined },
    { says: 'names an unknown family', card: { ...card, family: 'oracle' } },
    { says: 'has a field too many', card: { ...card, secret: 1 } },
    { says: 'has an id that could carry data', card: { ...card, id: 'A B' } },
  ])('refuses a card that $says', async ({ card }) => {
    const invalid = expect.objectContaining({ code: 'config-invalid' });
    await expect(readModelFile({ data: blob(plain()), card })).rejects.toEqual(invalid);
  });
});
