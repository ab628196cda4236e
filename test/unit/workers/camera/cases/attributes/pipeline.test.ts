import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../../../../lib/onnx/read.ts';
import { CaseAccount } from '../../../../../../workers/camera/ledger/case-account.ts';
import { AGE_BANDS, OutRecord, type AttributesConfig } from '../../../../../../contract/index.ts';
import { AttributeRecord } from '../../../../../../contract/cases/attributes.ts';
import type { FaceAge, FaceReader, FaceSex } from '../../../../../../workers/camera/inference/faces.ts';
import { AttributesPipeline } from '../../../../../../workers/camera/cases/attributes/pipeline.ts';
import { MIDDLE_AGE } from '../../../../../../workers/camera/cases/attributes/vision/ages.ts';
import { CALIBRATION } from '../../../../../../workers/camera/cases/attributes/vision/face-calibration.ts';
import type { Seen } from '../../../../../../workers/camera/cases/pipeline.ts';
import type { Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { clock } from '../../inference/fakes.ts';
import { random } from '../../vision/rng.ts';
import { LEFT_HALF } from '../areas.ts';

const WIDTH = 960;
const HEIGHT = 540;
const FPS = 15;
const picture = { width: WIDTH, height: HEIGHT, pixels: new Uint8ClampedArray(WIDTH * HEIGHT * 4) };

/** A frontal face of some size; `turned` moves the nose tip aside, as a profile does. */
function face(x: number, y: number, size: number, { turned = 0, score = 0.9 } = {}): Detection {
  const half = size / 2;
  return {
    box: [x - half, y - half, x + half, y + half],
    score,
    label: 'face',
    keypoints: [
      [x - size / 5, y - size / 10],
      [x + size / 5, y - size / 10],
      [x + turned * size, y + size / 10],
    ],
  };
}

interface Person {
  readonly fromS: number;
  readonly toS: number;
  readonly at: (timeS: number) => Detection | undefined;
  /** What the network makes of this face. */
  readonly age: number;
  readonly male: number;
}

/** Comes towards the camera, from 50 to 130 pixels, for three seconds. */
const visitor = (fromS: number, x: number, age: number, male: number, more: Partial<Person> = {}): Person => {
  const toS = fromS + 3;
  const at = (t: number) => face(x + 20 * (t - fromS), 200, 50 + (80 * (t - fromS)) / 3);
  return { fromS, toS, at, age, male, ...more };
};

type Given = FaceAge & FaceSex;

/** Reads what the person nearest to the face is said to be, and counts how often. */
class FakeReader implements FaceReader<Given> {
  readonly model = 'fake';
  readonly backend = 'wasm';
  readonly threads = 1;
  readonly width = 224;
  readonly height = 224;
  readonly inputBytes = 1000;
  reads = 0;
  people: readonly { face: Detection; person: Person }[] = [];
  fails = false;

  async read(
    _picture: unknown,
    { box }: Parameters<FaceReader<Given>['read']>[1],
    tools: typeof clock,
  ): Promise<Given> {
    tools.prepare(() => undefined);
    this.reads++;
    if (this.fails) throw new Error('gone');
    const { person } = this.people.find((each) => each.face.box === box)!;
    return { years: person.age, male: person.male, sharpness: 0.01 };
  }
  async wipe(): Promise<void> {}
  async release(): Promise<void> {}
}

const CONFIG: AttributesConfig = { case: 'attributes', areas: [] };

interface Session {
  records: OutRecord[];
  readsByFrame: number[];
  account: CaseAccount;
  /** Reads ages. */
  reader: FakeReader;
  sexReader: FakeReader;
  pipeline: AttributesPipeline;
}

/** Runs people past a camera; the order of the detections is shuffled with `seed`, so that tracks get other ids. */
async function run(
  people: readonly Person[],
  { seconds = 10, seed = 0, config = CONFIG, fps = FPS } = {},
): Promise<Session> {
  const account = new CaseAccount('attributes');
  const pipeline = new AttributesPipeline(config, account);
  const reader = new FakeReader();
  const sexReader = new FakeReader();
  const next = random(seed);
  const records: OutRecord[] = [];
  const readsByFrame: number[] = [];
  for (let i = 0; i < seconds * fps; i++) {
    const timeS = i / fps;
    reader.people = people.flatMap((person) => {
      const found = timeS >= person.fromS && timeS < person.toS ? person.at(timeS) : undefined;
      return found ? [{ face: found, person }] : [];
    });
    sexReader.people = reader.people;
    const faces = reader.people.map((each) => each.face);
    if (seed > 0) faces.sort(() => next() - 0.5);
    const seen: Seen = { index: i, timeS, width: WIDTH, height: HEIGHT, objects: [], faces };
    const before = reader.reads;
    pipeline.track(seen);
    await pipeline.read(picture, seen, { age: reader, sex: sexReader, clock });
    records.push(...pipeline.extract());
    readsByFrame.push(reader.reads - before);
  }
  records.push(...pipeline.finish());
  for (const record of records) expect(v.is(OutRecord, record)).toBe(true);
  return { records, readsByFrame, account, reader, sexReader, pipeline };
}

const words = (records: readonly OutRecord[]) =>
  records.flatMap((record) => (record.type === 'attribute' ? [`${record.age} ${record.sex}`] : []));

describe('a passage', () => {
  it('is told once, when the face has gone, with age band, sex, quality and time', async () => {
    const { records } = await run([visitor(1, 400, 34, 0.999)]);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ type: 'attribute', case: 'attributes', sex: 'male' });
    const { age, quality, atS } = records[0] as AttributeRecord;
    expect(AGE_BANDS).toContain(age);
    expect(quality).toBeGreaterThan(0.5);
    expect(atS).toBeCloseTo(3.9, 1);
  });

  it.each([
    { says: 'looks away for a second', awayS: 1 },
    { says: 'looks away for two seconds and a half', awayS: 2.5 },
  ])('is one passage when the face $says', async ({ awayS }) => {
    const person = visitor(0, 300, 40, 0.001, {
      toS: 3 + awayS + 2,
      at: (t) => (t > 2 && t < 2 + awayS ? undefined : face(300, 200, 80)),
    });
    expect((await run([person])).records).toHaveLength(1);
  });

  it('is another one when somebody comes much later', async () => {
    const { records } = await run([visitor(0, 300, 30, 0.999), visitor(7, 300, 30, 0.001)], { seconds: 12 });
    expect(words(records).map((each) => each.split(' ')[1])).toEqual(['male', 'female']);
  });

  it('is each one’s own when several come at once', async () => {
    const { records } = await run([
      visitor(0, 150, 64, 0.001),
      visitor(0.2, 400, 30, 0.999),
      visitor(0.4, 700, 30, 0.001),
    ]);
    expect(
      words(records)
        .map((each) => each.split(' ')[1])
        .sort(),
    ).toEqual(['female', 'female', 'male']);
  });

  it.each([
    { says: 'too small', at: () => face(300, 200, 25) },
    { says: 'always in profile', at: () => face(300, 200, 90, { turned: 0.5 }) },
    { says: 'half outside', at: () => face(10, 200, 90) },
  ])('says unknown of a face that is $says, and is not read', async ({ at }) => {
    const { records, reader } = await run([visitor(0, 300, 30, 0.999, { at })]);
    expect(words(records)).toEqual(['unknown unknown']);
    expect(reader.reads).toBe(0);
    expect(records[0]).toMatchObject({ quality: 0 });
  });

  it('says unknown of the sex when the network is of two minds', async () => {
    // The calibrated middle lies where odds are even after its own correction.
    const { male } = CALIBRATION;
    const even = -(male.offset + ((male.perDecade ?? 0) * (30 - MIDDLE_AGE)) / 10) / male.slope;
    const { records } = await run([visitor(0, 300, 30, 1 / (1 + Math.exp(-even)))]);
    expect(words(records)[0]).toMatch(/unknown$/);
  });

  it.each([4, 9, 14, 17])('says no sex of somebody of %i, and does not read it', async (age) => {
    const { records, sexReader } = await run([visitor(0, 300, age, 0.999)]);
    expect(words(records)).toEqual([`${age < 10 ? '0-9' : '10-19'} unknown`]);
    expect(sexReader.reads).toBe(0);
  });

  it('leaves no trace when it was but a glimpse of a face too small to be read', async () => {
    const { records } = await run([visitor(1, 300, 30, 0.999, { toS: 1.7, at: () => face(300, 200, 25) })]);
    expect(records).toEqual([]);
  });

  it('is told, however short, when it was seen well', async () => {
    const { records } = await run([visitor(1, 300, 30, 0.999, { toS: 1.7, at: () => face(300, 200, 120) })]);
    expect(records).toHaveLength(1);
  });

  it('leaves no trace when it was but a flicker', async () => {
    const { records } = await run([visitor(1, 300, 30, 0.999, { toS: 1.1 })]);
    expect(records).toEqual([]);
  });
});

describe('reading', () => {
  it('takes one face a frame at most, and a bounded number a passage', async () => {
    const crowd = Array.from({ length: 8 }, (_, i) => visitor(0, 80 + i * 110, 30, 0.999));
    const { readsByFrame, reader } = await run(crowd);
    expect(Math.max(...readsByFrame)).toBe(1);
    expect(reader.reads).toBeLessThanOrEqual(8 * 12);
  });

  it('looks at everybody in a crowd before it looks twice', async () => {
    const crowd = Array.from({ length: 6 }, (_, i) => visitor(0, 80 + i * 150, 30, 0.999));
    const { records } = await run(crowd);
    expect(words(records).filter((each) => each.includes('unknown'))).toEqual([]);
    expect(records).toHaveLength(6);
  });

  it('stops when nothing better comes', async () => {
    const still = visitor(0, 300, 30, 0.999, { toS: 9, at: () => face(300, 200, 100) });
    expect((await run([still])).reader.reads).toBeLessThanOrEqual(4);
  });

  it('reads the sex of the best few views only', async () => {
    const { reader, sexReader } = await run([visitor(0, 300, 30, 0.999)]);
    expect(sexReader.reads).toBeGreaterThan(0);
    expect(sexReader.reads).toBeLessThanOrEqual(4);
    expect(sexReader.reads).toBeLessThan(reader.reads / 2 + 1);
  });

  it('accounts for every cut-out', async () => {
    const { reader, sexReader, account } = await run([visitor(0, 300, 30, 0.999)]);
    expect(reader.reads).toBeGreaterThan(2);
    const { crops, vectors } = account.row({ records: 0, bytes: 0, pictures: 0 });
    const reads = reader.reads + sexReader.reads;
    expect(crops).toEqual({ made: reads, destroyed: reads });
    expect(vectors).toEqual({ made: 0, destroyed: 0, held: 0 });
  });

  it('accounts for the cut-out of a reading that failed, too', async () => {
    const account = new CaseAccount('attributes');
    const pipeline = new AttributesPipeline(CONFIG, account);
    const reader = new FakeReader();
    reader.fails = true;
    const seenAt = (i: number): Seen => ({
      ...{ index: i, timeS: i / FPS, width: WIDTH, height: HEIGHT },
      ...{ objects: [], faces: [face(300, 200, 80)] },
    });
    for (let i = 0; i < 5; i++) pipeline.track(seenAt(i));
    await expect(pipeline.read(picture, seenAt(4), { age: reader, clock })).rejects.toThrow('gone');
    expect(account.row({ records: 0, bytes: 0, pictures: 0 }).crops).toEqual({ made: 1, destroyed: 1 });
  });
});

describe('the camera’s side', () => {
  it('looks at faces in an area only, where there is one', async () => {
    const config = { ...CONFIG, areas: [LEFT_HALF] };
    const { records } = await run([visitor(0, 200, 30, 0.999), visitor(0, 700, 30, 0.001)], { config });
    expect(words(records).map((each) => each.split(' ')[1])).toEqual(['male']);
  });

  it('refuses an area without area', () => {
    const config = {
      ...CONFIG,
      areas: [{ ...LEFT_HALF, points: LEFT_HALF.points.map(() => [0.5, 0.5] as [number, number]) }],
    };
    expect(() => new AttributesPipeline(config, new CaseAccount('attributes'))).toThrow(
      expect.objectContaining({ code: 'zone-too-small', subject: 'left' }),
    );
  });

  it('marks faces it follows and forgets them on reset', async () => {
    const pipeline = new AttributesPipeline(CONFIG, new CaseAccount('attributes'));
    const faces = [face(300, 200, 80)];
    for (let i = 0; i < 5; i++)
      pipeline.track({ index: i, timeS: i / FPS, width: WIDTH, height: HEIGHT, objects: [], faces });
    expect([pipeline.following, pipeline.marks().length]).toEqual([1, 1]);
    pipeline.reset();
    expect([pipeline.following, pipeline.marks().length, pipeline.finish()]).toEqual([0, 0, []]);
  });

  it('tells of whoever was there when the picture’s size changes', () => {
    const pipeline = new AttributesPipeline(CONFIG, new CaseAccount('attributes'));
    const faces = [face(300, 200, 80)];
    for (let i = 0; i < 20; i++)
      pipeline.track({ index: i, timeS: i / FPS, width: WIDTH, height: HEIGHT, objects: [], faces });
    pipeline.track({ index: 20, timeS: 20 / FPS, width: 640, height: 360, objects: [], faces: [] });
    expect(words(pipeline.extract())).toEqual(['unknown unknown']);
  });

  it('asks for a face detector and the networks for age and sex, and for no descriptor', () => {
    const { needs } = new AttributesPipeline(CONFIG, new CaseAccount('attributes'));
    expect(needs).toEqual(['faces', 'age', 'sex']);
  });

  const fileOf = (id: string) => join(import.meta.dirname, `../../../../../../public/models/${id}.onnx`);
  it.skipIf(!existsSync(fileOf('age')) || !existsSync(fileOf('sex'))).each([
    { id: 'age', output: 'age' },
    { id: 'sex', output: 'gender' },
  ])('has a network with no output but $output', ({ id, output }) => {
    const { outputs } = readModel(new Uint8Array(readFileSync(fileOf(id)))).graph;
    expect(outputs.map(({ name, dims }) => [name, dims])).toEqual([[output, [1, 1]]]);
  });
});

describe('no id survives a session', () => {
  /** A random procession, the same for each seed. */
  function procession(seed: number): Person[] {
    const next = random(seed);
    return Array.from({ length: 12 }, (_, i) => {
      const fromS = 1.7 * i + next();
      const x = 100 + 700 * next();
      return visitor(fromS, x, 5 + Math.floor(70 * next()), next() < 0.5 ? 0.0005 : 0.9995);
    });
  }

  it.each([1, 2, 3, 4, 5, 6])(
    'two sessions whose tracks have other ids give the same records (%s)',
    async (seed) => {
      const people = procession(seed);
      // Clutter beforehand uses ids up; shuffled detections give them to other faces.
      const clutter = visitor(0, 880, 30, 0.5, { toS: 0.1, at: () => face(880, 500, 40) });
      const plain = await run(people, { seconds: 28 });
      const other = await run([clutter, ...people], { seconds: 28, seed });
      const sorted = (records: readonly OutRecord[]) =>
        records.map((record) => JSON.stringify(record)).sort();
      expect(plain.records.length).toBeGreaterThan(8);
      expect(sorted(other.records)).toEqual(sorted(plain.records));
    },
  );

  it('the schema has words from closed lists and two coarse numbers, and takes nothing else', () => {
    expect(Object.keys(AttributeRecord.entries).sort()).toEqual([
      'age',
      'atS',
      'case',
      'quality',
      'relaxed',
      'sex',
      'type',
    ]);
    const record = {
      type: 'attribute',
      case: 'attributes',
      age: '30-39',
      sex: 'male',
      quality: 0.7,
      atS: 3.2,
    };
    expect(v.is(AttributeRecord, record)).toBe(true);
    for (const extra of [
      { id: 3 },
      { track: 1 },
      { person: 'a' },
      { age: 34 },
      { quality: 0.73 },
      { atS: 3.21 },
    ])
      expect(v.is(AttributeRecord, { ...record, ...extra })).toBe(false);
  });
});
