import { describe, expect, it } from 'vitest';
import type { RegistryEntry } from '../../../../../models/registry.ts';
import { findModel, loadRegistry, readWeights } from '../../../../../workers/camera/inference/load.ts';
import type { Supplies } from '../../../../../workers/camera/isolation/supplies.ts';
import { Fault } from '../../../../../workers/camera/isolation/fault.ts';

const WEIGHTS = Uint8Array.from({ length: 3000 }, (_, i) => i * 7);
const text = { ja: 'x', en: 'x' };

const entry = (id: string, more: Partial<RegistryEntry> = {}) =>
  ({
    id,
    title: text,
    task: 'objects',
    family: 'rfb',
    engine: 'ort',
    input: { width: 64, height: 64, fit: 'letterbox', channels: 'rgb', mean: [0, 0, 0], std: [1, 1, 1] },
    outputs: {},
    classes: ['face'],
    make: { from: 'copy' },
    licence: 'MIT',
    copyright: 'x',
    trainedOn: text,
    limits: [],
    tier: 'own',
    source: { file: 'models/own.onnx' },
    ...more,
  }) as RegistryEntry;

const facts = {
  url: 'models/test.onnx',
  bytes: WEIGHTS.length,
  sha256: 'a'.repeat(64),
  precision: 'fp32',
  parameters: 1,
  macs: 1,
  peakActivationBytes: 1,
  operators: {},
} as const;
const installed = { ...entry('test-model'), facts };

/** What was handed in, by name. */
const supplied = (files: Record<string, unknown>): Supplies => ({
  file: (path, subject) => {
    const file = files[path];
    if (file === undefined) return Promise.reject(new Fault('model-missing', path, { subject }));
    const bytes = file instanceof Uint8Array ? file : new TextEncoder().encode(JSON.stringify(file));
    return Promise.resolve(bytes as Uint8Array<ArrayBuffer>);
  },
  code: () => Promise.reject(new Error('no code here')),
  binary: () => Promise.reject(new Error('no binary here')),
});
const registry = (models: unknown[]) => supplied({ 'models/registry.json': { version: 1, models } });

describe('findModel', () => {
  it('gives the card of an installed model', async () => {
    expect((await findModel('test-model', registry([installed]))).facts).toEqual(facts);
  });

  it.each([
    { says: 'a model that is not known', id: 'other', models: [installed] },
    { says: 'a model without weights', id: 'bare', models: [entry('bare')] },
  ])('misses $says', async ({ id, models }) => {
    const wanted = expect.objectContaining({ code: 'model-missing', subject: id });
    await expect(findModel(id, registry(models))).rejects.toEqual(wanted);
  });

  it.each([
    { says: 'is not there', files: {}, code: 'model-missing' },
    {
      says: 'is not JSON',
      files: { 'models/registry.json': new TextEncoder().encode('{') },
      code: 'model-corrupt',
    },
    {
      says: 'is of another version',
      files: { 'models/registry.json': { version: 2, models: [] } },
      code: 'model-corrupt',
    },
  ])('fails when the registry $says', async ({ files, code }) => {
    await expect(loadRegistry(supplied(files))).rejects.toEqual(expect.objectContaining({ code }));
  });
});

describe('readWeights', () => {
  const quiet = () => {};

  it('gives the file', async () => {
    const weights = await readWeights(installed, quiet, supplied({ 'models/test.onnx': WEIGHTS }));
    expect(Buffer.compare(weights, WEIGHTS)).toBe(0);
  });

  it.each([
    { says: 'a file that was not handed in', files: {}, code: 'model-missing' },
    {
      says: 'a file of another size than its card says',
      files: { 'models/test.onnx': WEIGHTS.subarray(0, 99) },
      code: 'model-corrupt',
    },
  ])('refuses $says', async ({ files, code }) => {
    const wanted = expect.objectContaining({ code, subject: 'test-model' });
    await expect(readWeights(installed, quiet, supplied(files))).rejects.toEqual(wanted);
  });
});
