import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import type { CaseId, OutRecord } from '../../../../contract/index.ts';
import { SceneCommand, type FrameTruth, type SceneRecord } from '../../../../scenes/live/contract.ts';
import { WORLD_KNOBS } from '../../../../scenes/live/knobs.ts';
import { SPECS } from '../../../../src/cases/specs.ts';
import { LiveScene } from '../../../../src/live/live.svelte.ts';
import type { SceneWorker } from '../../../../src/live/framed-scene.ts';
import { crossing } from '../fakes.ts';

/** No frame is asked here: the worker in it is exchanged. */
const FRAME = {} as Parameters<LiveScene['open']>[0];

/** A scene's worker as the page sees it. */
class FakeSceneWorker {
  onmessage: ((event: MessageEvent) => void) | undefined;
  onerror: ((event: ErrorEvent) => void) | undefined;
  readonly orders: SceneCommand[] = [];
  port: MessagePort | undefined;
  terminated = false;

  postMessage({ order, port }: { order: unknown; port?: MessagePort }): void {
    // What the page orders must be what the worker takes.
    this.orders.push(v.parse(SceneCommand, order));
    this.port ??= port;
  }
  terminate(): void {
    this.terminated = true;
    this.port?.close();
  }
  tell(scene: SceneRecord | object): void {
    this.onmessage?.({ data: { scene } } as MessageEvent);
  }
}

const READY = { type: 'ready', width: 640, height: 360, fps: 15 };
const truth = (frame: number, atS: number, part: Partial<FrameTruth> = {}): FrameTruth => ({
  type: 'frame',
  frame,
  atS,
  width: 640,
  height: 360,
  objects: [],
  present: {},
  occupancy: {},
  crossings: [],
  counts: {},
  ...part,
});

function rig(caseId: CaseId = 'counting') {
  const workers: FakeSceneWorker[] = [];
  const live = new LiveScene(SPECS[caseId].liveWorld, () => {
    const worker = new FakeSceneWorker();
    workers.push(worker);
    return worker as unknown as SceneWorker;
  });
  const open = async () => {
    const opened = live.open(FRAME);
    workers.at(-1)!.tell(READY);
    return opened;
  };
  return { live, workers, open, last: () => workers.at(-1)! };
}

const drawing = (x = 0.5) => ({
  lines: [{ id: 'l1', a: [x, 0] as const, b: [x, 1] as const, name: 'Door' }],
  zones: [],
  anchor: 'centre' as const,
});

describe('the live scene', () => {
  it('hands on a port and keeps nothing of it', async () => {
    const { open, last } = rig();
    const opened = await open();
    expect(opened.spec).toMatchObject({ kind: 'scene', width: 640, height: 360, fps: 15 });
    expect(opened.transfer).toEqual([(opened.spec as { port: MessagePort }).port]);
    expect(last().port).not.toBe(opened.transfer![0]);
    opened.close!();
  });

  it('builds the world of its case, seen as its sample is, with what is drawn', async () => {
    const { live, open, last } = rig('repeat-visits');
    live.watch(drawing());
    const opened = await open();
    expect(last().orders).toEqual([
      { order: 'open', world: 'attributes', seed: 7, knobs: WORLD_KNOBS.attributes.start },
      // Names of lines are the visitor's own business.
      {
        order: 'watch',
        watched: { lines: [{ id: 'l1', a: [0.5, 0], b: [0.5, 1] }], zones: [], anchor: 'centre' },
      },
    ]);
    opened.close!();
  });

  it('ends its worker when it is closed, and another may be opened', async () => {
    const { live, open, workers } = rig();
    const first = await open();
    first.close!();
    expect(workers[0]!.terminated).toBe(true);
    expect(live.state).toBe('off');
    const second = await open();
    first.close!();
    expect(live.state).toBe('drawing');
    second.close!();
  });

  it.each([
    {
      says: 'there is no WebGL',
      fail: (w: FakeSceneWorker) => w.tell({ type: 'fault', code: 'scene-unavailable' }),
    },
    {
      says: 'it tells something that is no record',
      fail: (w: FakeSceneWorker) => w.tell({ type: 'picture' }),
    },
    {
      says: 'its worker does not come up',
      fail: (w: FakeSceneWorker) =>
        w.onerror?.({ message: 'no such file', preventDefault: () => {} } as unknown as ErrorEvent),
    },
  ])('says so and frees everything when $says', async ({ fail }) => {
    const { live, last } = rig();
    const opened = live.open(FRAME);
    fail(last());
    await expect(opened).rejects.toMatchObject({ code: 'scene-unavailable' });
    expect(last().terminated).toBe(true);
    expect(live.state).toBe('off');
  });

  it('can be closed while it is being built', async () => {
    const { live, last } = rig();
    const opened = live.open(FRAME);
    last().tell({ type: 'progress', done: 1, of: 8 });
    live.close();
    await expect(opened).rejects.toMatchObject({ code: 'scene-unavailable' });
    expect(last().terminated).toBe(true);
    expect(live.state).toBe('off');
  });

  it('turns knobs while it runs, within what the world has', async () => {
    const { live, open, last } = rig('crowding');
    const opened = await open();
    live.turn({ density: 2, light: 'dusk', height: 180 });
    const knobs = { ...WORLD_KNOBS.crowding.start, density: 2, height: 180 };
    expect(last().orders.at(-1)).toEqual({ order: 'turn', knobs });
    live.restore();
    expect(last().orders.at(-1)).toEqual({ order: 'turn', knobs: WORLD_KNOBS.crowding.start });
    opened.close!();
  });

  it('compares what the camera counts with what the scene knows', async () => {
    const { live, open, last } = rig();
    const opened = await open();
    const true1 = { line: 'l1', id: 'a-1', kind: 'pedestrian', direction: 'forward', atS: 4 } as const;
    last().tell(truth(0, 4.1, { crossings: [true1, { ...true1, id: 'a-2', atS: 2 }] }));
    live.accept(crossing({ atS: 4.2 }));
    last().tell(truth(1, 30));
    expect(live.crossings).toMatchObject({ truth: 2, found: 1, extra: 0 });
    live.reset();
    expect(live.crossings.truth).toBe(0);
    opened.close!();
  });

  it.each([
    {
      says: 'in a zone',
      caseId: 'counting',
      record: { type: 'zone', case: 'counting', zone: 'z1', atS: 4, present: { pedestrian: 2 }, entered: {} },
    },
    {
      says: 'at a shelf',
      caseId: 'trajectories',
      record: {
        type: 'presence',
        case: 'trajectories',
        atS: 4,
        k: 1,
        zones: [{ zone: 'z1', atLeast: 2 }],
      },
    },
    {
      says: 'in the station',
      caseId: 'crowding',
      record: { type: 'crowd', case: 'crowding', atS: 4, standing: 3, moving: 2 },
    },
    {
      says: 'on the road',
      caseId: 'streetscape',
      record: { type: 'road', case: 'streetscape', state: 'free', vehicles: {}, atS: 4 },
    },
  ] as { says: string; caseId: CaseId; record: OutRecord }[])(
    'compares how many are $says',
    async ({ caseId, record }) => {
      const { live, open, last } = rig(caseId);
      const opened = await open();
      last().tell(truth(0, 4, { present: { pedestrian: 6, car: 1 }, occupancy: { z1: { pedestrian: 3 } } }));
      live.accept(record);
      expect(live.presence).toMatchObject({ told: 1, meanError: 1 });
      opened.close!();
    },
  );

  it.each([
    { says: 'the camera is moved', change: (live: LiveScene) => live.turn({ cameraM: 7 }), forgets: true },
    { says: 'a line is moved', change: (live: LiveScene) => live.watch(drawing(0.6)), forgets: true },
    {
      says: 'the drawing is told once more',
      change: (live: LiveScene) => live.watch(drawing()),
      forgets: false,
    },
    { says: 'the light changes', change: (live: LiveScene) => live.turn({ light: 'dusk' }), forgets: false },
  ])('begins the comparison anew only when it must: $says', async ({ change, forgets }) => {
    const { live, open, last } = rig();
    live.watch(drawing());
    const opened = await open();
    const crossings = [{ line: 'l1', id: 'a-1', kind: 'car', direction: 'forward', atS: 1 } as const];
    last().tell(truth(0, 1, { crossings }));
    last().tell(truth(1, 20));
    expect(live.crossings.truth).toBe(1);
    change(live);
    expect(live.crossings.truth).toBe(forgets ? 0 : 1);
    opened.close!();
  });

  it('takes no record of another source', () => {
    const { live } = rig();
    live.accept(crossing());
    expect(live.crossings.extra).toBe(0);
    expect(live.presence.told).toBe(0);
  });
});
