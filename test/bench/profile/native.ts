/** The same graph in onnxruntime-node: its operators, its speed, and what a large matrix product gets out of the processor. */
import * as ort from 'onnxruntime-node';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { attributes } from '../../../lib/onnx/build.ts';
import { writeModel } from '../../../lib/onnx/write.ts';
import { ROOT } from '../../tools/serve.ts';
import { noise } from '../peers/noise.ts';
import type { Setup } from './jobs.ts';
import { sharesOf, type Share } from './operators.ts';

/** @returns milliseconds of processor time of a run, the least of some goes, and the operators' shares */
export async function nativeProfile(
  { model, threads, width, height }: Setup,
  runs: number,
  goes: number,
): Promise<{ shares: Share[]; cpuMs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'incam-profile-'));
  const graph = readFileSync(resolve(ROOT, `public/models/${model}.onnx`));
  const options = { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1 };
  const feed = () => new ort.Tensor('uint8', noise(width, height, 7), [1, height, width, 4]);
  try {
    const traced = await ort.InferenceSession.create(graph, {
      ...options,
      enableProfiling: true,
      profileFilePrefix: join(folder, 'trace'),
    });
    for (let i = 0; i < runs; i++) await traced.run({ [traced.inputNames[0]!]: feed() });
    traced.endProfiling();
    const file = readdirSync(folder)[0]!;
    const shares = sharesOf(readFileSync(join(folder, file), 'utf8').split('\n'));
    const session = await ort.InferenceSession.create(graph, options);
    await session.run({ [session.inputNames[0]!]: feed() });
    let cpuMs = Infinity;
    for (let go = 0; go < goes; go++) {
      const before = process.cpuUsage();
      for (let i = 0; i < runs; i++) await session.run({ [session.inputNames[0]!]: feed() });
      const { user, system } = process.cpuUsage(before);
      cpuMs = Math.min(cpuMs, (user + system) / 1000 / runs);
    }
    await session.release();
    return { shares, cpuMs };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns billions of operations a second of one product of two square matrices on one thread */
export async function nativePeak(side = 512): Promise<number> {
  const shape = (name: string) => ({ name, type: 'float32' as const, dims: [side, side] });
  const graph = writeModel({
    irVersion: 8,
    producer: 'incam',
    opsets: { '': 17 },
    graph: {
      name: 'product',
      nodes: [
        {
          name: 'p',
          op: 'MatMul',
          domain: '',
          inputs: ['a', 'b'],
          outputs: ['c'],
          attributes: attributes({}),
        },
      ],
      initialisers: [],
      inputs: [shape('a'), shape('b')],
      outputs: [shape('c')],
      values: [],
    },
  });
  const session = await ort.InferenceSession.create(graph, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const matrix = () => new ort.Tensor('float32', new Float32Array(side * side).fill(0.5), [side, side]);
  const feeds = { a: matrix(), b: matrix() };
  let best = Infinity;
  for (let i = 0; i < 100; i++) {
    const start = performance.now();
    await session.run(feeds);
    best = Math.min(best, performance.now() - start);
  }
  await session.release();
  return (2 * side ** 3) / best / 1e6;
}
