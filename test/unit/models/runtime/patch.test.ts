/** The runtime as it is installed and with our kernels: the same results. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { PLACES } from '../../../../models/build/paths.ts';
import { serveRuntime, wantedKernels } from '../../../../models/build/runtime.ts';
import { ELEMENT_TYPES, type ElementType, type Tensor } from '../../../../lib/onnx/model.ts';
import { float32Tensor } from '../../../../lib/onnx/tensors.ts';
import { writeModel } from '../../../../lib/onnx/write.ts';
import { Module } from '../../../../lib/wasm/module.ts';
import { KNOWN, patch } from '../../../../models/runtime/patch.ts';
import { graphOf } from '../graphs.ts';
import { numbers } from './host.ts';

const DIST = join(PLACES.root, 'node_modules/onnxruntime-web/dist');
const original = await readFile(join(DIST, 'ort-wasm-simd-threaded.wasm'));

/** A copy of the runtime of its own, on a binary of its own. */
async function runtime(name: string, binary: Uint8Array): Promise<typeof Ort> {
  const url = pathToFileURL(join(DIST, 'ort.wasm.bundle.min.mjs'));
  url.search = name;
  const ort = (await import(/* @vite-ignore */ url.href)) as typeof Ort;
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = binary;
  return ort;
}

const runtimes = [await runtime('original', original), await runtime('ours', patch(original))] as const;

interface Convolution {
  readonly says: string;
  readonly input: readonly [channels: number, height: number, width: number];
  readonly filters: number;
  readonly group?: number;
  readonly kernel: readonly [number, number];
  readonly stride?: readonly [number, number];
  readonly dilation?: number;
  readonly pads?: readonly number[];
  readonly bias?: boolean;
  readonly activation?: 'Relu' | 'Sigmoid';
}

/** One filter for each channel. */
const depthwise = (
  says: string,
  input: Convolution['input'],
  kernel: Convolution['kernel'],
  part: Partial<Convolution> = {},
): Convolution => ({ says, input, kernel, filters: input[0], group: input[0], ...part });

/** Padding of as much on each side. */
const around = (by: number) => [by, by, by, by];

const CONVOLUTIONS: Convolution[] = [
  { says: 'pointwise', input: [24, 18, 32], filters: 88, kernel: [1, 1], bias: true },
  { says: 'pointwise, odd sizes', input: [17, 7, 9], filters: 13, kernel: [1, 1], activation: 'Relu' },
  { says: 'dense 3x3', input: [5, 33, 31], filters: 6, kernel: [3, 3], pads: around(1), bias: true },
  depthwise('depthwise 3x3', [16, 18, 32], [3, 3], { pads: around(1) }),
  depthwise('depthwise 5x5 with bias and activation', [12, 20, 27], [5, 5], {
    pads: around(2),
    bias: true,
    activation: 'Relu',
  }),
  depthwise('depthwise in steps of two', [8, 37, 50], [3, 3], {
    stride: [2, 2],
    pads: [0, 0, 1, 1],
    bias: true,
    activation: 'Sigmoid',
  }),
  depthwise('depthwise 5x5 in steps of two', [9, 36, 64], [5, 5], { stride: [2, 2], pads: [1, 1, 2, 2] }),
  depthwise('depthwise 7x7', [4, 16, 16], [7, 7], { pads: around(3) }),
  depthwise('depthwise 3x5', [4, 16, 16], [3, 5], { pads: [1, 2, 1, 2] }),
  depthwise('depthwise, unlike steps', [4, 16, 17], [3, 3], { stride: [1, 2], pads: around(1) }),
  depthwise('depthwise with gaps', [4, 16, 17], [3, 3], { dilation: 2, pads: around(2) }),
  depthwise('two filters a channel', [6, 14, 14], [3, 3], { filters: 12, pads: around(1) }),
  depthwise('one channel alone', [1, 90, 120], [5, 5], { pads: around(2) }),
  depthwise('a row too wide for the buffer', [2, 6, 4000], [5, 5], { pads: around(2) }),
  depthwise('padding beyond the window', [3, 9, 9], [3, 3], { pads: around(4) }),
];

function modelOf(given: Convolution): Uint8Array {
  const { input, filters, group = 1, kernel, stride = [1, 1], dilation = 1, pads = [0, 0, 0, 0] } = given;
  const shape = [filters, input[0] / group, ...kernel];
  const weights = numbers(
    shape.reduce((a, b) => a * b, 1),
    7,
  );
  const constants = {
    weights: float32Tensor('weights', shape, [...weights]),
    ...(given.bias && { bias: float32Tensor('bias', [filters], [...numbers(filters, 8)]) }),
  };
  const attributes = {
    group,
    kernel_shape: [...kernel],
    strides: [...stride],
    dilations: [dilation, dilation],
    pads: [...pads],
  };
  return writeModel(
    graphOf({
      inputs: { input: [1, ...input] },
      constants,
      nodes: [
        ['Conv', ['input', ...Object.keys(constants)], ['sum'], attributes],
        [given.activation ?? 'Identity', ['sum'], ['out']],
      ],
      outputs: ['out'],
    }),
  );
}

async function run(
  ort: typeof Ort,
  model: Uint8Array,
  [c, h, w]: Convolution['input'],
): Promise<{ data: Float32Array; dims: readonly number[] }> {
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const { out } = await session.run({
    input: new ort.Tensor('float32', numbers(c * h * w, 9), [1, c, h, w]),
  });
  await session.release();
  return { data: out!.data as Float32Array, dims: out!.dims };
}

describe('the runtime with our kernels', () => {
  it('is made from the version that is installed', async () => {
    const { version } = JSON.parse(await readFile(join(DIST, '../package.json'), 'utf8')) as {
      version: string;
    };
    expect(version).toBe(KNOWN.version);
    expect(createHash('sha256').update(original).digest('hex')).toBe(KNOWN.sha256);
    expect(runtimes[0].env.versions.web).toBe(KNOWN.version);
  });

  it.each([{}, { gemm: false }, { depthwise: false }, { cast: false }])(
    'is a valid module with %o',
    (options) => {
      expect(WebAssembly.validate(patch(original, options) as Uint8Array<ArrayBuffer>)).toBe(true);
    },
  );

  it.each(CONVOLUTIONS)('convolves as before: $says', async (given) => {
    const model = modelOf(given);
    const { data: before, dims } = await run(runtimes[0], model, given.input);
    const { data: after } = await run(runtimes[1], model, given.input);
    expect(before.some((value) => value !== 0)).toBe(true);
    const [, , rows, columns] = dims as [number, number, number, number];
    // The last one to three numbers of a channel are added up in another order by the runtime's own kernel.
    const exact = (i: number) => i % (rows * columns) < rows * columns - ((rows * columns) % 4);
    expect(after.filter((_, i) => exact(i))).toEqual(before.filter((_, i) => exact(i)));
    for (const [i, value] of before.entries()) expect(Math.abs(after[i]! - value)).toBeLessThan(1e-6);
  });
});

/** A graph that converts its input, or a constant. */
function castModel(from: ElementType, to: ElementType, dims: number[], folded?: Tensor): Uint8Array {
  const model = graphOf({
    inputs: { input: { type: from, dims } },
    constants: folded ? { kept: folded } : {},
    nodes: [['Cast', [folded ? 'kept' : 'input'], ['out'], { to: ELEMENT_TYPES[to].code }]],
    outputs: ['out'],
  });
  model.graph.outputs[0]!.type = to;
  return writeModel(model);
}

/** Every number of 16 bits, in order. */
const ALL_HALVES = Uint16Array.from({ length: 65536 }, (_, i) => i);
/** A half by the standard (IEEE 754, binary16), worked out apart from the kernel. */
function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024) : sign * 2 ** -14 * (fraction / 1024);
}

describe('conversion of types', () => {
  async function converted(ort: typeof Ort, model: Uint8Array, input: Ort.Tensor): Promise<Ort.Tensor> {
    const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
    const { out } = await session.run({ input });
    await session.release();
    return out!;
  }

  it.each([1, 15, 16, 17, 33, 4 * 9 * 7 + 3])('bytes to floats, %i of them', async (count) => {
    const bytes = Uint8Array.from({ length: count }, (_, i) => (i * 89 + 255) & 255);
    for (const ort of runtimes) {
      const input = new ort.Tensor('uint8', bytes, [1, count]);
      const out = await converted(ort, castModel('uint8', 'float32', [1, count]), input);
      expect(out.dims).toEqual([1, count]);
      expect([...(out.data as Float32Array)]).toEqual([...bytes]);
    }
  });

  it('every half there is, to the float of the same value, bit for bit as the runtime does', async () => {
    const model = castModel('float16', 'float32', [65535]);
    const bits = await Promise.all(
      runtimes.map(async (ort) => {
        // Not a multiple of a vector's numbers, so that the rest is done as well; the last half is a NaN.
        const input = new ort.Tensor('float16', ALL_HALVES.subarray(0, 65535) as never, [65535]);
        const { data } = await converted(ort, model, input);
        return new Uint32Array((data as Float32Array).slice().buffer);
      }),
    );
    const isNaNBits = (word: number) => (word & 0x7fffffff) > 0x7f800000;
    expect(bits[1]!.filter((word, i) => word !== bits[0]![i] && !isNaNBits(word))).toEqual(new Uint32Array());
    const values = new Float32Array(bits[1]!.buffer);
    for (const [i, value] of values.entries())
      if (!Object.is(value, halfValue(i))) expect([i, value]).toEqual([i, halfValue(i)]);
  });

  it('weights that are unfolded when a model is loaded', async () => {
    const kept: Tensor = {
      name: 'kept',
      type: 'float16',
      dims: [3, 5],
      bytes: new Uint8Array(ALL_HALVES.slice(15000, 15015).buffer),
    };
    const expected = [...ALL_HALVES.slice(15000, 15015)].map(halfValue);
    for (const ort of runtimes) {
      const input = new ort.Tensor('float16', new Uint16Array(1) as never, [1]);
      const out = await converted(ort, castModel('float16', 'float32', [1], kept), input);
      expect([...(out.data as Float32Array)]).toEqual(expected);
    }
  });

  it('does bytes and halves without the function that takes seconds to compile', async () => {
    const module = new Module(patch(original));
    // The runtime's own was put last.
    const { index } = [...module.functions()].at(-1)!;
    const trap = Uint8Array.of(0, 0x00, 0x0b);
    module.replace(index, trap);
    const without = await runtime('without', module.encode());
    const bytes = new without.Tensor('uint8', Uint8Array.of(7), [1]);
    expect([...(await converted(without, castModel('uint8', 'float32', [1]), bytes)).data]).toEqual([7]);
    const half = new without.Tensor('float16', Uint16Array.of(0x3c00) as never, [1]);
    expect([...(await converted(without, castModel('float16', 'float32', [1]), half)).data]).toEqual([1]);
    const signed = new without.Tensor('int8', Int8Array.of(1), [1]);
    await expect(converted(without, castModel('int8', 'float32', [1]), signed)).rejects.toThrow(
      'unreachable',
    );
  });

  it('leaves every other pair, and what is empty, to the runtime', async () => {
    const [, ours] = runtimes;
    const floats = new ours.Tensor('float32', Float32Array.of(-1.5, 0, 2.5, 300), [4]);
    const whole = await converted(ours, castModel('float32', 'int32', [4]), floats);
    expect([...(whole.data as Int32Array)]).toEqual([-1, 0, 2, 300]);
    const signed = new ours.Tensor('int8', Int8Array.of(-128, -1, 0, 127), [4]);
    const asFloats = await converted(ours, castModel('int8', 'float32', [4]), signed);
    expect([...(asFloats.data as Float32Array)]).toEqual([-128, -1, 0, 127]);
    const none = new ours.Tensor('uint8', new Uint8Array(), [0, 3]);
    const empty = await converted(ours, castModel('uint8', 'float32', [0, 3]), none);
    expect([empty.dims, empty.data.length]).toEqual([[0, 3], 0]);
  });
});

describe('serving it', () => {
  it('follows a setting, and refuses one that says nothing', () => {
    expect([wantedKernels(''), wantedKernels('exchanged'), wantedKernels('published')]).toEqual([
      'exchanged',
      'exchanged',
      'published',
    ]);
    expect(() => wantedKernels('fast')).toThrow('INCAM_RUNTIME is "fast"');
  });

  it('writes it once under the name of its version, and removes others', async () => {
    const served = await mkdtemp(join(tmpdir(), 'incam-runtime-'));
    try {
      await writeFile(join(served, 'ort-1.0.0.wasm'), 'old');
      const places = { root: PLACES.root, served };
      const { file, asWanted } = await serveRuntime(places, 'exchanged');
      expect(asWanted).toBe(true);
      expect((await readdir(served)).sort()).toEqual([file, 'runtime.json']);
      expect(Buffer.from(patch(original)).equals(await readFile(join(served, file)))).toBe(true);
      expect(JSON.parse(await readFile(join(served, 'runtime.json'), 'utf8'))).toEqual({
        file,
        version: KNOWN.version,
        kernels: 'exchanged',
      });
      // The setting: the very file that its makers published.
      await serveRuntime(places, 'published');
      expect(original.equals(await readFile(join(served, file)))).toBe(true);
      expect(JSON.parse(await readFile(join(served, 'runtime.json'), 'utf8'))).toMatchObject({
        kernels: 'published',
      });
    } finally {
      await rm(served, { recursive: true });
    }
  });
});
