import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../../lib/onnx/build.ts';
import type { Dim, ElementType } from '../../../../../lib/onnx/model.ts';
import { writeModel } from '../../../../../lib/onnx/write.ts';
import { createOrtEngine } from '../../../../../workers/camera/inference/ort.ts';
import { nativeRuntime } from './native.ts';

interface Spec {
  readonly input?: { type?: ElementType; dims?: Dim[] };
  readonly op?: string;
  readonly output?: ElementType;
  readonly opset?: number;
}

/** A graph that gives its input back as numbers, doubled by an addition. */
function doubling({ input = {}, op = 'Add', output = 'float32', opset = 17 }: Spec = {}): Uint8Array {
  const dims = input.dims ?? [1, 'height', 'width', 4];
  const builder = new GraphBuilder();
  const code = { float32: 1, uint8: 2, int32: 6 }[output as 'float32'];
  const cast = builder.add('Cast', ['input'], { to: code });
  builder.add(op, [cast, cast], {}, 'doubled');
  const graph = builder.finish(
    'doubling',
    [{ name: 'input', type: input.type ?? 'uint8', dims }],
    [{ name: 'doubled', type: output, dims }],
  );
  return writeModel({ irVersion: 8, producer: 'test', opsets: { '': opset }, graph });
}

/** A graph that divides nothing by nothing. */
function zeroByZero(): Uint8Array {
  const dims = [1, 'height', 'width', 4];
  const builder = new GraphBuilder();
  const cast = builder.add('Cast', ['input'], { to: 1 });
  const zero = builder.add('Sub', [cast, cast]);
  builder.add('Div', [zero, zero], {}, 'nothing');
  const graph = builder.finish(
    'nothing',
    [{ name: 'input', type: 'uint8', dims }],
    [{ name: 'nothing', type: 'float32', dims }],
  );
  return writeModel({ irVersion: 8, producer: 'test', opsets: { '': 17 }, graph });
}

/** A graph that loads, since its sides are open, and cannot be run: its head was exported for another size. */
function headOfAnotherSize(): Uint8Array {
  const builder = new GraphBuilder();
  const cast = builder.add('Cast', ['input'], { to: 1 });
  builder.add('Reshape', [cast, builder.int64([1, 999])], {}, 'head');
  const graph = builder.finish(
    'head',
    [{ name: 'input', type: 'uint8', dims: [1, 'height', 'width', 4] }],
    [{ name: 'head', type: 'float32', dims: [1, 999] }],
  );
  return writeModel({ irVersion: 8, producer: 'test', opsets: { '': 17 }, graph });
}

const create = (
  weights = doubling(),
  more: { width?: number; height?: number; runtime?: ReturnType<typeof nativeRuntime> } = {},
) =>
  createOrtEngine(more.runtime ?? nativeRuntime(), {
    model: 'doubling',
    weights,
    width: 3,
    height: 2,
    ...more,
  });
const picture = (value: number) => new Uint8Array(3 * 2 * 4).fill(value);

describe('createOrtEngine', () => {
  it('runs bytes of a picture and gives tensors by name', async () => {
    const engine = await create();
    expect(engine).toMatchObject({ model: 'doubling', backend: 'wasm', threads: 1, width: 3, height: 2 });
    const outputs = await engine.run(Uint8Array.from({ length: 24 }, (_, i) => i));
    expect([...outputs.keys()]).toEqual(['doubled']);
    const { dims, data } = outputs.get('doubled')!;
    expect(dims).toEqual([1, 2, 3, 4]);
    expect([...data]).toEqual(Array.from({ length: 24 }, (_, i) => 2 * i));
  });

  it('takes a graph of one fixed size', async () => {
    const engine = await create(doubling({ input: { dims: [1, 2, 3, 4] } }));
    expect((await engine.run(picture(1))).get('doubled')!.data).toHaveLength(24);
  });

  it('zeroes the outputs of a run at the next one, and when it is wiped', async () => {
    const engine = await create();
    const first = (await engine.run(picture(100))).get('doubled')!.data;
    expect(first[0]).toBe(200);
    const second = (await engine.run(picture(50))).get('doubled')!.data;
    expect([...new Set(first)]).toEqual([0]);
    expect(second[0]).toBe(100);
    await engine.wipe();
    expect([...new Set(second)]).toEqual([0]);
  });

  it('runs one picture after the other, whoever asks', async () => {
    const runtime = nativeRuntime();
    const [a, b] = await Promise.all([create(undefined, { runtime }), create(undefined, { runtime })]);
    const values = await Promise.all(
      [a, b, a, b].map(async (engine, i) => (await engine!.run(picture(i + 1))).get('doubled')!.data[0]),
    );
    expect(values).toEqual([2, 4, 6, 8]);
  });

  it('can be released twice, and then no longer runs', async () => {
    const engine = await create();
    await engine.release();
    await engine.release();
    await engine.wipe();
    await expect(engine.run(picture(1))).rejects.toThrow('released');
  });

  it('refuses a picture of another size', async () => {
    await expect((await create()).run(new Uint8Array(5))).rejects.toThrow(RangeError);
  });

  it.each([
    { says: 'another height', weights: doubling({ input: { dims: [1, 7, 3, 4] } }) },
    { says: 'another width', weights: doubling({ input: { dims: [1, 2, 9, 4] } }) },
    { says: 'three channels', weights: doubling({ input: { dims: [1, 'height', 'width', 3] } }) },
    { says: 'channels first', weights: doubling({ input: { dims: [1, 4, 'height', 'width'] } }), height: 5 },
    { says: 'no batch', weights: doubling({ input: { dims: ['height', 'width', 4] } }) },
    { says: 'floating-point numbers', weights: doubling({ input: { type: 'float32' } }) },
  ])('refuses a graph that takes $says', async ({ weights, ...more }) => {
    const wrong = expect.objectContaining({ code: 'model-wrong-shape', subject: 'doubling' });
    await expect(create(weights, more)).rejects.toEqual(wrong);
  });

  it('refuses outputs that are not single precision', async () => {
    const engine = await create(doubling({ output: 'int32' }));
    await expect(engine.run(picture(1))).rejects.toMatchObject({ code: 'model-wrong-shape' });
  });

  it.each([
    {
      says: 'text',
      weights: new TextEncoder().encode('not a model, only text, sorry'),
      code: 'model-corrupt',
    },
    { says: 'nothing', weights: new Uint8Array(0), code: 'model-corrupt' },
    { says: 'half a model', weights: doubling().slice(0, 90), code: 'model-corrupt' },
    {
      says: 'an operation that does not exist',
      weights: doubling({ op: 'Addd' }),
      code: 'model-operator',
      subject: 'addd',
    },
    { says: 'operators of the future', weights: doubling({ opset: 999 }), code: 'model-unsupported' },
  ])('says what is wrong with $says: $code', async ({ weights, code, subject = 'doubling' }) => {
    await expect(create(weights)).rejects.toMatchObject({ code, subject });
  });

  it('refuses results that are not numbers, but not of a picture of one colour', async () => {
    const engine = await create(zeroByZero());
    const colours = Uint8Array.from({ length: 24 }, (_, i) => i);
    await expect(engine.run(colours)).rejects.toMatchObject({ code: 'model-nan', subject: 'doubling' });
    await expect(engine.run(picture(7))).resolves.toBeInstanceOf(Map);
    await engine.wipe();
  });

  it('says of a model that loads and does not run that it does not run, and lets it go', async () => {
    const engine = await create(headOfAnotherSize());
    await expect(engine.run(picture(1))).rejects.toMatchObject({
      code: 'model-run-failed',
      subject: 'doubling',
    });
    await expect(engine.wipe()).rejects.toMatchObject({ code: 'model-run-failed' });
    await engine.release();
    await engine.wipe();
  });

  it('ends a run when the graphics device is lost, and releases without it', async () => {
    let lose: (info: { reason: string }) => void = () => {};
    const lost = new Promise<{ reason: string }>((resolve) => (lose = resolve));
    const runtime = nativeRuntime(async () => ({ lost }));
    const engine = await create(undefined, { runtime });
    expect(engine.backend).toBe('webgpu');
    await engine.run(picture(1));
    lose({ reason: 'unknown' });
    await lost;
    await expect(engine.run(picture(1))).rejects.toMatchObject({ code: 'gpu-lost' });
    expect(runtime.isLost).toBe(true);
    await engine.wipe();
    await engine.release();
  });

  it('gives up on a run under way when the graphics device is lost', async () => {
    let lose: (info: { reason: string }) => void = () => {};
    const lost = new Promise<{ reason: string }>((resolve) => (lose = resolve));
    const runtime = nativeRuntime(async () => ({ lost }));
    await create(undefined, { runtime });
    let told = 0;
    runtime.onLost(() => told++);
    const hanging = runtime.exclusively(() => new Promise<never>(() => {}));
    const waiting = runtime.exclusively(async () => 'never');
    lose({ reason: 'unknown' });
    await expect(hanging).rejects.toMatchObject({ code: 'gpu-lost' });
    await expect(waiting).rejects.toMatchObject({ code: 'gpu-lost' });
    runtime.lose();
    expect(told).toBe(1);
  });

  it("does not take the end of the runtime's own device for a loss", async () => {
    let end: (info: { reason: string }) => void = () => {};
    const lost = new Promise<{ reason: string }>((resolve) => (end = resolve));
    const engine = await create(undefined, { runtime: nativeRuntime(async () => ({ lost })) });
    end({ reason: 'destroyed' });
    await lost;
    expect((await engine.run(picture(3))).get('doubled')!.data[0]).toBe(6);
  });
});
