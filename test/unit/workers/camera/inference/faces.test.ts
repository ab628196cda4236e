import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../../../lib/onnx/read.ts';
import { Fault } from '../../../../../workers/camera/isolation/fault.ts';
import {
  createAgeReader,
  createDescriptorReader,
  createSexReader,
  DESCRIPTOR_LENGTH,
} from '../../../../../workers/camera/inference/faces.ts';
import { createOrtEngine } from '../../../../../workers/camera/inference/ort.ts';
import { card, clock, FakeEngine, outputs, tensor } from './fakes.ts';
import { nativeRuntime } from './native.ts';
import { noisePicture } from './pictures.ts';

const faceres = card({ family: 'faceres', classes: [] });
const xception = card({ family: 'tiny-xception', classes: [] });
const resnet = card({ family: 'dlib-resnet', classes: [] });
const face = { box: [20, 20, 50, 50] as const };
const picture = noisePicture(128, 96);

const sex = () => outputs({ gender: tensor([1, 1], [[[0, 0], 0.75]]) });
const descriptor = (index: number) => outputs({ desc: tensor([1, DESCRIPTOR_LENGTH], [[[0, index], 3]]) });

describe('createAgeReader', () => {
  it('gives the mean of two crops that differ, and forgets both', async () => {
    const seen: { input: Uint8Array; sum: number }[] = [];
    const engine = new FakeEngine({
      run: (rgba) => {
        seen.push({ input: rgba, sum: rgba.reduce((sum, byte) => sum + byte, 0) });
        return outputs({ age: tensor([1, 1], [[[0, 0], seen.length === 1 ? 30 : 40]]) });
      },
    });
    const reader = createAgeReader(xception, engine);
    expect((await reader.read(picture, face, clock)).years).toBe(35);
    expect(seen).toHaveLength(2);
    expect(seen[0]!.sum).not.toBe(seen[1]!.sum);
    for (const { input } of seen) expect(input.every((byte) => byte === 0)).toBe(true);
    expect(reader.inputBytes).toBeGreaterThan(2 * 64 * 64 * 4);
  });

  it('cuts out all crops at once, so that one entry in the ledger stands for them', async () => {
    let prepared = 0;
    const engine = new FakeEngine({ run: () => outputs({ age: tensor([1, 1], [[[0, 0], 30]]) }) });
    await createAgeReader(xception, engine).read(picture, face, {
      ...clock,
      prepare: (work) => {
        prepared++;
        return work();
      },
    });
    expect([prepared, engine.runs]).toEqual([1, 2]);
  });
});

describe('createSexReader', () => {
  it('gives sex and sharpness of a face', async () => {
    const reader = createSexReader(faceres, new FakeEngine({ run: sex }));
    const read = await reader.read(picture, face, clock);
    expect(read.male).toBe(0.75);
    expect(read.sharpness).toBeGreaterThan(1);
  });

  it('shows the engine the face, and has forgotten it when it is done, also after a failure', async () => {
    const seen: { input: Uint8Array; sum: number }[] = [];
    const engine = new FakeEngine({
      run: (rgba) => {
        seen.push({ input: rgba, sum: rgba.reduce((sum, byte) => sum + byte, 0) });
        if (seen.length === 2) throw new Fault('gpu-lost', 'gone');
        return sex();
      },
    });
    const reader = createSexReader(faceres, engine);
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
      run: () => new Promise((resolve) => setTimeout(() => resolve(sex()), 1)),
    });
    const reader = createSexReader(faceres, engine);
    await Promise.all([1, 2, 3].map(() => reader.read(picture, face, clock)));
    expect([engine.runs, engine.busiest]).toEqual([3, 1]);
  });

  it('refuses a face without a box, a network of another family, and a picture that is not square', async () => {
    const reader = createSexReader(faceres, new FakeEngine({ run: sex }));
    await expect(reader.read(picture, { box: [5, 5, 5, 5] }, clock)).rejects.toThrow(RangeError);
    for (const another of [card({ family: 'osnet', classes: [] }), xception, resnet]) {
      expect(() => createSexReader(another, new FakeEngine())).toThrow(
        expect.objectContaining({ code: 'model-unsupported' }),
      );
    }
    expect(() => createSexReader(faceres, new FakeEngine({ width: 96 }))).toThrow(RangeError);
  });

  it.each([
    { says: 'an output is missing', run: () => outputs({ age: tensor([1, 1], []) }) },
    { says: 'an output has another size', run: () => outputs({ gender: tensor([1, 2], []) }) },
  ])('reports a wrong shape when $says', async ({ run }) => {
    const reader = createSexReader(faceres, new FakeEngine({ run }));
    await expect(reader.read(picture, face, clock)).rejects.toMatchObject({ code: 'model-wrong-shape' });
  });

  it('wipes and releases the engine after what is under way', async () => {
    const engine = new FakeEngine({
      run: () => new Promise((resolve) => setTimeout(() => resolve(sex()), 5)),
    });
    const reader = createSexReader(faceres, engine);
    const under = reader.read(picture, face, clock).then(() => expect(engine.wipes).toBe(0));
    await reader.wipe();
    await reader.release();
    await under;
    expect([engine.wipes, engine.released]).toEqual([1, 1]);
  });
});

describe('createDescriptorReader', () => {
  it('looks once, and gives a length of 1', async () => {
    const engine = new FakeEngine({ run: () => descriptor(7) });
    const reader = createDescriptorReader(resnet, engine);
    const { descriptor: found } = await reader.read(picture, face, clock);
    expect([engine.runs, found[7], found.length]).toEqual([1, 1, DESCRIPTOR_LENGTH]);
  });

  it("gives memory of its own, which the caller can zero, and shares no other's", async () => {
    const engine = new FakeEngine({ run: () => descriptor(7) });
    const reader = createDescriptorReader(resnet, engine);
    const first = (await reader.read(picture, face, clock)).descriptor;
    const second = (await reader.read(picture, face, clock)).descriptor;
    first.fill(0);
    expect(second[7]).toBeCloseTo(1);
  });
});

describe('the files', () => {
  const FILES = [
    { id: 'age', output: 'age', dims: [1, 1], side: 112 },
    { id: 'sex', output: 'gender', dims: [1, 1], side: 224 },
    { id: 'face-descriptor', output: 'desc', dims: [1, DESCRIPTOR_LENGTH], side: 150 },
  ];
  const file = (id: string) => join(import.meta.dirname, `../../../../../public/models/${id}.onnx`);
  const made = FILES.every(({ id }) => existsSync(file(id)));
  if (!made) console.log('skipped: the face models are not made; run: npm run models');

  it.skipIf(!made).each(FILES)('$id gives one thing alone: $output', ({ id, output, dims }) => {
    const { outputs: given } = readModel(readFileSync(file(id))).graph;
    expect(given.map(({ name, dims: size }) => [name, size])).toEqual([[output, dims]]);
  });

  it.skipIf(!made)('give the readers what they read', async () => {
    const engineOf = (id: string) =>
      createOrtEngine(nativeRuntime(), {
        model: id,
        weights: readFileSync(file(id)),
        ...{
          width: FILES.find((each) => each.id === id)!.side,
          height: FILES.find((each) => each.id === id)!.side,
        },
      });
    const ages = createAgeReader(xception, await engineOf('age'));
    expect((await ages.read(picture, face, clock)).years).toBeGreaterThan(0);
    const sexes = createSexReader(faceres, await engineOf('sex'));
    const { male } = await sexes.read(picture, face, clock);
    expect(male).toBeGreaterThanOrEqual(0);
    expect(male).toBeLessThanOrEqual(1);
    const describer = createDescriptorReader(resnet, await engineOf('face-descriptor'));
    const { descriptor: found } = await describer.read(picture, face, clock);
    expect(Math.hypot(...found)).toBeCloseTo(1, 5);
    // Outputs lie in memory of the engine's own and are zeroed with it; what was given stays.
    await describer.release();
    expect(Math.hypot(...found)).toBeCloseTo(1, 5);
    await Promise.all([ages.release(), sexes.release()]);
  });
});
