import { describe, expect, it } from 'vitest';
import { admit, sizeOf } from '../../../../src/camera/admit.ts';
import { Camera } from '../../../../src/camera/client.svelte.ts';
import type { CameraSetup } from '../../../../src/camera/setup.ts';
import { codeOf } from '../../../../src/camera/troubles.svelte.ts';
import type { OutRecord } from '../../../../contract/index.ts';
import { crossing, fakeWorkers, ledger, rest, status, type FakeWorker } from '../fakes.ts';

const FILE = { kind: 'file', file: new Blob(), pace: 'live' } as const;

const order = (part: Partial<CameraSetup> = {}): CameraSetup => ({
  engines: [{ model: 'm', backend: 'auto', threads: 0 }],
  cases: [],
  masks: [],
  source: () => Promise.resolve({ spec: FILE }),
  ...part,
});

function rig(prepare?: (worker: FakeWorker) => void) {
  const { workers, openFrame, last } = fakeWorkers(prepare);
  const records: OutRecord[] = [];
  const camera = new Camera({
    openFrame,
    wipeWithinMs: 40,
    onRecord: (record) => records.push(record),
  });
  const codes = () => camera.troubles.list.map(({ code, severity }) => `${severity}: ${code}`);
  return { camera, workers, records, codes, last };
}

/** Calls of one worker in order, but for the runtime's preparation, which runs beside them. */
const inOrder = ({ calls }: { calls: readonly string[] }) => calls.filter((call) => call !== 'prepare');

describe('admit', () => {
  it.each<{ says: string; message: unknown; is: string }>([
    { says: 'a record of the contract', message: { record: crossing() }, is: 'record' },
    { says: 'an answer without content', message: { id: '1', type: 'RAW', value: undefined }, is: 'answer' },
    {
      says: 'an answer that failed',
      message: { id: '1', type: 'HANDLER', name: 'throw', value: { isError: true, value: {} } },
      is: 'answer',
    },
    { says: 'an answer with content', message: { id: '1', type: 'RAW', value: 'a face' }, is: 'refused' },
    {
      says: 'a record with a field too many',
      message: { record: { ...crossing(), face: 1 } },
      is: 'refused',
    },
    { says: 'a record with something beside it', message: { record: crossing(), more: 1 }, is: 'refused' },
    { says: 'pixels', message: new Uint8Array(4), is: 'refused' },
    { says: 'a text', message: 'hello', is: 'refused' },
    { says: 'nothing', message: null, is: 'refused' },
  ])('$says: $is', ({ message, is }) => {
    expect(admit(message).is).toBe(is);
  });

  it('counts a record as JSON in UTF-8', () => {
    expect(sizeOf(crossing())).toBe(JSON.stringify(crossing()).length);
  });
});

describe('codeOf', () => {
  it.each([
    { says: 'a fault of the page', error: { code: 'camera-denied' }, code: 'camera-denied' },
    { says: 'the gate’s reduced answer', error: new Error('model-corrupt'), code: 'model-corrupt' },
    { says: 'a code that nobody knows', error: { code: 'ENOENT' }, code: 'internal' },
    { says: 'anything else', error: 'oops', code: 'internal' },
  ])('$says', ({ error, code }) => {
    expect(codeOf(error)).toBe(code);
  });
});

describe('switching on', () => {
  it('masks before the source, the source before the model, and starts last', async () => {
    const { camera, last } = rig();
    await camera.start(order());
    expect(inOrder(last())).toEqual(['setGlass', 'configure', 'setMasks', 'open', 'load', 'start']);
    expect(camera.power).toBe('on');
  });

  it('has the runtime made ready before the model is there, and the site’s own models run without a trial', async () => {
    const { camera, last } = rig();
    const [engine] = order().engines;
    await camera.start(order());
    expect(last().calls.indexOf('prepare')).toBeGreaterThanOrEqual(0);
    expect(last().calls.indexOf('prepare')).toBeLessThan(last().calls.indexOf('load'));
    expect(last().given['prepare']).toEqual([engine]);
    expect(last().given['load']).toEqual([{ ...engine, warmUp: false }]);
  });

  it('starts all the same where the runtime cannot be made ready', async () => {
    const { camera, codes } = rig((worker) => (worker.fails['prepare'] = 'internal'));
    await camera.start(order());
    expect([camera.power, codes()]).toEqual(['on', []]);
  });

  it('takes a model file instead of one of the registry', async () => {
    const { camera, last } = rig();
    const card = { id: 'mine' };
    await camera.start(order({ modelFile: { file: new Blob(), card } }));
    expect(last().calls).toContain('loadFile');
    expect(last().calls).not.toContain('load');
    expect(last().given['loadFile']?.[1]).toEqual(card);
  });

  it('keeps the glass opaque that was made opaque before', async () => {
    const { camera, last } = rig();
    await camera.setGlass('opaque');
    await camera.start(order());
    expect(last().given['setGlass']).toEqual(['opaque']);
  });

  it('does nothing more after a fault, wipes, and lets the worker go', async () => {
    const { camera, last, codes } = rig((worker) => {
      worker.gives['open'] = [{ type: 'fault', code: 'source-not-video', severity: 'error' }];
    });
    await camera.start(order());
    expect(inOrder(last())).toEqual(['setGlass', 'configure', 'setMasks', 'open', 'stop']);
    expect(last().terminated).toBe(true);
    expect([camera.power, codes()]).toEqual(['off', ['error: source-not-video']]);
  });

  it('reports a device that the page itself could not open', async () => {
    const { camera, codes } = rig();
    const denied = Object.assign(new Error('no'), { code: 'camera-denied' });
    await camera.start(order({ source: () => Promise.reject(denied) }));
    expect([camera.power, codes()]).toEqual(['off', ['error: camera-denied']]);
  });

  it('refuses a second start while it is on', async () => {
    const { camera } = rig();
    await camera.start(order());
    await expect(camera.start(order())).rejects.toThrow('already on');
  });

  it('can be switched on again after a fault, with a clean slate and a fresh worker', async () => {
    let broken = true;
    const { camera, workers, codes } = rig((worker) => {
      if (broken) worker.fails['load'] = 'model-corrupt';
    });
    await camera.start(order());
    expect(codes()).toEqual(['error: model-corrupt']);
    broken = false;
    await camera.start(order());
    expect([camera.power, codes(), workers.length]).toEqual(['on', [], 2]);
  });
});

describe('switching off', () => {
  it('waits for the wipe before the worker is terminated, and closes the device', async () => {
    let closed = 0;
    const { camera, last } = rig((worker) => (worker.gives['stop'] = []));
    await camera.start(order({ source: () => Promise.resolve({ spec: FILE, close: () => closed++ }) }));
    const stopped = camera.stop();
    await rest();
    expect([last().terminated, camera.power, closed]).toEqual([false, 'stopping', 0]);
    last().say({ record: status('wiped') });
    await stopped;
    expect([last().terminated, camera.power, closed]).toEqual([true, 'off', 1]);
  });

  it('stays off when it is stopped while the start is answered', async () => {
    const { camera, last } = rig((worker) => {
      worker.deaf.add('start');
      worker.gives['stop'] = [];
    });
    const started = camera.start(order());
    await rest();
    const stopped = camera.stop();
    last().answer('start');
    await rest();
    expect(camera.power).toBe('stopping');
    last().say({ record: status('wiped') });
    await Promise.all([started, stopped]);
    expect([camera.power, camera.wiped]).toEqual(['off', true]);
  });

  it('terminates a worker that does not answer, because that wipes too', async () => {
    const { camera, last } = rig((worker) => {
      worker.deaf.add('stop');
      worker.gives['stop'] = [];
    });
    await camera.start(order());
    await camera.stop();
    expect([last().terminated, camera.power]).toEqual([true, 'off']);
  });

  it('follows by itself when a file has ended', async () => {
    const { camera, last } = rig();
    await camera.start(order());
    last().say({ record: status('ended') });
    await rest();
    expect([camera.power, camera.ended, last().calls.at(-1)]).toEqual(['off', true, 'stop']);
  });

  it('follows even when the file was over before the start was answered', async () => {
    const { camera } = rig((worker) => (worker.gives['start'] = [status('running'), status('ended')]));
    await camera.start(order());
    expect([camera.power, camera.ended]).toEqual(['off', true]);
  });

  it.each([
    { says: 'has said so', gives: undefined, wiped: true },
    { says: 'has said nothing', gives: [], wiped: false },
  ])('is wiped only where the camera itself $says', async ({ gives, wiped }) => {
    const { camera } = rig((worker) => {
      if (gives) worker.gives['stop'] = gives;
    });
    await camera.start(order());
    await camera.stop();
    expect([camera.power, camera.wiped]).toEqual(['off', wiped]);
  });

  it('is not wiped where its frame broke down', async () => {
    const { camera, last } = rig();
    await camera.start(order());
    last().crash();
    expect([camera.power, camera.wiped]).toEqual(['off', false]);
  });
});

describe('a vault on the device', () => {
  const visits = (keep: 'session' | 'device') => ({
    ...{ case: 'repeat-visits', retentionDays: 3, days: { kind: 'calendar' }, keep, mistakenShare: 0.05 },
  });
  const cases = (keep: 'session' | 'device') => [visits(keep)] as CameraSetup['cases'];

  it('is unlocked before the camera hears of it, and locked after the camera has left it', async () => {
    const { camera, last } = rig();
    await camera.start(order({ cases: cases('device') }));
    expect(inOrder(last()).slice(0, 3)).toEqual(['setGlass', 'unlock the vault', 'configure']);
    last().calls.length = 0;
    await camera.configure(cases('session'));
    expect(last().calls).toEqual(['configure', 'lock the vault']);
  });

  it('is asked for by nobody who keeps nothing', async () => {
    const { camera, last } = rig();
    await camera.start(order({ cases: cases('session') }));
    expect(last().calls).not.toContain('unlock the vault');
  });
});

describe('a proof', () => {
  const proof = (step: 'made' | 'inside'): OutRecord => ({ type: 'proof', step, places: [], ms: 1 });

  it('is collected step by step, and the next one begins anew', async () => {
    const { camera, last } = rig((worker) => (worker.gives['prove'] = [proof('made'), proof('inside')]));
    await camera.start(order());
    for (let i = 0; i < 2; i++) {
      const done = camera.prove();
      expect(camera.proving).toBe(true);
      await done;
      await rest();
      expect(camera.proofs.map(({ step }) => step)).toEqual(['made', 'inside']);
    }
    expect(camera.proving).toBe(false);
    expect(last().calls.filter((call) => call === 'prove')).toHaveLength(2);
  });

  it('ends with a camera that is switched off in the middle of it', async () => {
    const { camera } = rig((worker) => worker.deaf.add('prove'));
    await camera.start(order());
    const proving = camera.prove();
    await camera.stop();
    await proving;
    expect(camera.proving).toBe(false);
  });
});

describe('running', () => {
  it('passes on the records of cases only, and counts what arrived', async () => {
    const { camera, last, records } = rig();
    await camera.start(order());
    last().say({ record: status('running') });
    last().say({ record: crossing() });
    expect(records).toEqual([crossing()]);
    expect(camera.running).toBe(true);
    expect(camera.arrived.caseRecords).toBe(1);
    expect(camera.arrived.caseBytes).toBe(sizeOf(crossing()));
    expect(camera.arrived.records).toBe(2);
  });

  it('holds what arrived still at the moment of a ledger, to be compared with what the ledger says has left', async () => {
    const { camera, last } = rig();
    await camera.start(order());
    last().say({ record: crossing() });
    last().say({ record: ledger });
    last().say({ record: crossing() });
    expect(camera.arrivedByLedger).toMatchObject({ caseRecords: 1, caseBytes: sizeOf(crossing()) });
    expect(camera.arrived.caseRecords).toBe(2);
  });

  it('collects the stages of one frame and begins anew with the next', async () => {
    const { camera, last } = rig();
    await camera.start(order());
    const step = (frame: number, stage: 'sense' | 'mask') =>
      last().say({ record: { type: 'step', frame, stage, ms: 1, bytesAlive: 8, items: 0 } });
    step(0, 'sense');
    step(0, 'mask');
    expect(camera.steps.map(({ stage }) => stage)).toEqual(['sense', 'mask']);
    step(1, 'sense');
    expect(camera.steps.map(({ frame }) => frame)).toEqual([1]);
  });

  it('stops on an error and keeps the message', async () => {
    const { camera, last, codes } = rig();
    await camera.start(order());
    last().say({ record: { type: 'fault', code: 'camera-unplugged', severity: 'error' } });
    await rest();
    expect([camera.power, codes()]).toEqual(['off', ['error: camera-unplugged']]);
  });

  it('goes on when only a line was refused, and takes that back once one is accepted', async () => {
    const { camera, last, codes } = rig();
    await camera.start(order());
    last().say({ record: { type: 'fault', code: 'line-too-short', severity: 'error', subject: 'l1' } });
    await rest();
    expect([camera.power, codes()]).toEqual(['on', ['warning: line-too-short']]);
    camera.troubles.dismissRefusals();
    expect(codes()).toEqual([]);
  });

  it('says the same thing once', async () => {
    const { camera, codes } = rig();
    camera.troubles.report('line-too-short', 'warning');
    camera.troubles.report('line-too-short', 'warning');
    expect(codes()).toEqual(['warning: line-too-short']);
  });

  it('switches off at once when something comes out that may not', async () => {
    const { camera, last, records, codes } = rig();
    await camera.start(order());
    const worker = last();
    worker.say({ record: { ...crossing(), pixels: [1, 2, 3] } });
    expect([worker.terminated, camera.power, codes(), records]).toEqual([
      true,
      'off',
      ['error: gate-refused'],
      [],
    ]);
  });

  it('survives a worker that breaks down', async () => {
    const { camera, last, codes } = rig();
    await camera.start(order());
    last().crash();
    expect([camera.power, codes()]).toEqual(['off', ['error: worker-crashed']]);
    await camera.start(order());
    expect(camera.power).toBe('on');
  });

  it('shows no rate and says so while the camera does not answer, and ends that with the next answer', async () => {
    const { camera, last, codes } = rig();
    await camera.start(order());
    last().silent(true);
    expect([camera.silent, camera.rate, codes()]).toEqual([true, 0, ['warning: camera-silent']]);
    last().silent(false);
    expect([camera.silent, codes()]).toEqual([false, []]);
    last().silent(true);
    last().crash();
    expect([camera.silent, camera.rate, codes()]).toEqual([false, undefined, ['error: worker-crashed']]);
  });

  it('breaks off a start whose worker breaks down', async () => {
    const { camera, last, codes } = rig((worker) => worker.deaf.add('load'));
    void camera.start(order());
    await rest();
    last().crash();
    expect([camera.power, codes()]).toEqual(['off', ['error: worker-crashed']]);
  });

  it('ends a start that is broken off while its model loads, and can be started again', async () => {
    const { camera, workers, last } = rig((worker) => worker.deaf.add('load'));
    const start = camera.start(order());
    await rest();
    expect(camera.power).toBe('starting');
    await camera.stop();
    await start;
    expect(camera.power).toBe('off');
    expect(workers[0]!.calls).not.toContain('start');
    void camera.start(order());
    await rest();
    expect(workers).toHaveLength(2);
    expect(last().calls).toContain('load');
  });

  it('takes no orders while it is off', async () => {
    const { camera, workers } = rig();
    await camera.pause();
    await camera.configure([]);
    expect(workers).toEqual([]);
  });
});
