/** What was tried to make inference faster: each beside the baseline, in turns, with what it does to the results. */
import type { Ran, Setup } from './jobs.ts';
import type { ProfilePage } from './bench-page.ts';
import { median } from '../../../lib/stats.ts';

/** As the site runs case 4: the default model, 16:9, our kernels. */
export const BASELINE: Setup = {
  model: 'centernet-street',
  binary: 'ours',
  threads: 1,
  width: 512,
  height: 288,
};

export interface Lever {
  readonly says: string;
  readonly change: Partial<Setup>;
}

export const LEVERS: readonly Lever[] = [
  { says: 'runtime as installed', change: { binary: 'untouched' } },
  { says: 'depthwise kernel only', change: { binary: 'depthwise' } },
  { says: 'matrix kernel only', change: { binary: 'gemm' } },
  { says: 'both, relaxed SIMD (fused multiply-add)', change: { binary: 'relaxed' } },
  { says: '2 threads', change: { threads: 2 } },
  { says: '3 threads', change: { threads: 3 } },
  { says: '4 threads', change: { threads: 4 } },
  { says: 'square input 512 x 512', change: { height: 512 } },
  { says: 'input 384 x 224', change: { width: 384, height: 224 } },
  { says: 'input 320 x 192', change: { width: 320, height: 192 } },
  { says: 'graph not optimised', change: { optimisation: 'disabled' } },
  { says: 'graph optimised: basic', change: { optimisation: 'basic' } },
  { says: 'graph optimised: extended', change: { optimisation: 'extended' } },
  { says: 'size fixed when loading', change: { fixedSize: true } },
  { says: 'outputs written to the same place', change: { reuseOutputs: true } },
];

export interface LeverRow {
  readonly says: string;
  /** How many times the baseline's speed, by the clock: the median over rounds of both one after the other. */
  readonly speed: number;
  /** The same by processor time, which others on the machine do not take part in; one thread only. */
  readonly speedCpu: number | undefined;
  /** Largest difference of the outputs as a share of the largest value; none where sizes differ. */
  readonly difference: number | undefined;
  /** Root mean square of the differences as a share of that of the outputs, the worst of them. */
  readonly rms: number | undefined;
}

/** Runs a turn lasts: enough for the processor time, which comes in hundredths of a second. */
const RUNS = 4;

async function turn(bench: ProfilePage, name: string): Promise<{ ran: Ran; cpu: number }> {
  const before = await bench.cpuMs();
  const ran = await bench.page.evaluate(([who, runs]) => window.profile.run(who, runs), [
    name,
    RUNS,
  ] as const);
  return { ran, cpu: (await bench.cpuMs()) - before };
}

export async function pullLever(
  bench: ProfilePage,
  { says, change }: Lever,
  rounds: number,
  baseline: Setup = BASELINE,
): Promise<LeverRow> {
  const setups = { baseline, lever: { ...baseline, ...change } };
  for (const [name, setup] of Object.entries(setups)) {
    await bench.page.evaluate((args) => window.profile.open(...args), [name, setup] as const);
    await turn(bench, name);
    await turn(bench, name);
  }
  await bench.settle();
  const ratios: number[] = [];
  // The least of the rounds: in the others the browser may still have compiled.
  const cpu = { baseline: Infinity, lever: Infinity };
  let difference: number | undefined;
  let rms: number | undefined;
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['baseline', 'lever'] as const) : (['lever', 'baseline'] as const);
    const found: Partial<Record<'baseline' | 'lever', Ran>> = {};
    for (const name of order) {
      const { ran, cpu: spent } = await turn(bench, name);
      found[name] = ran;
      cpu[name] = Math.min(cpu[name], spent);
    }
    const { baseline: usual, lever } = found as Record<'baseline' | 'lever', Ran>;
    ratios.push(median(usual.ms) / median(lever.ms));
    difference = differenceOf(lever.sample, usual.sample);
    rms = rmsOf(lever.sample, usual.sample);
  }
  for (const name of Object.keys(setups)) await bench.page.evaluate((who) => window.profile.close(who), name);
  const alone = setups.lever.threads === 1;
  return {
    says,
    speed: median(ratios),
    speedCpu: alone ? cpu.baseline / cpu.lever : undefined,
    difference,
    rms,
  };
}

/** @returns nothing when the outputs are not of the same size */
export function rmsOf(a: Ran['sample'], b: Ran['sample']): number | undefined {
  let worst = 0;
  for (const [name, values] of Object.entries(b)) {
    const others = a[name];
    if (others?.length !== values.length) return undefined;
    const off = values.reduce((sum, value, i) => sum + (value - others[i]!) ** 2, 0);
    worst = Math.max(worst, Math.sqrt(off / (values.reduce((sum, value) => sum + value ** 2, 0) || 1)));
  }
  return worst;
}

/** @returns nothing when the outputs are not of the same size */
export function differenceOf(a: Ran['sample'], b: Ran['sample']): number | undefined {
  let worst = 0;
  for (const [name, values] of Object.entries(b)) {
    const others = a[name];
    if (others?.length !== values.length) return undefined;
    const largest = Math.max(...values.map(Math.abs)) || 1;
    values.forEach((value, i) => (worst = Math.max(worst, Math.abs(value - others[i]!) / largest)));
  }
  return worst;
}
