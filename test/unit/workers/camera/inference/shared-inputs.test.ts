/** Every model of `../shared/inputs` as the camera's own detector: it runs, or the fault names the cause. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModelFile } from '../../../../../workers/camera/inference/file.ts';
import { createOrtEngine } from '../../../../../workers/camera/inference/ort.ts';
import { nativeRuntime } from './native.ts';

const FOLDER = join(import.meta.dirname, '../../../../../../shared/inputs/onnx');
const isThere = existsSync(FOLDER);
if (!isThere) console.log(`skipped: there are no models at ${FOLDER}`);

/** A card for a plain network on pictures of this size. */
const cardFor = (side: number) => ({
  id: 'dropped',
  title: { ja: '追加', en: 'Dropped' },
  task: 'faces',
  family: 'rfb',
  engine: 'ort',
  input: {
    width: side,
    height: side,
    fit: 'stretch',
    align: 'top-left',
    pad: 0,
    channels: 'rgb',
    mean: [0, 0, 0],
    std: [1, 1, 1],
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
});

/** Loads and runs a model once. @returns the sizes of its outputs, or its fault */
async function tried(name: string, side: number): Promise<unknown> {
  try {
    const data = new Blob([readFileSync(join(FOLDER, `${name}.onnx`))]);
    const { weights } = await readModelFile({ data, card: cardFor(side) });
    const engine = await createOrtEngine(nativeRuntime(), {
      model: 'dropped',
      weights,
      width: side,
      height: side,
    });
    const rgba = Uint8Array.from({ length: side * side * 4 }, (_, i) => (i * 31) % 256);
    const outputs = await engine.run(rgba);
    return [...outputs.values()].map(({ dims }) => [...dims]);
  } catch (error) {
    const { code, subject } = error as { code?: string; subject?: string };
    if (code === undefined) throw error;
    return { code, subject };
  }
}

const ROWS: { name: string; side: number; expected: unknown }[] = [
  { name: 'ref-float', side: 224, expected: [[1, 32, 56, 56]] },
  { name: 'int8-qdq-per-channel-opset13', side: 224, expected: [[1, 32, 56, 56]] },
  { name: 'int8-qoperator-qlinearconv', side: 224, expected: [[1, 16, 112, 112]] },
  { name: 'dynamic-h-w-with-gemm-trained-at-224', side: 224, expected: [[1, 10]] },
  // Its Gelu is younger than the opset it states; the layer normalisation is not the trouble.
  { name: 'vit-like-opset17', side: 224, expected: { code: 'model-operator', subject: 'gelu' } },
  {
    name: 'float8-weights-opset19',
    side: 8,
    expected: { code: 'model-number-format', subject: 'float8e4m3fn' },
  },
  // The scale that it reads is nowhere in the file.
  { name: 'int4-weights-opset21', side: 8, expected: { code: 'model-corrupt', subject: 'dropped' } },
  { name: 'external-data', side: 8, expected: { code: 'model-external-data', subject: 'dropped' } },
  { name: 'no-outputs-no-nodes', side: 64, expected: { code: 'model-empty', subject: 'dropped' } },
  { name: 'lstm', side: 64, expected: { code: 'model-wrong-shape', subject: 'dropped' } },
  { name: 'einsum', side: 64, expected: { code: 'model-wrong-shape', subject: 'dropped' } },
];

describe.skipIf(!isThere)('a model of the shared inputs, dropped into the camera', () => {
  it.each(ROWS)('$name', async ({ name, side, expected }) => {
    expect(await tried(name, side)).toEqual(expected);
  });

  it('is expected here, each one', () => {
    const files = readdirSync(FOLDER).map((file) => file.replace(/\.onnx$/, ''));
    expect(files.sort()).toEqual(ROWS.map(({ name }) => name).sort());
  });
});
