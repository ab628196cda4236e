import { describe, expect, it } from 'vitest';
import { Fault } from '../../../../../workers/camera/isolation/fault.ts';
import {
  EngineChooser,
  threadLadder,
  type Host,
  type Wish,
} from '../../../../../workers/camera/inference/choose.ts';
import type { Outputs } from '../../../../../workers/camera/inference/engine.ts';
import { FakeEngine, outputs, tensor } from './fakes.ts';

const RESULT = outputs({
  hm: tensor(
    [1, 2],
    [
      [[0, 0], 0.8],
      [[0, 1], 0.1],
    ],
  ),
});

interface Situation {
  readonly cores?: number;
  readonly isolated?: boolean;
  readonly adapter?: 'hardware' | 'software' | 'none';
  /** Milliseconds of a run, by number of threads. */
  readonly cpuMs?: Readonly<Record<number, number>>;
  readonly gpuMs?: number;
  readonly gpuGives?: Outputs;
  /** What making an engine throws, by `wasm-3`, `webgpu-1`. */
  readonly broken?: Readonly<Record<string, Fault>>;
  readonly gpuRunThrows?: Fault;
}

/** A device with a clock of its own: a run takes exactly as long as the situation says. */
function simulate(situation: Situation) {
  const { cores = 4, isolated = true, adapter = 'none', cpuMs = {}, gpuMs = 10, broken = {} } = situation;
  let now = 0;
  const host: Host = { cores, isolated, adapter: async () => adapter, now: () => now };
  const engines: FakeEngine[] = [];
  const asked: string[] = [];
  const make = async (backend: 'wasm' | 'webgpu', threads: number) => {
    const name = `${backend}-${threads}`;
    asked.push(name);
    if (broken[name]) throw broken[name];
    const engine = new FakeEngine({
      backend,
      threads,
      run: () => {
        if (backend === 'webgpu' && situation.gpuRunThrows) throw situation.gpuRunThrows;
        now += backend === 'webgpu' ? gpuMs : (cpuMs[threads] ?? 100 / threads);
        return backend === 'webgpu' ? (situation.gpuGives ?? RESULT) : RESULT;
      },
    });
    engines.push(engine);
    return engine;
  };
  const chooser = new EngineChooser(host);
  let measured = 0;
  const choose = async (wish: Partial<Wish> = {}) => {
    const { engine, fallback } = await chooser.choose(
      { backend: 'auto', threads: 0, ...wish },
      make,
      () => measured++,
    );
    return { name: `${engine.backend}-${engine.threads}`, fallback, engine };
  };
  return { choose, chooser, asked, engines, measured: () => measured };
}

const failure = (code: ConstructorParameters<typeof Fault>[0]) => new Fault(code, code);

describe('EngineChooser', () => {
  it.each<Situation & { says: string; wish?: Partial<Wish>; name: string; fallback?: string }>([
    {
      says: 'all cores but one, when they help',
      cpuMs: { 3: 40, 2: 55, 1: 100 },
      name: 'wasm-3',
      fallback: 'no-adapter',
    },
    {
      says: 'fewer threads, when cores are busy',
      cpuMs: { 3: 300, 2: 120, 1: 150 },
      name: 'wasm-2',
      fallback: 'no-adapter',
    },
    {
      says: 'one thread, when only one core is free',
      cpuMs: { 3: 300, 2: 180, 1: 100 },
      name: 'wasm-1',
      fallback: 'no-adapter',
    },
    {
      says: 'fewer threads, when more gain next to nothing',
      cpuMs: { 3: 50, 2: 51, 1: 90 },
      name: 'wasm-2',
      fallback: 'no-adapter',
    },
    { says: 'one thread on one core', cores: 1, name: 'wasm-1', fallback: 'no-adapter' },
    { says: 'at most eight threads', cores: 64, name: 'wasm-8', fallback: 'no-adapter' },
    { says: 'one thread without isolation', isolated: false, name: 'wasm-1', fallback: 'not-isolated' },
    { says: 'the graphics device, when it is faster', adapter: 'hardware', gpuMs: 10, name: 'webgpu-1' },
    {
      says: 'the CPU, when the graphics device is slower',
      adapter: 'hardware',
      gpuMs: 90,
      name: 'wasm-3',
      fallback: 'slower',
    },
    {
      says: 'the CPU, when the graphics device computes in software',
      adapter: 'software',
      gpuMs: 1,
      name: 'wasm-3',
      fallback: 'no-adapter',
    },
    {
      says: 'the CPU, when the graphics device fails to load',
      adapter: 'hardware',
      broken: { 'webgpu-1': failure('backend-unavailable') },
      name: 'wasm-3',
      fallback: 'failed',
    },
    {
      says: 'the CPU, when the graphics device fails to run',
      adapter: 'hardware',
      gpuRunThrows: failure('internal'),
      name: 'wasm-3',
      fallback: 'failed',
    },
    {
      says: 'the CPU, when the graphics device gives something else',
      adapter: 'hardware',
      gpuMs: 1,
      gpuGives: outputs({ hm: tensor([1, 2], [[[0, 0], 0.7]]) }),
      name: 'wasm-3',
      fallback: 'failed',
    },
    {
      says: 'the CPU, when the graphics device gives no numbers',
      adapter: 'hardware',
      gpuMs: 1,
      gpuGives: outputs({ hm: tensor([1, 2], [[[0, 0], NaN]]) }),
      name: 'wasm-3',
      fallback: 'failed',
    },
    {
      says: 'the graphics device, when it differs by rounding',
      adapter: 'hardware',
      gpuMs: 1,
      gpuGives: outputs({
        hm: tensor(
          [1, 2],
          [
            [[0, 0], 0.8001],
            [[0, 1], 0.1001],
          ],
        ),
      }),
      name: 'webgpu-1',
    },
    {
      says: 'the CPU, when asked for it',
      wish: { backend: 'wasm' },
      adapter: 'hardware',
      gpuMs: 1,
      name: 'wasm-3',
    },
    { says: 'so many threads, when asked for them', wish: { backend: 'wasm', threads: 2 }, name: 'wasm-2' },
    {
      says: 'more threads than cores, when asked for them',
      wish: { backend: 'wasm', threads: 16 },
      name: 'wasm-16',
    },
    {
      says: 'one thread, when asked for more without isolation',
      wish: { backend: 'wasm', threads: 2 },
      isolated: false,
      name: 'wasm-1',
      fallback: 'not-isolated',
    },
    {
      says: 'one thread, when asked for it without isolation',
      wish: { backend: 'wasm', threads: 1 },
      isolated: false,
      name: 'wasm-1',
    },
    {
      says: 'a slow graphics device, when asked for it',
      wish: { backend: 'webgpu' },
      adapter: 'software',
      gpuMs: 999,
      name: 'webgpu-1',
    },
    {
      says: 'the CPU, when the graphics device asked for is not there',
      wish: { backend: 'webgpu' },
      name: 'wasm-3',
      fallback: 'no-adapter',
    },
    {
      says: 'the CPU, when the graphics device asked for fails',
      wish: { backend: 'webgpu' },
      adapter: 'hardware',
      broken: { 'webgpu-1': failure('internal') },
      name: 'wasm-3',
      fallback: 'failed',
    },
  ])('takes $says', async ({ wish, name, fallback, ...situation }) => {
    const chosen = await simulate(situation).choose(wish);
    expect([chosen.name, chosen.fallback]).toEqual([name, fallback]);
  });

  it('releases every engine it does not take', async () => {
    const { choose, engines } = simulate({ adapter: 'hardware', gpuMs: 70, cpuMs: { 3: 100, 2: 50, 1: 80 } });
    const { engine } = await choose();
    expect(engines.map(({ backend, threads }) => `${backend}-${threads}`)).toEqual([
      'webgpu-1',
      'wasm-3',
      'wasm-2',
      'wasm-1',
    ]);
    expect(engines.map(({ released }) => released)).toEqual(engines.map((one) => (one === engine ? 0 : 1)));
  });

  it('measures the threads once, and lets later models share them', async () => {
    const { choose, asked } = simulate({ cpuMs: { 3: 100, 2: 50, 1: 80 } });
    await choose({ backend: 'wasm' });
    expect((await choose({ backend: 'wasm' })).name).toBe('wasm-2');
    expect(asked).toEqual(['wasm-3', 'wasm-2', 'wasm-1', 'wasm-2']);
  });

  it('does not measure where there is nothing to choose', async () => {
    for (const situation of [{ cores: 2 }, { isolated: false }]) {
      const { choose, measured } = simulate(situation);
      await choose();
      expect(measured()).toBe(0);
    }
  });

  it('does not ask a graphics device again that was lost', async () => {
    const { choose, chooser, asked } = simulate({ adapter: 'hardware', gpuMs: 1 });
    expect((await choose()).name).toBe('webgpu-1');
    chooser.gpuLost();
    expect((await choose({ backend: 'webgpu' })).fallback).toBe('lost');
    expect(asked.filter((name) => name === 'webgpu-1')).toHaveLength(1);
  });

  it('says lost, not failed, from the load after it was lost while being measured', async () => {
    const { choose } = simulate({ adapter: 'hardware', gpuRunThrows: failure('gpu-lost') });
    expect((await choose()).fallback).toBe('failed');
    expect((await choose()).fallback).toBe('lost');
  });

  it.each<Situation & { says: string; wish?: Partial<Wish>; name: string; fallback?: string }>([
    {
      says: 'the largest number is not available',
      broken: { 'wasm-3': failure('memory-exhausted') },
      cpuMs: { 2: 50, 1: 80 },
      name: 'wasm-2',
    },
    {
      says: 'the requested number is not available',
      wish: { threads: 8 },
      broken: { 'wasm-8': failure('memory-exhausted') },
      name: 'wasm-1',
      fallback: 'failed',
    },
  ])('tries fewer threads where $says', async ({ wish, name, fallback, ...situation }) => {
    const chosen = await simulate(situation).choose({ backend: 'wasm', ...wish });
    expect([chosen.name, chosen.fallback]).toEqual([name, fallback]);
  });

  it('keeps what works when fewer threads do not', async () => {
    const { choose } = simulate({
      broken: { 'wasm-2': failure('memory-exhausted'), 'wasm-1': failure('internal') },
    });
    expect((await choose({ backend: 'wasm' })).name).toBe('wasm-3');
  });

  it('passes on what is wrong with the model, leaving nothing behind', async () => {
    const corrupt = failure('model-corrupt');
    const { choose, engines, asked } = simulate({
      adapter: 'hardware',
      broken: { 'wasm-3': corrupt, 'wasm-2': corrupt, 'wasm-1': corrupt },
    });
    await expect(choose()).rejects.toBe(corrupt);
    expect(engines.map(({ released }) => released)).toEqual([1]);
    expect(asked).toEqual(['webgpu-1', 'wasm-3']);
  });
});

describe('threadLadder', () => {
  it.each([
    [1, [1]],
    [2, [1]],
    [3, [2, 1]],
    [4, [3, 2, 1]],
    [8, [7, 4, 2, 1]],
    [128, [8, 4, 2, 1]],
  ])('of %i cores', (cores, ladder) => {
    expect(threadLadder(cores)).toEqual(ladder);
  });
});
