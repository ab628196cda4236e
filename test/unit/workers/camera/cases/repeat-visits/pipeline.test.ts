import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { CaseAccount } from '../../../../../../workers/camera/ledger/case-account.ts';
import { OutRecord, type OutRecordOf, type RepeatVisitsConfig } from '../../../../../../contract/index.ts';
import { Fault } from '../../../../../../workers/camera/isolation/fault.ts';
import type { FaceDescription, FaceReader } from '../../../../../../workers/camera/inference/faces.ts';
import { RepeatVisitsPipeline } from '../../../../../../workers/camera/cases/repeat-visits/pipeline.ts';
import {
  openStore as openRealStore,
  type OpenStore,
} from '../../../../../../workers/camera/cases/repeat-visits/vault/keeper.ts';
import { MemoryStore } from '../../../../../../workers/camera/cases/repeat-visits/vault/store.ts';
import type { Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { clock } from '../../inference/fakes.ts';
import { view } from './vault/faces.ts';

const WIDTH = 640;
const HEIGHT = 360;
const FPS = 10;
const CONFIG: RepeatVisitsConfig = {
  case: 'repeat-visits',
  retentionDays: 2,
  days: { kind: 'lapse', dayS: 20 },
  keep: 'session',
  mistakenShare: 0.05,
};

/** A face looking into the camera; `lane` 0..3 from left to right. */
function faceAt(lane: number, size = 90): Detection {
  const x = 80 + lane * 160;
  const y = 150;
  const at = (dx: number, dy: number): [number, number] => [x + dx * size, y + dy * size];
  return {
    box: [x - size / 2, y - size / 2, x + size / 2, y + size / 2],
    score: 0.95,
    label: 'face',
    keypoints: [at(-0.18, -0.1), at(0.18, -0.1), at(0, 0.08)],
  };
}

/** A visitor before the camera from one moment to another, seconds. */
interface Presence {
  readonly who: number;
  readonly fromS: number;
  readonly toS: number;
  readonly lane?: number;
}

function rig(config: Partial<RepeatVisitsConfig> = {}, openStore: OpenStore = openRealStore) {
  let pixels = 0;
  const account = new CaseAccount('repeat-visits', (bytes) => (pixels += bytes));
  const pipeline = new RepeatVisitsPipeline({ ...CONFIG, ...config }, account, openStore);
  const records: OutRecord[] = [];
  const vectors: Float32Array[] = [];
  let views = 0;
  let shown: { face: Detection; who: number }[] = [];
  const reader = {
    inputBytes: 1000,
    width: 150,
    read: (_: unknown, face: Detection, tools: typeof clock) => {
      tools.prepare(() => undefined);
      const who = shown.find((one) => one.face.box === face.box)!.who;
      const descriptor = view(who, views++);
      vectors.push(descriptor);
      return Promise.resolve({ descriptor, sharpness: 0.5 });
    },
  } as unknown as FaceReader<FaceDescription>;
  let frame = 0;

  async function run(untilS: number, people: readonly Presence[] = []): Promise<void> {
    for (; frame / FPS < untilS; frame++) {
      const timeS = frame / FPS;
      shown = people
        .filter(({ fromS, toS }) => timeS >= fromS && timeS < toS)
        .map(({ who, lane = who % 4 }) => ({ face: faceAt(lane), who }));
      const faces = shown.map(({ face }) => face);
      const seen = { index: frame, timeS, width: WIDTH, height: HEIGHT, objects: [], faces };
      pipeline.track(seen);
      const picture = { width: WIDTH, height: HEIGHT, pixels: new Uint8ClampedArray(0) };
      await pipeline.read(picture, seen, { descriptor: reader, clock });
      records.push(...pipeline.extract());
    }
  }
  const of = <T extends OutRecord['type']>(type: T) =>
    records.filter((record): record is OutRecordOf<T> => record.type === type);
  const vectorsRow = () => account.row({ records: 0, bytes: 0, pictures: 0 }).vectors;
  const cropsRow = () => account.row({ records: 0, bytes: 0, pictures: 0 }).crops;
  return { pipeline, run, records, of, vectors, vectorsRow, cropsRow, pixels: () => pixels };
}

const visits = ({ of }: ReturnType<typeof rig>) =>
  of('visit').map(({ day, visit, daysSinceLast }) => [day, visit, daysSinceLast]);

describe('visits', () => {
  it('are told once for each passage: the first, the next, and again on the same day', async () => {
    const test = rig();
    await test.run(45, [
      { who: 1, fromS: 1, toS: 4 },
      { who: 1, fromS: 10, toS: 13 },
      { who: 1, fromS: 22, toS: 25 },
      { who: 2, fromS: 30, toS: 33 },
    ]);
    expect(visits(test)).toEqual([
      [0, 1, undefined],
      [0, 1, 0],
      [1, 2, 1],
      [1, 1, undefined],
    ]);
  });

  it('of several people at once are told apart', async () => {
    const test = rig();
    await test.run(12, [
      { who: 1, fromS: 1, toS: 6 },
      { who: 2, fromS: 1.5, toS: 6 },
      { who: 3, fromS: 2, toS: 6 },
    ]);
    expect(visits(test)).toEqual([1, 2, 3].map(() => [0, 1, undefined]));
    expect(test.of('vault').at(-1)?.strangers).toBeGreaterThan(0);
  });

  it('of a visitor forgotten at the end of the period are first visits again', async () => {
    const test = rig();
    await test.run(60, [
      { who: 1, fromS: 1, toS: 4 },
      { who: 1, fromS: 45, toS: 48 },
    ]);
    expect(visits(test)).toEqual([
      [0, 1, undefined],
      [2, 1, undefined],
    ]);
    expect(test.of('vault').at(-1)?.destroyed.expired).toBe(1);
  });

  it('still waiting are told when the source ends', async () => {
    const test = rig();
    await test.run(3, [{ who: 1, fromS: 1, toS: 9 }]);
    expect(test.of('visit')).toHaveLength(0);
    expect((await test.pipeline.finish()).filter(({ type }) => type === 'visit')).toHaveLength(1);
  });

  it('carry nothing that could tell who it was', async () => {
    const test = rig();
    await test.run(12, [{ who: 1, fromS: 1, toS: 4 }]);
    for (const record of test.records) expect(v.safeParse(OutRecord, record).success).toBe(true);
    for (const record of test.of('visit'))
      expect(Object.keys(record).sort()).toEqual(['atS', 'case', 'day', 'quality', 'type', 'visit']);
    // A vector has 1024 numbers; no record holds more than a few.
    for (const record of test.records) expect(JSON.stringify(record).length).toBeLessThan(600);
  });
});

describe('what the ledger says', () => {
  it('balances at every step, and all is destroyed at the end', async () => {
    const test = rig();
    for (let untilS = 1; untilS < 50; untilS += 0.7) {
      await test.run(untilS, [
        { who: 1, fromS: 1, toS: 6 },
        { who: 2, fromS: 2, toS: 9 },
        { who: 1, fromS: 25, toS: 30 },
      ]);
      const { made, destroyed, held } = test.vectorsRow();
      const alive = test.vectors.filter((vector) => vector.some((x) => x !== 0)).length;
      expect(made).toBe(destroyed + held + alive);
      expect(test.cropsRow().made).toBe(test.cropsRow().destroyed);
      expect(test.pixels()).toBe(0);
    }
    await test.pipeline.close();
    const { made, destroyed, held } = test.vectorsRow();
    expect(held).toBe(0);
    expect(destroyed).toBe(made);
    expect(test.vectors.every((vector) => vector.every((x) => x === 0))).toBe(true);
  });
});

describe('the desk', () => {
  const desk = ({ of }: ReturnType<typeof rig>) => of('desk').at(-1);
  const people = [
    { who: 1, fromS: 1, toS: 4 },
    { who: 1, fromS: 22, toS: 25 },
    { who: 1, fromS: 30, toS: 36 },
    { who: 2, fromS: 60, toS: 66 },
  ];
  async function asked(what: 'show' | 'delete' | 'correct', day?: number) {
    const test = rig({ retentionDays: 5 });
    await test.run(29, people);
    await test.pipeline.command({ case: 'repeat-visits', do: what, ...(day !== undefined && { day }) });
    await test.run(45, people);
    return test;
  }

  it('shows what is held, and counts no visit', async () => {
    const test = await asked('show');
    expect(desk(test)).toMatchObject({
      do: 'show',
      outcome: 'found',
      held: { today: 1, days: [0, 1], until: 5 },
    });
    expect(visits(test)).toHaveLength(2);
  });

  it('strikes a wrong day', async () => {
    expect(desk(await asked('correct', 0))?.held?.days).toEqual([1]);
  });

  it('forgets the requester; the same face is unknown from then on', async () => {
    const test = await asked('delete');
    expect(desk(test)).toMatchObject({ outcome: 'found', destroyed: 1 });
    expect(test.of('vault').at(-1)).toMatchObject({ keys: [], destroyed: { onRequest: 1 } });
    expect(test.vectorsRow().held).toBe(0);
    await test.run(55, [{ who: 1, fromS: 46, toS: 50 }]);
    expect(visits(test).at(-1)).toEqual([2, 1, undefined]);
  });

  it('finds nothing about a stranger', async () => {
    const test = await asked('show');
    await test.run(59, people);
    await test.pipeline.command({ case: 'repeat-visits', do: 'show' });
    await test.run(75, people);
    expect(desk(test)?.outcome).toBe('unknown');
  });

  it.each([
    { says: 'nobody is there', present: [], outcome: 'nobody' },
    {
      says: 'two are there',
      present: [
        { who: 1, fromS: 5, toS: 30 },
        { who: 2, fromS: 5, toS: 30 },
      ],
      outcome: 'several',
    },
  ])('looks nothing up when $says', async ({ present, outcome }) => {
    const test = rig();
    await test.run(5);
    await test.pipeline.command({ case: 'repeat-visits', do: 'delete' });
    await test.run(25, present);
    expect(desk(test)).toMatchObject({ outcome });
    expect(desk(test)?.destroyed).toBeUndefined();
  });

  it('destroys everything at once', async () => {
    const test = rig();
    await test.run(8, people);
    const answers = await test.pipeline.command({ case: 'repeat-visits', do: 'delete-all' });
    expect(answers).toContainEqual(expect.objectContaining({ type: 'desk', outcome: 'done', destroyed: 1 }));
    expect(test.vectorsRow().held).toBe(0);
  });
});

describe('trouble with the vault', () => {
  it.each(['vault-unavailable', 'vault-newer', 'vault-busy'] as const)(
    'is told, and the camera goes on in memory: %s',
    async (code) => {
      const openStore: OpenStore = (keep) =>
        keep === 'device' ? Promise.reject(new Fault(code, code)) : Promise.resolve(new MemoryStore());
      const test = rig({ keep: 'device', days: { kind: 'calendar' } }, openStore);
      await test.run(10, [{ who: 1, fromS: 1, toS: 4 }]);
      expect(test.of('fault').map((fault) => [fault.code, fault.severity])).toEqual([[code, 'warning']]);
      expect(test.of('vault').at(-1)?.keep).toBe('session');
      expect(visits(test)).toHaveLength(1);
    },
  );

  it('a full one keeps nothing of the new visitor, and loses no other', async () => {
    const store = new MemoryStore();
    const put = store.put.bind(store);
    const test = rig({}, () => Promise.resolve(store));
    await test.run(8, [{ who: 1, fromS: 1, toS: 4 }]);
    store.put = () => Promise.reject(new Fault('vault-full', 'full'));
    await test.run(18, [{ who: 2, fromS: 10, toS: 13 }]);
    store.put = put;
    await test.run(30, [{ who: 1, fromS: 22, toS: 25 }]);
    expect(test.of('fault').map(({ code }) => code)).toEqual(['vault-full']);
    expect(visits(test)).toEqual([
      [0, 1, undefined],
      [1, 2, 1],
    ]);
    const { made, destroyed, held } = test.vectorsRow();
    expect(held).toBe(1);
    expect(made).toBe(destroyed + 1);
  });

  it('a lost one is told, and what it held does not come back', async () => {
    let lose = () => {};
    const test = rig({}, (_, lost) => {
      lose = lost;
      return Promise.resolve(new MemoryStore());
    });
    await test.run(8, [{ who: 1, fromS: 1, toS: 4 }]);
    lose();
    await test.run(20, [{ who: 1, fromS: 10, toS: 13 }]);
    expect(test.of('fault').map(({ code }) => code)).toEqual(['vault-lost']);
    expect(visits(test).at(-1)).toEqual([0, 1, undefined]);
  });
});

describe('a configuration', () => {
  it.each([
    { says: 'keeps simulated days on the device', config: { keep: 'device' as const } },
    {
      says: 'has days out of order',
      config: { days: { kind: 'clip' as const, startsS: [0, 8, 5], lengthS: 20 } },
    },
    {
      says: 'has days after the end',
      config: { days: { kind: 'clip' as const, startsS: [0, 30], lengthS: 20 } },
    },
  ])('is refused when it $says', ({ config }) => {
    expect(() => rig(config)).toThrowError(Fault);
  });

  it('with another kind of days begins with an empty vault', async () => {
    const test = rig();
    await test.run(8, [{ who: 1, fromS: 1, toS: 4 }]);
    test.pipeline.configure({ ...CONFIG, days: { kind: 'lapse', dayS: 5 } });
    await test.run(18, [{ who: 1, fromS: 10, toS: 13 }]);
    expect(visits(test).at(-1)?.slice(1)).toEqual([1, undefined]);
    expect(test.vectorsRow().held).toBe(1);
  });
});
