import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RegistryEntry } from '../../../../../models/registry.ts';
import {
  fetchWeights,
  findModel,
  loadRegistry,
  verifyWeights,
} from '../../../../../workers/camera/inference/load.ts';

const WEIGHTS = Uint8Array.from({ length: 300_000 }, (_, i) => i * 7);
const SHA256 = createHash('sha256').update(WEIGHTS).digest('hex');
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
  sha256: SHA256,
  precision: 'fp32',
  parameters: 1,
  macs: 1,
  peakActivationBytes: 1,
  operators: {},
} as const;
const installed = { ...entry('test-model'), facts };

/** What the server answers, by path; everything else is not there. */
let answers: Record<string, (response: ServerResponse) => void> = {};
const server = createServer((request, response) => {
  const answer = answers[request.url ?? ''];
  if (answer) answer(response);
  else response.writeHead(404).end();
});
let root: URL;
let visits = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  // Registries are remembered by address: each test has one of its own.
  root = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${++visits}/`);
  answers = {};
});

const at = (path: string) => new URL(path, root).pathname;
const json = (value: unknown) => (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const bytes = (data: Uint8Array) => (response: ServerResponse) => response.writeHead(200).end(data);
const ofCode = (code: string) => expect.objectContaining({ code });

describe('findModel', () => {
  it('gives the card of an installed model, reading the registry once', async () => {
    let reads = 0;
    answers[at('models/registry.json')] = (response) => {
      reads++;
      json({ version: 1, models: [installed] })(response);
    };
    const [first, second] = await Promise.all([findModel('test-model', root), findModel('test-model', root)]);
    expect(first.facts).toEqual(facts);
    expect(second).toBe(first);
    expect(reads).toBe(1);
  });

  it.each([
    { says: 'a model that is not known', id: 'other', models: [installed] },
    { says: 'a model without weights', id: 'bare', models: [entry('bare')] },
  ])('misses $says', async ({ id, models }) => {
    answers[at('models/registry.json')] = json({ version: 1, models });
    await expect(findModel(id, root)).rejects.toEqual(
      expect.objectContaining({ code: 'model-missing', subject: id }),
    );
  });

  it.each([
    { says: 'is not there', answer: undefined, code: 'model-missing' },
    {
      says: 'is a start page',
      answer: (r: ServerResponse) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      code: 'model-missing',
    },
    { says: 'is not JSON', answer: bytes(new TextEncoder().encode('{')), code: 'model-corrupt' },
    { says: 'is of another version', answer: json({ version: 2, models: [] }), code: 'model-corrupt' },
  ])('fails when the registry $says, and tries again', async ({ answer, code }) => {
    if (answer) answers[at('models/registry.json')] = answer;
    await expect(loadRegistry(root.href)).rejects.toEqual(ofCode(code));
    answers[at('models/registry.json')] = json({ version: 1, models: [] });
    await expect(loadRegistry(root.href)).resolves.toEqual({ version: 1, models: [] });
  });
});

describe('fetchWeights', () => {
  it('gives the file, telling how far it is', async () => {
    answers[at('models/test.onnx')] = (response) => {
      response.writeHead(200);
      response.write(WEIGHTS.subarray(0, 1000));
      setTimeout(() => response.end(WEIGHTS.subarray(1000)), 20);
    };
    const seen: number[] = [];
    const weights = await fetchWeights(
      installed,
      (loaded, total) => {
        expect(total).toBe(WEIGHTS.length);
        seen.push(loaded);
      },
      root,
    );
    expect(Buffer.compare(weights, WEIGHTS)).toBe(0);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(WEIGHTS.length);
    await expect(verifyWeights(installed, weights)).resolves.toBeUndefined();
  });

  it.each([
    { says: 'a file that is not there', answer: undefined, code: 'model-missing' },
    { says: 'a broken server', answer: (r: ServerResponse) => r.writeHead(500).end(), code: 'model-missing' },
    {
      says: 'a start page',
      answer: (r: ServerResponse) =>
        r.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
      code: 'model-missing',
    },
    { says: 'a file cut short', answer: bytes(WEIGHTS.subarray(0, 1234)), code: 'model-corrupt' },
    {
      says: 'a longer file',
      answer: bytes(Uint8Array.of(...WEIGHTS.subarray(0, 9), ...WEIGHTS.subarray(0, 99))),
      facts: { ...facts, bytes: 9 },
      code: 'model-corrupt',
    },
    {
      says: 'a connection that breaks off',
      answer: (r: ServerResponse) => {
        r.writeHead(200, { 'content-length': WEIGHTS.length });
        r.write(WEIGHTS.subarray(0, 5000), () => r.destroy());
      },
      code: 'model-corrupt',
    },
  ])('refuses $says', async ({ answer, code, ...more }) => {
    if (answer) answers[at('models/test.onnx')] = answer;
    const wanted = expect.objectContaining({ code, subject: 'test-model' });
    await expect(fetchWeights({ ...installed, ...more }, () => {}, root)).rejects.toEqual(wanted);
  });

  it('misses a server that does not answer', async () => {
    const nowhere = new URL('http://127.0.0.1:1/');
    await expect(fetchWeights(installed, () => {}, nowhere)).rejects.toEqual(ofCode('model-missing'));
  });

  it('says so when there is no memory for it', async () => {
    answers[at('models/test.onnx')] = bytes(WEIGHTS);
    const huge = { ...installed, facts: { ...facts, bytes: 2 ** 52 } };
    await expect(fetchWeights(huge, () => {}, root)).rejects.toEqual(ofCode('memory-exhausted'));
  });
});

describe('verifyWeights', () => {
  it('refuses a file of the right size with one wrong bit', async () => {
    const changed = WEIGHTS.slice();
    changed[12345]! ^= 1;
    const wanted = expect.objectContaining({ code: 'model-wrong-hash', subject: 'test-model' });
    await expect(verifyWeights(installed, changed)).rejects.toEqual(wanted);
  });

  it('refuses everything where nothing can be hashed', async () => {
    vi.stubGlobal('crypto', {});
    await expect(verifyWeights(installed, WEIGHTS)).rejects.toEqual(ofCode('backend-unavailable'));
    vi.unstubAllGlobals();
  });
});
