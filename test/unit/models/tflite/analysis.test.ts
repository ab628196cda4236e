import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyseTflite } from '../../../../models/tflite/analysis.ts';
import { analyseBundle, storedFiles } from '../../../../models/tflite/bundle.ts';
import { TfliteError } from '../../../../models/tflite/errors.ts';
import { PACKAGES, SHARED_MODELS } from '../tools.ts';
import { tfliteOf, zipOf } from './files.ts';

describe('costs worked out by hand', () => {
  it.each([
    {
      // 4 x 4 x 8 outputs, each over 3 x 3 x 2
      says: 'a convolution',
      file: tfliteOf({ op: 3, x: [1, 8, 8, 2], weights: [8, 3, 3, 2], y: [1, 4, 4, 8] }),
      macs: 128 * 18,
      parameters: 144,
      peak: 4 * (128 + 128),
      operators: { CONV_2D: 1 },
    },
    {
      says: 'a depthwise convolution',
      file: tfliteOf({ op: 4, x: [1, 8, 8, 2], weights: [1, 5, 5, 2], y: [1, 8, 8, 2] }),
      macs: 128 * 25,
      parameters: 50,
      peak: 4 * 256,
      operators: { DEPTHWISE_CONV_2D: 1 },
    },
    {
      says: 'a product with a matrix',
      file: tfliteOf({ op: 9, x: [1, 10], weights: [7, 10], y: [1, 7] }),
      macs: 70,
      parameters: 70,
      peak: 4 * 17,
      operators: { FULLY_CONNECTED: 1 },
    },
    {
      says: "MediaPipe's own transposed convolution",
      file: tfliteOf({
        op: 32,
        custom: 'Convolution2DTransposeBias',
        x: [1, 4, 4, 3],
        weights: [1, 2, 2, 3],
        y: [1, 8, 8, 1],
      }),
      macs: 48 * 4,
      parameters: 12,
      peak: 4 * (48 + 64),
      operators: { Convolution2DTransposeBias: 1 },
    },
    {
      says: 'an operation without multiplications, and an unknown number',
      file: tfliteOf({ op: 120, x: [1, 4], weights: [4], y: [1, 4] }),
      macs: 0,
      parameters: 4,
      peak: 32,
      operators: { BUILTIN_120: 1 },
    },
  ])('$says', ({ file, macs, parameters, peak, operators }) => {
    expect(analyseTflite(file)).toEqual({
      macs,
      parameters,
      operators,
      peakActivationBytes: peak,
      precision: 'fp32',
    });
  });

  it('finds weights in half precision, which are unpacked when loading', () => {
    const path = join(PACKAGES, '@mediapipe', 'face_detection', 'face_detection_short_range.tflite');
    const found = analyseTflite(new Uint8Array(readFileSync(path)));
    expect(found.precision).toBe('fp16');
    expect(found.operators).not.toHaveProperty('DEQUANTIZE');
  });
});

describe('bundles', () => {
  const small = tfliteOf({ op: 9, x: [1, 10], weights: [7, 10], y: [1, 7] });
  const large = tfliteOf({ op: 3, x: [1, 8, 8, 2], weights: [8, 3, 3, 2], y: [1, 4, 4, 8] });

  it('give their files', () => {
    const files = storedFiles(zipOf({ 'a.tflite': small, 'note.txt': Uint8Array.of(1, 2, 3) }));
    expect([...files.keys()]).toEqual(['a.tflite', 'note.txt']);
    expect(files.get('note.txt')).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('cost the sum of their work and the peak of the hungriest', () => {
    const found = analyseBundle(
      zipOf({ 'a.tflite': small, 'b.tflite': large, 'note.txt': new Uint8Array(9) }),
    );
    expect(found).toEqual({
      macs: 70 + 128 * 18,
      parameters: 70 + 144,
      operators: { FULLY_CONNECTED: 1, CONV_2D: 1 },
      peakActivationBytes: 4 * 256,
      precision: 'fp32',
    });
  });

  it.each([
    { says: 'no zip', bytes: new TextEncoder().encode('a text of some length, but not a zip') },
    { says: 'an empty file', bytes: new Uint8Array() },
    { says: 'a zip without models', bytes: zipOf({ 'note.txt': new Uint8Array(3) }) },
    { says: 'a zip with compressed files', bytes: zipOf({ 'a.tflite': small }, 8) },
    { says: 'a zip cut in front', bytes: zipOf({ 'a.tflite': small }).slice(40) },
  ])('are refused: $says', ({ bytes }) => {
    expect(() => analyseBundle(bytes)).toThrow(TfliteError);
  });

  const task = join(SHARED_MODELS, 'mediapipe', 'face_landmarker_v2.task');
  if (!existsSync(task)) console.log(`no ${task}: bundles are tested on small ones only`);
  it.runIf(existsSync(task))('of MediaPipe can be read', () => {
    const bytes = new Uint8Array(readFileSync(task));
    expect([...storedFiles(bytes).keys()]).toContain('face_landmarks_detector.tflite');
    expect(analyseBundle(bytes).macs).toBeGreaterThan(3e7);
  });
});

it.each([
  { says: 'a text', bytes: new TextEncoder().encode('hello, this is not a model') },
  { says: 'a cut file', bytes: tfliteOf({ op: 3, x: [1], weights: [1], y: [1] }).slice(0, 40) },
])('$says is no .tflite file', ({ bytes }) => {
  expect(() => analyseTflite(bytes)).toThrow(TfliteError);
});
