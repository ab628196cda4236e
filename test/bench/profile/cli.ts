/**
 * `npm run profile -- [--rounds N] [--only roofline,operators,levers,int8] [--out FILE.json]`
 *
 * Where inference in the browser spends its time, how far that is from what the processor can do, and what was tried to
 * make it faster. Everything that is compared runs in turns; what has one thread is compared by processor time, too,
 * which holds on a machine that others use. Both runtimes are measured: `untouched` as published, `ours` with the kernels of
 * `models/runtime`. Writes:
 *   roofline.{mulAdd,relaxed,native}      GFLOP/s of one thread: loops in the browser, a matrix product natively
 *   operators.{untouched,ours,native}.{cpuMs,shares[]}
 *   speedOfNative.{untouched,ours}        processor time natively / in the browser, one thread, same graph and input
 *   levers[].{says,speed,speedCpu,difference,rms}
 *   int8.{float32,convolutions,all}          operators as above, of the graph as it is and in eight bits, of one picture
 *   int8.rows[]                              as levers, against the graph as it is
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openProfilePage, type ProfilePage } from './bench-page.ts';
import { BASELINE, LEVERS, pullLever, type LeverRow } from './levers.ts';
import { writeEightBits } from './int8.ts';
import type { Setup } from './jobs.ts';
import { nativePeak, nativeProfile } from './native.ts';
import { sharesOf, type Share, type WeightShapes } from './operators.ts';
import { FLOPS_A_ROUND, peakModule } from './peaks.ts';
import { writeReport } from '../../tools/write-report.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    only: { type: 'string', default: 'roofline,operators,levers,int8' },
    out: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const only = new Set(values.only.split(','));

const GOES = 5;

interface Profiled {
  readonly cpuMs: number;
  readonly shares: readonly Share[];
}

/** Operators and processor time of a run in the browser, with one thread. */
async function browserProfile(
  bench: ProfilePage,
  change: Partial<Setup>,
  known?: WeightShapes,
): Promise<Profiled> {
  const run = (times: number) => bench.page.evaluate((count) => window.profile.run('x', count), times);
  const open = (traced: boolean) =>
    bench.page.evaluate((setup) => window.profile.open('x', setup), { ...BASELINE, ...change, traced });
  const close = () => bench.page.evaluate(() => window.profile.close('x'));
  await open(true);
  // Beforehand the code is still being compiled for speed.
  await run(10);
  await bench.settle();
  bench.lines.length = 0;
  await run(rounds);
  await bench.page.evaluate(() => window.profile.endTrace('x'));
  await bench.page.waitForTimeout(500);
  const shares = sharesOf(bench.lines, known);
  await close();
  await open(false);
  await run(10);
  await bench.settle();
  // The least of several goes: in the others the browser may still have compiled.
  let cpuMs = Infinity;
  for (let go = 0; go < GOES; go++) {
    const before = await bench.cpuMs();
    await run(rounds);
    cpuMs = Math.min(cpuMs, ((await bench.cpuMs()) - before) / rounds);
  }
  await close();
  return { cpuMs, shares };
}

async function roofline(bench: ProfilePage) {
  const loop = async (relaxed: boolean) =>
    (
      await bench.page.evaluate((args) => window.profile.peak(...args), [
        peakModule(relaxed),
        FLOPS_A_ROUND,
      ] as const)
    )?.gflops;
  return { mulAdd: await loop(false), relaxed: await loop(true), native: await nativePeak() };
}

const of = (value: number | undefined, digits = 1) => (value === undefined ? '-' : value.toFixed(digits));

function say(name: string, { cpuMs, shares }: Profiled): void {
  console.log(`\n${name}: ${of(cpuMs)} ms of processor time a run`);
  for (const { kind, share, ms, gflops } of shares.slice(0, 8))
    console.log(
      `  ${kind.padEnd(24)} ${of(share * 100, 0).padStart(3)} % ${of(ms).padStart(6)} ms  ${gflops ? `${of(gflops)} GFLOP/s` : ''}`,
    );
}

const report: Record<string, unknown> = {
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, loadBefore: loadavg()[0] },
};
const bench = await openProfilePage();
try {
  report['browser'] = bench.browser;
  if (only.has('roofline')) {
    const peaks = await roofline(bench);
    report['roofline'] = peaks;
    console.log(
      `one thread, GFLOP/s: multiply and add of 128 bits ${of(peaks.mulAdd)}, fused ${of(peaks.relaxed)}; ` +
        `native matrix product ${of(peaks.native)}`,
    );
  }
  if (only.has('operators')) {
    const untouched = await browserProfile(bench, { binary: 'untouched' });
    const ours = await browserProfile(bench, {});
    const native = await nativeProfile(BASELINE, rounds, GOES);
    report['operators'] = { untouched, ours, native };
    const speed = { untouched: native.cpuMs / untouched.cpuMs, ours: native.cpuMs / ours.cpuMs };
    report['speedOfNative'] = speed;
    say('runtime as installed', untouched);
    say('with our kernels', ours);
    say('onnxruntime-node', native);
    console.log(
      `\nof the native speed, one thread: ${of(speed.untouched, 2)} as installed, ${of(speed.ours, 2)} ours`,
    );
  }
  if (only.has('levers')) {
    console.log('\nspeed against the baseline      by clock  by processor time  largest difference');
    const rows: LeverRow[] = [];
    for (const lever of LEVERS) {
      const row = await pullLever(bench, lever, rounds);
      rows.push(row);
      console.log(
        `${row.says.padEnd(42)} ${of(row.speed, 2)}   ${of(row.speedCpu, 2).padStart(5)}   ${row.difference?.toExponential(0) ?? '-'}`,
      );
    }
    report['levers'] = rows;
  }
  if (only.has('int8')) {
    const picture = '/samples/streetscape.webp';
    const { addresses, weights } = await writeEightBits(bench, { ...BASELINE, picture });
    const found: Record<string, Profiled> = { float32: await browserProfile(bench, { picture }) };
    const rows: LeverRow[] = [];
    for (const [extent, model] of Object.entries(addresses)) {
      found[extent] = await browserProfile(bench, { picture, model }, weights);
      const lever = { says: `int8: ${extent}`, change: { model } };
      rows.push(await pullLever(bench, lever, rounds, { ...BASELINE, picture }));
    }
    for (const [name, profiled] of Object.entries(found)) say(name, profiled);
    for (const { says, speed, speedCpu, rms } of rows)
      console.log(`${says.padEnd(42)} ${of(speed, 2)}   ${of(speedCpu, 2)}   rms ${of(rms, 3)}`);
    report['int8'] = { ...found, rows };
  }
} finally {
  await bench.close();
}
report['loadAfter'] = loadavg()[0];
writeReport(report, values.out);
