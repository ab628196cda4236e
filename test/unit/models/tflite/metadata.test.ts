import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TfliteError } from '../../../../models/tflite/errors.ts';
import { addMetadata, type TaskMetadata } from '../../../../models/tflite/metadata.ts';
import { Table } from '../../../../models/tflite/tables.ts';
import { PACKAGES } from '../tools.ts';

const original = new Uint8Array(
  readFileSync(join(PACKAGES, '@mediapipe', 'face_detection', 'face_detection_short_range.tflite')),
);
const metadata: TaskMetadata = {
  name: 'faces',
  mean: 127.5,
  std: 64,
  outputs: [{ name: 'regressors' }, { name: 'classificators', labels: 'labels.txt' }],
};
const file = addMetadata(original, metadata);
const floatAt = (bytes: Uint8Array, at: number) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat32(at, true);

/** The metadata buffer of a model, as a file of its own. */
function payload(bytes: Uint8Array): Uint8Array {
  const model = Table.root(bytes, 'TFL3');
  const entry = model.tables(6).find((each) => each.string(0) === 'TFLITE_METADATA')!;
  const buffer = model.tables(4)[entry.uint32(1)]!;
  const start = buffer.target(0)! + 4;
  return bytes.slice(start, start + buffer.count(0));
}

describe('a .tflite file with metadata', () => {
  it('says what was asked for', () => {
    const bytes = payload(file);
    const root = Table.root(bytes, 'M001');
    expect(root.string(0)).toBe('faces');
    const [graph] = root.tables(3);
    const [input] = graph!.tables(2);
    const normalisation = input!.tables(4)[0]!.table(1)!;
    expect(floatAt(bytes, normalisation.target(0)! + 4)).toBe(127.5);
    expect(floatAt(bytes, normalisation.target(1)! + 4)).toBe(64);
    // ImageProperties, colour space RGB
    expect([input!.table(3)!.int8(0), input!.table(3)!.table(1)!.int8(0)]).toEqual([2, 1]);
    const outputs = graph!.tables(3);
    expect(outputs.map((output) => output.string(0))).toEqual(['regressors', 'classificators']);
    expect(outputs.map((output) => output.tables(6).map((each) => [each.string(0), each.int8(2)]))).toEqual([
      [],
      [['labels.txt', 2]],
    ]);
  });

  it('is the old model otherwise: same graph, same constants, one buffer more', () => {
    const [before, after] = [Table.root(original, 'TFL3'), Table.root(file, 'TFL3')];
    expect(after.uint32(0)).toBe(before.uint32(0));
    expect(after.string(3)).toBe(before.string(3));
    const shapes = (model: Table) =>
      model
        .tables(2)[0]!
        .tables(0)
        .map((tensor) => [tensor.string(3), tensor.ints(0)]);
    expect(shapes(after)).toEqual(shapes(before));
    const constants = (model: Table, bytes: Uint8Array) =>
      model.tables(4).map((buffer) => {
        const start = (buffer.target(0) ?? 0) + 4;
        return Buffer.from(bytes.slice(start, start + buffer.count(0))).toString('base64');
      });
    expect(constants(after, file).slice(0, -1)).toEqual(constants(before, original));
    expect(after.count(4)).toBe(before.count(4) + 1);
    expect(after.count(6)).toBe(before.count(6) + 1);
  });

  it('keeps the alignment of every constant, and aligns its own to 16 bytes', () => {
    const residues = (bytes: Uint8Array) =>
      Table.root(bytes, 'TFL3')
        .tables(4)
        .map((buffer) => (buffer.count(0) > 0 ? (buffer.target(0)! + 4) % 16 : undefined));
    expect(residues(file)).toEqual([...residues(original), 0]);
  });

  it('is the same every time', () => {
    expect(addMetadata(original, metadata)).toEqual(file);
  });

  it.each([
    { says: 'a file that has metadata already', bytes: file },
    { says: 'a text', bytes: new TextEncoder().encode('hello, this is not a model') },
    { says: 'an empty file', bytes: new Uint8Array() },
    { says: 'a cut file', bytes: original.slice(0, 100) },
    {
      says: 'offsets that lead nowhere',
      bytes: Uint8Array.from(original, (byte, i) => (i < 4 ? 0xff : byte)),
    },
  ])('is not made from $says', ({ bytes }) => {
    expect(() => addMetadata(bytes, metadata)).toThrow(TfliteError);
  });
});
