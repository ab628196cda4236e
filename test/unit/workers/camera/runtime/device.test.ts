import { describe, expect, it } from 'vitest';
import type { EngineChoice, SourceSpec } from '../../../../../contract/index.ts';
import { CameraDevice } from '../../../../../workers/camera/runtime/device.ts';
import { Fault } from '../../../../../workers/camera/isolation/fault.ts';
import { countRecord, fakeDetector, fakePipeline, fakeSource, recordsOf, rig, type Rig } from './fakes.ts';

const CHOICE: EngineChoice = { model: 'fake', backend: 'wasm', threads: 1 };
const FILE: SourceSpec = { kind: 'file', file: new Blob(), pace: 'exact' };
const COUNTING = { case: 'counting' as const, lines: [], zones: [], anchor: 'centre' as const };

/** A device with model, source and case, ready to start. */
async function ready({ parts }: Rig, maxFps?: number): Promise<CameraDevice> {
  const device = new CameraDevice(parts);
  await device.load(CHOICE);
  await device.configure([COUNTING]);
  await device.open(FILE, maxFps);
  return device;
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(condition()).toBe(true);
}

const lastStatus = ({ out }: Rig) => recordsOf(out, 'status').at(-1);
const lastLedger = ({ out }: Rig) => recordsOf(out, 'ledger').at(-1)!;
const faults = ({ out }: Rig) => recordsOf(out, 'fault').map((fault) => fault.code);

describe('making ready', () => {
  it('gets the runtime of a choice going beside other calls, and leaves its failure to the load', async () => {
    const asked: EngineChoice[] = [];
    const test = rig({
      prepareRuntime: (choice) => {
        asked.push(choice);
        return Promise.reject(new Fault('backend-unavailable', 'no runtime'));
      },
    });
    const device = new CameraDevice(test.parts);
    await device.prepare(CHOICE);
    expect(asked).toEqual([CHOICE]);
    expect(faults(test)).toEqual([]);
    await device.prepare({ ...CHOICE, threads: 99 });
    expect(asked).toHaveLength(1);
    expect(faults(test)).toEqual(['config-invalid']);
  });
});

describe('a run', () => {
  it('takes every frame once, destroys it, and lets only records out', async () => {
    const { source, closed } = fakeSource(5);
    const test = rig({ openSource: () => Promise.resolve(source) });
    const device = await ready(test);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(recordsOf(test.out, 'count').map((count) => count.atS)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(closed).toEqual([0, 1, 2, 3, 4]);
    expect(lastLedger(test).frames).toMatchObject({ acquired: 5, destroyed: 5, alive: 0, alivePeak: 1 });
    for (const buffer of test.buffers) expect(buffer.every((value) => value === 0)).toBe(true);
  });

  it('tells of the first picture at once, not with the next report', async () => {
    const { source } = fakeSource(2);
    const test = rig({ openSource: () => Promise.resolve(source) });
    const device = await ready(test);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    const destroyed = recordsOf(test.out, 'ledger').map(({ frames }) => frames.destroyed);
    expect(destroyed.slice(0, destroyed.indexOf(2))).toContain(1);
  });

  it('takes no more pictures a second than it is told to, and destroys the others unseen', async () => {
    const { source, closed } = fakeSource(5);
    const test = rig({ openSource: () => Promise.resolve(source) });
    const device = await ready(test, 5);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(recordsOf(test.out, 'count')).toHaveLength(3);
    expect(closed).toEqual([0, 1, 2, 3, 4]);
    expect(lastLedger(test).frames).toMatchObject({ acquired: 5, destroyed: 5, alive: 0 });
  });

  it.each([0, -1, Number.NaN, 1000])('refuses to take %s pictures a second', async (maxFps) => {
    const test = rig();
    await ready(test, maxFps);
    expect(faults(test)).toContain('config-invalid');
  });

  it('gives the detector the picture as it came from the source', async () => {
    const detector = fakeDetector();
    const test = rig({ loadDetector: () => Promise.resolve({ detector }) });
    const device = await ready(test);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(detector.seen).toEqual([119, 119, 119]);
  });

  it('ends in a wipe: nothing alive, the model overwritten and released', async () => {
    const detector = fakeDetector();
    const { source, isClosed } = fakeSource(1000);
    const test = rig({
      loadDetector: () => Promise.resolve({ detector }),
      openSource: () => Promise.resolve(source),
    });
    const device = await ready(test);
    await device.start();
    await until(() => detector.seen.length > 3);
    await device.stop();
    expect(lastStatus(test)?.state).toBe('wiped');
    expect(lastLedger(test)).toMatchObject({ frames: { alive: 0 }, pixelBytes: { alive: 0 }, wipes: 1 });
    expect(detector).toMatchObject({ wiped: 1, released: 1 });
    expect(isClosed()).toBe(true);
  });

  it('holds no picture but the one behind the glass, and that only while the glass is clear', async () => {
    const test = rig();
    const device = await ready(test);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(lastLedger(test).pixelBytes.alive).toBe(16 * 9 * 4);
    await device.setGlass('opaque');
    expect(lastLedger(test).pixelBytes.alive).toBe(0);
  });

  it('pauses between two frames and goes on where it was', async () => {
    const detector = fakeDetector();
    const { source } = fakeSource(400);
    const test = rig({
      loadDetector: () => Promise.resolve({ detector }),
      openSource: () => Promise.resolve(source),
    });
    const device = await ready(test);
    await device.start();
    await until(() => detector.seen.length > 2);
    await device.pause();
    const seen = detector.seen.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(detector.seen.length).toBe(seen);
    expect(lastStatus(test)?.state).toBe('paused');
    expect(lastLedger(test).frames.alive).toBe(0);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(recordsOf(test.out, 'count')).toHaveLength(400);
  });

  it('exchanges the model under way without losing a frame', async () => {
    const first = fakeDetector();
    const second = fakeDetector();
    const detectors = [first, second];
    const { source } = fakeSource(300);
    const test = rig({
      loadDetector: () => Promise.resolve({ detector: detectors.shift()! }),
      openSource: () => Promise.resolve(source),
    });
    const device = await ready(test);
    await device.start();
    await until(() => first.seen.length > 2);
    await device.load({ ...CHOICE, threads: 2 });
    await until(() => lastStatus(test)?.state === 'ended');
    expect(first).toMatchObject({ wiped: 1, released: 1 });
    expect(first.seen.length + second.seen.length).toBe(300);
    expect(recordsOf(test.out, 'count')).toHaveLength(300);
  });

  it('loads the model once, in the shape of the picture, when a case needs it and the source is known', async () => {
    const square = { ...fakeSource(2).source, width: 64, height: 64 };
    const aspects: number[] = [];
    const test = rig({
      openSource: () => Promise.resolve(square),
      loadDetector: (_choice, aspect) => {
        aspects.push(aspect);
        return Promise.resolve({ detector: fakeDetector() });
      },
    });
    await ready(test);
    expect(aspects).toEqual([1]);
  });
});

describe('single step', () => {
  it('stops after every stage and ends in the zeroed buffer', async () => {
    const test = rig();
    const device = await ready(test);
    const stages = () => recordsOf(test.out, 'step').map((step) => step.stage);
    await device.step();
    expect(stages()).toEqual(['sense']);
    expect(lastLedger(test).frames.alive).toBe(1);
    for (let i = 0; i < 7; i++) await device.step();
    expect(stages()).toEqual(['sense', 'mask', 'prepare', 'infer', 'track', 'extract', 'preview', 'destroy']);
    expect(lastLedger(test).frames.alive).toBe(0);
    for (const buffer of test.buffers) expect(buffer.every((value) => value === 0)).toBe(true);
    expect(recordsOf(test.out, 'count')).toHaveLength(0);
    await device.step();
    expect(recordsOf(test.out, 'count')).toHaveLength(1);
    await device.step();
    await device.step();
    expect(recordsOf(test.out, 'step').at(-1)).toMatchObject({ frame: 1, stage: 'sense' });
  });

  it('destroys the frame when the camera is stopped half way', async () => {
    const test = rig();
    const device = await ready(test);
    for (let i = 0; i < 4; i++) await device.step();
    await device.stop();
    expect(lastLedger(test)).toMatchObject({ frames: { acquired: 1, alive: 0 }, pixelBytes: { alive: 0 } });
    expect(faults(test)).toEqual([]);
  });

  it('balances at every report, also while a frame is on its way from a source that holds some', async () => {
    const { source } = fakeSource(5);
    const test = rig({
      openSource: (_spec, events) => {
        let left = 5;
        events.held(1, 100);
        const next = (signal: AbortSignal) => {
          left--;
          events.held(left > 0 ? 1 : 0, left > 0 ? 100 : 0);
          if (left === 3) events.held(0, 0);
          return source.next(signal);
        };
        return Promise.resolve({ ...source, next });
      },
    });
    const device = await ready(test);
    for (let i = 0; i < 20; i++) await device.step();
    expect(faults(test)).toEqual([]);
    for (const { frames, pixelBytes } of recordsOf(test.out, 'ledger')) {
      expect(frames.acquired).toBe(frames.destroyed + frames.alive + frames.waiting);
      expect(pixelBytes.acquired).toBe(pixelBytes.destroyed + pixelBytes.alive);
    }
  });

  it('goes on running from a step', async () => {
    const test = rig();
    const device = await ready(test);
    await device.step();
    await device.step();
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(recordsOf(test.out, 'count')).toHaveLength(3);
    expect(lastLedger(test).frames).toMatchObject({ acquired: 3, alive: 0 });
  });
});

describe('when something goes wrong', () => {
  it.each([
    {
      says: 'the source breaks: what came before stays counted',
      parts: () => ({
        openSource: () =>
          Promise.resolve(fakeSource(9, { index: 2, error: new Fault('source-truncated', 'cut') }).source),
      }),
      code: 'source-truncated',
      counts: 2,
    },
    {
      says: 'inference fails',
      parts: () => ({
        loadDetector: () =>
          Promise.resolve({
            detector: fakeDetector((run) => (run === 1 ? new Fault('gpu-lost', 'device lost') : undefined)),
          }),
      }),
      code: 'gpu-lost',
      counts: 1,
    },
    {
      says: 'a pipeline tries to let out what the contract does not allow',
      parts: () => ({
        createPipeline: () => fakePipeline((index) => Object.assign(countRecord(index), { face: [1, 2, 3] })),
      }),
      code: 'gate-refused',
      counts: 0,
    },
  ])('$says', async ({ parts, code, counts }) => {
    const test = rig(parts());
    const device = await ready(test);
    await device.start();
    await until(() => lastStatus(test)?.state === 'stopped');
    expect(faults(test)).toEqual([code]);
    expect(recordsOf(test.out, 'count')).toHaveLength(counts);
    expect(lastLedger(test).frames.alive).toBe(0);
    for (const buffer of test.buffers) expect(buffer.every((value) => value === 0)).toBe(true);
  });

  it('is wiped all the same when the model cannot run an empty picture either', async () => {
    const broken = Object.assign(
      fakeDetector((run) => (run === 1 ? new Fault('model-run-failed', 'no such kernel') : undefined)),
      { wipe: () => Promise.reject(new Error('no such kernel')) },
    );
    const test = rig({ loadDetector: () => Promise.resolve({ detector: broken }) });
    const device = await ready(test);
    await device.start();
    await until(() => lastStatus(test)?.state === 'stopped');
    await device.stop();
    expect(lastStatus(test)?.state).toBe('wiped');
    expect(faults(test)).toEqual(['model-run-failed']);
    expect(broken.released).toBe(1);
    expect(lastLedger(test).pixelBytes.alive).toBe(0);
  });

  it('goes on after a pause in which the model could not be overwritten, with a fresh one', async () => {
    const broken = Object.assign(fakeDetector(), { wipe: () => Promise.reject(new Error('no such kernel')) });
    const fresh = fakeDetector();
    const detectors = [broken, fresh];
    const test = rig({
      openSource: () => Promise.resolve(fakeSource(40).source),
      loadDetector: () => Promise.resolve({ detector: detectors.shift()! }),
    });
    const device = await ready(test);
    await device.start();
    await until(() => broken.seen.length > 0);
    await device.pause();
    expect(broken.released).toBe(1);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(fresh.seen.length + broken.seen.length).toBe(40);
    expect(faults(test)).toEqual([]);
  });

  it('does not say that it is wiped when a model does not go, and wipes everything else', async () => {
    const stuck = Object.assign(fakeDetector(), { release: () => Promise.reject(new Error('stuck')) });
    const test = rig({ loadDetector: () => Promise.resolve({ detector: stuck }) });
    const device = await ready(test);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    await device.stop();
    expect(test.out.some((record) => record.type === 'status' && record.state === 'wiped')).toBe(false);
    expect(faults(test)).toEqual(['internal']);
    expect(test.parts.preview.bytes).toBe(0);
    for (const buffer of test.buffers) expect(buffer.every((value) => value === 0)).toBe(true);
  });

  it('makes a new detector after the graphics device was lost', async () => {
    const lost = fakeDetector(() => new Fault('gpu-lost', 'device lost'));
    const fresh = fakeDetector();
    const detectors = [lost, fresh];
    const test = rig({ loadDetector: () => Promise.resolve({ detector: detectors.shift()! }) });
    const device = await ready(test);
    await device.start();
    await until(() => lastStatus(test)?.state === 'stopped');
    expect(lost.released).toBe(1);
    await device.open(FILE);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(fresh.seen).toHaveLength(3);
  });

  it('says what is wrong with a source and opens the next one', async () => {
    const good = fakeSource(2).source;
    const answers = [
      () => Promise.reject(new Fault('source-not-video', 'text')),
      () => Promise.resolve(good),
    ];
    const test = rig({ openSource: () => answers.shift()!() });
    const device = await ready(test);
    expect(faults(test)).toEqual(['source-not-video']);
    expect(lastStatus(test)?.state).toBe('idle');
    await device.open(FILE);
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(recordsOf(test.out, 'count')).toHaveLength(2);
  });

  it('keeps the old configuration when the new one makes no sense', async () => {
    const test = rig();
    const device = await ready(test);
    await device.configure([{ ...COUNTING, lines: [{ id: 'NOT VALID' }] } as never]);
    expect(faults(test)).toEqual(['config-invalid']);
    expect(recordsOf(test.out, 'fault')[0]?.severity).toBe('warning');
    await device.start();
    await until(() => lastStatus(test)?.state === 'ended');
    expect(recordsOf(test.out, 'count')).toHaveLength(3);
  });

  it('never tells the text of an unforeseen error outside', async () => {
    const test = rig({ openSource: () => Promise.reject(new Error('/home/yamada/holiday.mp4 is broken')) });
    await ready(test);
    expect(faults(test)).toEqual(['internal']);
    expect(JSON.stringify(test.out)).not.toContain('yamada');
  });
});
