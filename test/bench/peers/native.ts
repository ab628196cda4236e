/**
 * The physical yardstick: the same ONNX, the same input, the same number of threads, in onnxruntime-node, which uses
 * all that the processor has (AVX2, AVX-512) where WebAssembly has 128 bits and no fused multiply-add.
 */
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as ort from 'onnxruntime-node';
import { median } from '../../../lib/stats.ts';
import { noise } from './noise.ts';
import type { Network } from './sides.ts';

const MODELS = resolve(import.meta.dirname, '../../../public/models');
/** Every so many numbers of the outputs are compared. */
const STRIDE = 97;
const REST_MS = 40;

/** The networks of cases 4 and 1, at the sizes their pages use for pictures of 16:9. */
export const NETWORKS: readonly Network[] = [
  { model: 'centernet-street', width: 512, height: 288 },
  { model: 'sex', width: 224, height: 224 },
  { model: 'blazeface', width: 384, height: 224 },
];

export interface NativeRow extends Network {
  readonly threads: number;
  /** Runs a second, from the median. */
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  /** Quartiles of the ratio over the rounds, each taken back to back. */
  readonly spread: readonly [number, number];
  /** Largest difference of the outputs, as a share of the largest value. */
  readonly disagreement: number;
}

/** Both runtimes in turns, one after the other in changing order. */
export async function raceNative(
  page: Page,
  network: Network,
  threads: number,
  rounds: number,
): Promise<NativeRow> {
  const { model, width, height } = network;
  const session = await ort.InferenceSession.create(readFileSync(resolve(MODELS, `${model}.onnx`)), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  });
  const native = async (seed: number) => {
    const input = new ort.Tensor('uint8', noise(width, height, seed), [1, height, width, 4]);
    const start = performance.now();
    const outputs = await session.run({ [session.inputNames[0]!]: input });
    const ms = performance.now() - start;
    const sample = Object.entries(outputs).map(([name, { data }]): [string, number[]] => [
      name,
      [...(data as Float32Array).filter((_, i) => i % STRIDE === 0)],
    ]);
    return { ms, sample: Object.fromEntries(sample) };
  };
  const browser = (seed: number) =>
    page.evaluate((args) => window.peers.runNetwork(...args), [network, seed, STRIDE] as const);
  const rest = () => new Promise((done) => setTimeout(done, REST_MS));
  await page.evaluate((args) => window.peers.openNetwork(...args), [network, threads] as const);
  // The first run takes memory.
  const disagreement = difference((await browser(1)).sample, (await native(1)).sample);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const turns = [
      async () => ours.push((await browser(round + 2)).ms),
      async () => theirs.push((await native(round + 2)).ms),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) {
      await rest();
      await turn();
    }
  }
  await session.release();
  const ratios = ours.map((ms, i) => theirs[i]! / ms).sort((a, b) => a - b);
  return {
    ...network,
    threads,
    ours: 1000 / median(ours),
    theirs: 1000 / median(theirs),
    ratio: median(theirs) / median(ours),
    spread: [ratios[Math.floor(ratios.length / 4)]!, ratios[Math.floor((ratios.length * 3) / 4)]!],
    disagreement,
  };
}

function difference(a: Record<string, number[]>, b: Record<string, number[]>): number {
  let worst = 0;
  for (const [name, values] of Object.entries(b)) {
    const largest = Math.max(...values.map(Math.abs));
    values.forEach((value, i) => (worst = Math.max(worst, Math.abs(value - a[name]![i]!) / (largest || 1))));
  }
  return worst;
}
