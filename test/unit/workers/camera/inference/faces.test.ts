import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../../../lib/onnx/read.ts';
import { Fault } from '../../../../../workers/camera/isolation/fault.ts';
import {
  AGES,
  createAttributeReader,
  createDescriptorReader,
  DESCRIPTOR_LENGTH,
} from '../../../../../workers/camera/inference/faces.ts';
import { createOrtEngine } from '../../../../../workers/camera/inference/ort.ts';
import { card, clock, FakeEngine, outputs, tensor } from './fakes.ts';
import { nativeRuntime } from './native.ts';
import { noisePicture } from './pictures.ts';

const faceres = card({ family: 'faceres', classes: [] });
const face = { box: [20, 20, 50, 50] as const };
const picture = noisePicture(128, 96);

const attributes = () =>
  outputs({ age: tensor([1, AGES], [[[0, 33], 1]]), gender: tensor([1, 1], [[[0, 0], 0.75]]) });
const descriptor = (index: number) => outputs({ desc: tensor([1, DESCRIPTOR_LENGTH], [[[0, index], 3]]) });

describe('createAttributeReader', () => {
  it('gives ages, sex and sharpness of a face', async () => {
    const reader = createAttributeReader(faceres, new FakeEngine({ run: attributes }));
    const read = await reader.read(picture, face, clock);
    expect(read.ages).toHaveLength(AGES);
    expect(read.ages[33]).toBe(1);
    expect(read.male).toBe(0.75);
    expect(read.sharpness).toBeGreaterThan(1);
  });

  it('gives what stays when the engine forgets its outputs', async () => {
    const given = attributes();
    const reader = createAttributeReader(faceres, new FakeEngine({ run: () => given }));
    const { ages } = await reader.read(picture, face, clock);
    given.get('age')!.data.fill(0);
    expect(ages[33]).toBe(1);
  });

  it('shows the engine the face, and has forgotten it when it is done, also after a failure', async () => {
    const seen: { input: Uint8Array; sum: number }[] = [];
    const engine = new FakeEngine({
      run: (rgba) => {
        seen.push({ input: rgba, sum: rgba.reduce((sum, byte) => sum + byte, 0) });
        if (seen.length === 2) throw new Fault('gpu-lost', 'gone');
        return attributes();
      },
    });
    const reader = createAttributeReader(faceres, engine);
    await reader.read(picture, face, clock);
    await expect(reader.read(picture, face, clock)).rejects.toMatchObject({ code: 'gpu-lost' });
    await reader.read(picture, face, clock);
    expect(seen).toHaveLength(3);
    for (const { input, sum } of seen) {
      expect(sum).toBeGreaterThan(64 * 64 * 255);
      expect(input.every((byte) => byte === 0)).toBe(true);
    }
    expect(reader.inputBytes).toBeGreaterThan(64 * 64 * 4);
  });

  it('takes one face after the other', async () => {
    const engine = new FakeEngine({
      run: () => new Promise((resolve) => setTimeout(() => resolve(attributes()), 1)),
    });
    const reader = createAttributeReader(faceres, engine);
    await Promise.all([1, 2, 3].map(() => reader.read(picture, face, clock)));
    expect([engine.runs, engine.busiest]).toEqual([3, 1]);
  });

  it('refuses a face without a box, a network of another family, and a picture that is not square', async () => {
    const reader = createAttributeReader(faceres, new FakeEngine({ run: attributes }));
    await expect(reader.read(picture, { box: [5, 5, 5, 5] }, clock)).rejects.toThrow(RangeError);
    const another = card({ family: 'osnet', classes: [] });
    expect(() => createAttributeReader(another, new FakeEngine())).toThrow(
      expect.objectContaining({ code: 'model-unsupported' }),
    );
    expect(() => createAttributeReader(faceres, new FakeEngine({ width: 96 }))).toThrow(RangeError);
  });

  it.each([
    { says: 'an output is missing', run: () => outputs({ age: tensor([1, AGES], []) }) },
    {
      says: 'an output has another size',
      run: () => outputs({ age: tensor([1, 8], []), gender: tensor([1, 1], []) }),
    },
  ])('reports a wrong shape when $says', async ({ run }) => {
    const reader = createAttributeReader(faceres, new FakeEngine({ run }));
    await expect(reader.read(picture, face, clock)).rejects.toMatchObject({ code: 'model-wrong-shape' });
  });

  it('wipes and releases the engine after what is under way', async () => {
    const engine = new FakeEngine({
      run: () => new Promise((resolve) => setTimeout(() => resolve(attributes()), 5)),
    });
    const reader = createAttributeReader(faceres, engine);
    const under = reader.read(picture, face, clock).then(() => expect(engine.wipes).toBe(0));
    await reader.wipe();
    await reader.release();
    await under;
    expect([engine.wipes, engine.released]).toEqual([1, 1]);
  });
});

describe('createDescriptorReader', () => {
  it('averages the face with its mirror image', async () => {
    const rows: Uint8Array[] = [];
    const engine = new FakeEngine({
      run: (rgba) => {
        rows.push(rgba.slice(0, 64 * 4));
        return descriptor(rows.length);
      },
    });
    const { descriptor: mean } = await createDescriptorReader(faceres, engine).read(picture, face, clock);
    const pixel = (row: Uint8Array, x: number) => [...row.subarray(4 * x, 4 * x + 4)];
    expect(rows).toHaveLength(2);
    for (const x of [0, 20, 63]) expect(pixel(rows[1]!, x)).toEqual(pixel(rows[0]!, 63 - x));
    expect([mean[0], mean[1], mean[2]]).toEqual([
      0,
      expect.closeTo(Math.SQRT1_2, 6),
      expect.closeTo(Math.SQRT1_2, 6),
    ]);
  });

  it('looks once if so asked, and gives a length of 1 all the same', async () => {
    const engine = new FakeEngine({ run: () => descriptor(7) });
    const reader = createDescriptorReader(faceres, engine, { mirrored: false });
    const { descriptor: found } = await reader.read(picture, face, clock);
    expect([engine.runs, found[7], found.length]).toEqual([1, 1, DESCRIPTOR_LENGTH]);
  });

  it("gives memory of its own, which the caller can zero, and shares no other's", async () => {
    const reader = createDescriptorReader(faceres, new FakeEngine({ run: () => descriptor(7) }));
    const first = (await reader.read(picture, face, clock)).descriptor;
    const second = (await reader.read(picture, face, clock)).descriptor;
    first.fill(0);
    expect(second[7]).toBeCloseTo(1);
  });
});

describe('the files', () => {
  const file = (id: string) => join(import.meta.dirname, `../../../../../public/models/${id}.onnx`);
  const made = ['face-attributes', 'face-descriptor'].every((id) => existsSync(file(id)));
  if (!made) console.log('skipped: the face models are not made; run: npm run models');
  const graphOf = (id: string) => readModel(readFileSync(file(id))).graph;

  it.skipIf(!made)('give age and sex, and nothing that could tell people apart', () => {
    const { outputs: given, nodes } = graphOf('face-attributes');
    expect(given.map(({ name }) => name).sort()).toEqual(['age', 'gender']);
    expect(given.flatMap(({ dims }) => dims)).not.toContain(DESCRIPTOR_LENGTH);
    // What the graph gives is made by its last operations alone: probabilities, from which no way leads back.
    const makers = nodes.filter(({ outputs: names }) => names.some((n) => n === 'age' || n === 'gender'));
    expect(makers.map(({ op }) => op).sort()).toEqual(['Sigmoid', 'Softmax']);
  });

  it.skipIf(!made)('give a descriptor, and neither age nor sex', () => {
    const given = graphOf('face-descriptor').outputs;
    expect(given.map(({ name }) => name)).toEqual(['desc']);
  });

  it.skipIf(!made)('give the readers what they read', async () => {
    const [ofAttributes, ofDescriptor] = await Promise.all(
      ['face-attributes', 'face-descriptor'].map((id) =>
        createOrtEngine(nativeRuntime(), {
          model: id,
          weights: readFileSync(file(id)),
          width: 224,
          height: 224,
        }),
      ),
    );
    const reader = createAttributeReader(faceres, ofAttributes!);
    const { ages, male } = await reader.read(picture, face, clock);
    expect(ages.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 4);
    expect(male).toBeGreaterThanOrEqual(0);
    expect(male).toBeLessThanOrEqual(1);
    const describer = createDescriptorReader(faceres, ofDescriptor!);
    const { descriptor: found } = await describer.read(picture, face, clock);
    expect(Math.hypot(...found)).toBeCloseTo(1, 5);
    // Outputs lie in memory of the engine's own and are zeroed with it; what was given stays.
    await describer.release();
    expect(Math.hypot(...found)).toBeCloseTo(1, 5);
    await reader.release();
  });
});
