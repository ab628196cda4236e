import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as v from 'valibot';
import { CountingConfig } from '../../../../../contract/index.ts';
import { DEFAULTS, settings } from '../../../../../src/app/settings.svelte.ts';
import { toConfig } from '../../../../../src/drawing/drawing.ts';
import { cardForFile } from '../../../../../src/cases/shared/model-file.ts';
import { loadSample, sourceKey } from '../../../../../src/cases/shared/source.ts';
import { PLAIN_DRAWING, Sample, sampleDrawing } from '../../../../../src/cases/counting/sample.ts';
import { CountingSession } from '../../../../../src/cases/counting/session.svelte.ts';
import { crossing, fakeWorkers, ledger, memoryStorage, rest, status, type FakeWorker } from '../../fakes.ts';

const DESCRIPTION = readFileSync(
  join(import.meta.dirname, '../../../../../public/samples/counting.json'),
  'utf8',
);

beforeEach(() => {
  memoryStorage.install();
  settings.change(DEFAULTS);
  vi.stubGlobal('document', { baseURI: 'http://localhost/incam/' });
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(
      url === 'samples/counting.json' ? new Response(DESCRIPTION) : new Response('', { status: 404 }),
    ),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  memoryStorage.remove();
});

function rig(prepare?: (worker: FakeWorker) => void) {
  const { workers, openFrame, last } = fakeWorkers(prepare);
  const session = new CountingSession({
    openFrame,
    openWebcam: (deviceId) => Promise.reject(Object.assign(new Error(deviceId), { code: 'camera-absent' })),
    wipeWithinMs: 40,
  });
  return { session, workers, last };
}

describe('the sample', () => {
  it('is described in a way that the camera takes as it stands', async () => {
    const sample = await loadSample('counting', Sample);
    expect(sample.lines.length).toBeGreaterThan(0);
    expect(v.is(CountingConfig, toConfig(sampleDrawing(sample)))).toBe(true);
    expect(Object.keys(sample.counts)).toEqual(sample.lines.map(({ id }) => id));
  });

  it('brings its lines, and is opened from where the site is', async () => {
    const { session, last } = rig();
    await session.prepare();
    expect(session.layout.current.lines.map(({ id }) => id)).toEqual(
      session.sample?.lines.map(({ id }) => id),
    );
    await session.start();
    expect(last().given['open']?.[0]).toEqual({
      kind: 'sample',
      path: 'samples/counting.mp4',
      pace: 'live',
      loop: true,
    });
  });

  it('is played once in exact pace, and is then compared with the truth', async () => {
    const { session, last } = rig();
    settings.change({ pace: 'exact' });
    await session.prepare();
    await session.start();
    expect(last().given['open']?.[0]).toMatchObject({ pace: 'exact', loop: false });
    expect(session.truth).toBeUndefined();
    last().say({ record: status('ended') });
    await rest();
    expect(session.truth).toEqual(session.sample?.counts);
  });

  it.each([
    {
      says: 'another run has been added',
      spoil: async (session: CountingSession) => {
        session.kept.accept(crossing(), 1);
        await session.start();
      },
    },
    { says: 'part of it was reset', spoil: (session: CountingSession) => session.reset() },
    {
      says: 'its line was moved',
      spoil: (session: CountingSession) => {
        const { current } = session.layout;
        session.layout.change({ ...current, lines: current.lines.map((line) => ({ ...line, a: [0, 0] })) });
      },
    },
  ])('is not compared with the truth when $says', async ({ spoil }) => {
    const { session, workers } = rig();
    await session.prepare();
    await session.start();
    workers[0]!.say({ record: status('ended') });
    await rest();
    await spoil(session);
    workers[1]?.say({ record: status('ended') });
    await rest();
    expect(session.truth ?? {}).toEqual({});
  });
});

describe('sources', () => {
  it('have identities of their own', () => {
    const file = (name: string) => ({ kind: 'file', file: new File(['x'], name) }) as const;
    const keys = [
      sourceKey({ kind: 'sample' }, 'counting'),
      sourceKey({ kind: 'pattern' }, 'counting'),
      sourceKey({ kind: 'webcam', deviceId: 'a' }, 'counting'),
      sourceKey({ kind: 'webcam', deviceId: 'b' }, 'counting'),
      sourceKey(file('a.mp4'), 'counting'),
      sourceKey(file('b.mp4'), 'counting'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('keep their counts and drawings apart, and give them back', async () => {
    const { session, last } = rig();
    await session.start();
    last().say({ record: crossing() });
    await session.choose({ kind: 'pattern' });
    expect(session.kept.crossings).toEqual([]);
    expect(session.layout.current).toEqual(PLAIN_DRAWING);
    await session.choose({ kind: 'sample' });
    expect(session.kept.crossings).toHaveLength(1);
  });

  it('change under a running camera by a wipe and a fresh one', async () => {
    const { session, workers } = rig();
    await session.start();
    await session.choose({ kind: 'pattern' });
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(workers[0]!.calls.at(-1)).toBe('stop');
    expect(workers[1]!.given['open']?.[0]).toMatchObject({ kind: 'pattern' });
  });

  it('change under a camera that is still starting as well', async () => {
    const { session, workers, last } = rig((worker) => worker.deaf.add('load'));
    void session.start();
    await rest();
    expect(session.camera.power).toBe('starting');
    void session.choose({ kind: 'pattern' });
    await vi.waitFor(() => expect(workers).toHaveLength(2));
    await vi.waitFor(() => expect(last().given['open']?.[0]).toMatchObject({ kind: 'pattern' }));
  });

  it('a file starts as soon as it is chosen; a webcam waits to be allowed', async () => {
    const { session, workers } = rig();
    await session.choose({ kind: 'webcam', deviceId: '' });
    expect(workers).toHaveLength(0);
    await session.choose({ kind: 'file', file: new File(['x'], 'a.mp4') });
    expect(workers).toHaveLength(1);
  });

  it('a webcam that is not there is a fault that can be read, and the next source works', async () => {
    const { session } = rig();
    await session.choose({ kind: 'webcam', deviceId: 'gone' });
    await session.start();
    expect(session.camera.troubles.list.map(({ code }) => code)).toEqual(['camera-absent']);
    await session.choose({ kind: 'pattern' });
    await session.start();
    expect([session.camera.power, session.camera.troubles.list]).toEqual(['on', []]);
  });
});

describe('at work', () => {
  it('is started once, however often it is asked to', async () => {
    const { session, workers } = rig();
    await Promise.all([session.start(), session.start()]);
    expect(workers).toHaveLength(1);
  });

  it('keeps its counts when the worker breaks down', async () => {
    const { session, last } = rig();
    await session.start();
    last().say({ record: crossing() });
    last().crash();
    await session.start();
    last().say({ record: crossing() });
    expect(session.kept.of('l1').forward.pedestrian).toBe(2);
  });

  it('tells the camera of a changed drawing once the hand rests', async () => {
    const { session, last } = rig();
    await session.start();
    const { current } = session.layout;
    for (const y of [0.1, 0.2, 0.3]) {
      session.layout.change({ ...current, lines: [{ ...current.lines[0]!, a: [0.5, y] }] }, 'drag');
    }
    await vi.waitFor(() =>
      expect(last().calls.slice(-3)).toEqual(['configure', 'lock the vault', 'setMasks']),
    );
    expect(last().calls.filter((call) => call === 'configure')).toHaveLength(2);
    expect(last().given['configure']?.[0]).toMatchObject([{ lines: [{ a: [0.5, 0.3] }] }]);
  });

  it('forgets counts here and in the camera', async () => {
    const { session, last } = rig();
    await session.start();
    last().say({ record: crossing() });
    await session.reset();
    expect([session.kept.crossings, last().calls.at(-1)]).toEqual([[], 'reset']);
  });
});

describe('a model file', () => {
  const onnx = new File(['x'], 'my.onnx');
  const card = (text: string) => new File([text], 'card.json');

  it.each([
    { says: 'a file with a card of its own', files: [card('{"id":"mine","x":1}'), onnx], id: 'mine' },
    { says: 'no model', files: [card('{"id":"mine"}')], id: undefined },
    { says: 'no card', files: [onnx], id: undefined },
    { says: 'a card that is no JSON', files: [onnx, card('nonsense')], id: undefined },
    { says: 'a card without a proper id', files: [onnx, card('{"id":"../x"}')], id: undefined },
  ])('$says: $id', async ({ files, id }) => {
    expect((await cardForFile(files, undefined))?.id).toBe(id);
  });
});

describe('a worker that breaks down', () => {
  it('is followed by a fresh camera on a live source, once, and the page says so', async () => {
    vi.useFakeTimers();
    try {
      const { session, workers, last } = rig((worker) => (worker.gives['start'] = [status('running')]));
      await session.choose({ kind: 'pattern' });
      await session.start();
      last().crash();
      expect(session.camera.troubles.error?.code).toBe('worker-crashed');
      await vi.advanceTimersByTimeAsync(2000);
      expect(workers).toHaveLength(2);
      expect(session.camera.running).toBe(true);
      expect(session.camera.troubles.list.map(({ code }) => code)).toEqual(['worker-restarted']);
      // A camera that breaks down again at once is left off: there is a cause that a restart does not mend.
      last().crash();
      await vi.advanceTimersByTimeAsync(30_000);
      expect(workers).toHaveLength(2);
      await session.stop();
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends the run of a file, which would be counted twice', async () => {
    vi.useFakeTimers();
    try {
      const { session, workers, last } = rig((worker) => (worker.gives['start'] = [status('running')]));
      await session.start();
      last().say({ record: ledger });
      last().crash();
      await vi.advanceTimersByTimeAsync(30_000);
      expect(workers).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is followed by a fresh camera on a file of which no picture had been taken', async () => {
    vi.useFakeTimers();
    try {
      const { session, workers, last } = rig((worker) => (worker.gives['start'] = [status('running')]));
      await session.start();
      last().crash();
      await vi.advanceTimersByTimeAsync(2000);
      expect(workers).toHaveLength(2);
      await session.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});
