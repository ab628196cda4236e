import { describe, expect, it } from 'vitest';
import { CaseAccount } from '../../../../../../workers/camera/ledger/case-account.ts';
import { OutRecord, type StreetscapeConfig } from '../../../../../../contract/index.ts';
import { CameraDevice } from '../../../../../../workers/camera/runtime/device.ts';
import type { Picture } from '../../../../../../workers/camera/frames/frame.ts';
import { Gate } from '../../../../../../workers/camera/isolation/gate.ts';
import type { Seen } from '../../../../../../workers/camera/cases/pipeline.ts';
import type { Encode } from '../../../../../../workers/camera/cases/streetscape/street-pictures.ts';
import { StreetscapePipeline } from '../../../../../../workers/camera/cases/streetscape/pipeline.ts';
import type { Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import type { Detector, StageClock } from '../../../../../../workers/camera/inference/engine.ts';
import type { SignReader } from '../../../../../../workers/camera/inference/signs.ts';
import { fakeDetector, fakeSignReader, fakeSource, recordsOf, rig } from '../../runtime/fakes.ts';
import * as v from 'valibot';

const SIZE = { width: 160, height: 90 };
const CONFIG: StreetscapeConfig = { case: 'streetscape', sensorWidth: 160, everyS: 2 };

function plain(light = 140): Picture {
  const pixels = new Uint8ClampedArray(SIZE.width * SIZE.height * 4).fill(light);
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
  return { ...SIZE, pixels };
}

const person = (x: number, score = 0.7): Detection => ({ box: [x, 30, x + 10, 60], score, label: 'person' });
const car = (x: number, width: number): Detection => ({
  box: [x - width / 2, 40, x + width / 2, 40 + width * 0.8],
  score: 0.7,
  label: 'car',
});

const clock = { prepare: <T>(work: () => T) => work(), infer: <T>(work: () => Promise<T>) => work() };

/** A detector that finds the same in every picture, as the second look of a picture that is due. */
const second = (...found: Detection[]): Detector => ({
  ...fakeDetector(),
  detect: (_, booked) => {
    booked.prepare(() => {});
    return Promise.resolve(found);
  },
});

/** A run of frames, ten a second if nothing else is said. */
async function run(
  objectsAt: (timeS: number) => Detection[],
  seconds: number,
  picture = plain(),
  { fps = 10, objects = second() as Detector | null } = {},
) {
  const encoded: Picture[] = [];
  const encode: Encode = (raster) => {
    encoded.push({ ...raster, pixels: raster.pixels.slice() });
    return Promise.resolve({ mime: 'image/png', base64: 'QUJD' });
  };
  const account = new CaseAccount('streetscape');
  const pipeline = new StreetscapePipeline(CONFIG, account, encode);
  const records: OutRecord[] = [];
  for (let index = 0; index <= seconds * fps; index++) {
    const seen: Seen = { index, timeS: index / fps, ...SIZE, objects: objectsAt(index / fps), faces: [] };
    pipeline.track(seen);
    await pipeline.read(picture, seen, { objects: objects ?? undefined, clock });
    await new Promise((resolve) => setTimeout(resolve, 0));
    records.push(...pipeline.extract(seen));
  }
  return { pipeline, account, encoded, records };
}

describe('case 5', () => {
  it('releases a picture without people every few seconds, and keeps none', async () => {
    const { records, encoded, account } = await run((t) => [person(40 + t)], 5);
    const pictures = recordsOf(records, 'picture');
    expect(pictures.map(({ icons }) => icons)).toEqual([1, 1, 1]);
    expect(pictures[1]!.atS - pictures[0]!.atS).toBeCloseTo(2, 1);
    const gate = new Gate(() => {});
    for (const record of records) {
      expect(v.safeParse(OutRecord, record).success).toBe(true);
      expect(() => gate.send(record)).not.toThrow();
    }
    expect(gate.tally.pictures).toBe(3);
    // A copy is not the sealed picture.
    expect(() => gate.send({ ...pictures[0]! })).toThrow(/iconised/);
    expect(encoded[0]).toMatchObject(SIZE);
    const { crops } = account.row({ records: 0, bytes: 0, pictures: 0 });
    // Each time the picture that left, a turned copy, and the detector's input for each of five looks.
    expect(crops).toEqual({ made: 21, destroyed: 21 });
  });

  it.each([
    { says: 'in the dark', objects: () => [], light: 20, reason: 'dark' },
    {
      says: 'while a near person is faintly detected',
      objects: () => [person(40, 0.2)],
      light: 140,
      reason: 'faint',
    },
  ])('withholds pictures $says, and says so', async ({ objects, light, reason }) => {
    const { records, encoded } = await run(objects, 1, plain(light));
    expect(encoded).toEqual([]);
    expect(recordsOf(records, 'withheld').map((record) => record.reason)).toEqual([reason]);
  });

  it('withholds a picture in which a turned view shows somebody, or that nobody can look at again', async () => {
    const seen = await run(() => [], 1, plain(), { objects: second(person(40, 0.3)) });
    expect(seen.encoded).toEqual([]);
    expect(recordsOf(seen.records, 'withheld').map(({ reason }) => reason)).toEqual(['witness']);
    const faint = await run(() => [], 1, plain(), { objects: second(person(40, 0.15)) });
    expect(faint.encoded).toHaveLength(1);
    const absent = await run(() => [], 1, plain(), { objects: null });
    expect(absent.encoded).toEqual([]);
  });

  it('withholds what lies between the objections of a witness that objects often, and not after a single one', async () => {
    // Three views in five parts, pictures due every two seconds: numbers of the pictures at which a person is seen.
    const at = (...looks: number[]) => {
      let views = 0;
      let look = -1;
      return {
        ...second(),
        detect: (_: unknown, booked: StageClock) => {
          booked.prepare(() => {});
          if (views === 0) look++;
          const found = looks.includes(look) ? [person(40, 0.3)] : [];
          views = found.length > 0 ? 0 : (views + 1) % 5;
          return Promise.resolve(found);
        },
      } as Detector;
    };
    const often = await run(() => [], 11, plain(), { objects: at(0, 1, 2) });
    expect(recordsOf(often.records, 'withheld')).toHaveLength(5);
    const rarely = await run(() => [], 11, plain(), { objects: at(0, 2) });
    expect(recordsOf(rarely.records, 'withheld')).toHaveLength(2);
    expect(rarely.encoded.length).toBeGreaterThan(2);
  });

  it('releases pictures while a near person is lost, with the predicted place covered', async () => {
    const { pipeline, encoded } = await run((t) => (t < 0.6 ? [person(40)] : []), 1);
    expect(encoded).toHaveLength(1);
    // Around where he was, by what he may have walked in the .3 s since: .3 of his height on each side.
    const [x0, x1] = [40 - 0.3 * 30, 50 + 0.3 * 30];
    expect(pipeline.released!.covers.some((box) => box[0] <= x0 && box[2] >= x1)).toBe(true);
  });

  it('makes no picture until frames have come for as long as a hold lasts', async () => {
    const { records } = await run(() => [], 0.7);
    expect(recordsOf(records, 'picture')).toEqual([]);
    expect(recordsOf(records, 'withheld')).toEqual([]);
  });

  it('withholds pictures where frames are so far apart that nothing can be held from one to the next', async () => {
    const { records } = await run(() => [], 12, plain(), { fps: 1 });
    expect(recordsOf(records, 'picture')).toEqual([]);
    expect(new Set(recordsOf(records, 'withheld').map(({ reason }) => reason))).toEqual(new Set(['gap']));
  });

  it('tells the state of the road with the vehicles in view, when it changes and now and then', async () => {
    const { records } = await run((t) => (t < 3 ? [] : [car(80, 40)]), 10);
    const roads = recordsOf(records, 'road');
    expect(roads[0]).toMatchObject({ state: 'free', vehicles: {}, atS: 0 });
    expect(roads.map(({ state }) => state)).toEqual(['free', 'jammed', 'jammed']);
    expect(roads[1]!.vehicles).toEqual({ car: 1 });
  });

  it('tells a signal once, after it was passed, and only if a lamp was lit', async () => {
    const signal = (x: number): Detection => ({
      box: [x, 10, x + 18, 16],
      score: 0.6,
      label: 'traffic light',
    });
    const lit = plain();
    for (let y = 10; y < 16; y++) {
      for (let x = 20; x < 38; x++) {
        const red = Math.hypot(x - 34.5, y - 12.5) < 2.2;
        lit.pixels.set(red ? [255, 40, 30] : [40, 42, 45], (y * SIZE.width + x) * 4);
      }
    }
    const watch = (picture: Picture) => run((t) => (t < 2 ? [signal(20)] : []), 5, picture);
    const told = recordsOf((await watch(lit)).records, 'sign');
    expect(told).toEqual([{ type: 'sign', case: 'streetscape', kind: 'signal', lamp: 'red', atS: 1.9 }]);
    expect(recordsOf((await watch(plain())).records, 'sign')).toEqual([]);
  });

  it('reads signs with the networks it is given, and tells one that was passed', async () => {
    const pipeline = new StreetscapePipeline(CONFIG, new CaseAccount('streetscape'), () =>
      Promise.resolve({ mime: 'image/png', base64: 'QUJD' }),
    );
    const records: OutRecord[] = [];
    for (let index = 0; index <= 50; index++) {
      const timeS = index / 10;
      const [x, side] = [100 + 15 * timeS, 10 + 5 * timeS];
      const signs: SignReader = {
        ...fakeSignReader(),
        kinds: ['stop'],
        read: () =>
          Promise.resolve(
            timeS < 2
              ? [
                  {
                    box: [x, 20, x + side, 20 + side],
                    score: 0.8,
                    group: 'stop',
                    probabilities: Float32Array.of(0.95, 0.05),
                  },
                ]
              : [],
          ),
      };
      const seen: Seen = { index, timeS, ...SIZE, objects: [], faces: [] };
      pipeline.track(seen);
      await pipeline.read(plain(), seen, { signs, clock });
      records.push(...pipeline.extract(seen));
    }
    expect(recordsOf(records, 'sign')).toEqual([
      { type: 'sign', case: 'streetscape', kind: 'stop', atS: 1.9 },
    ]);
  });

  it('forgets everything when it is reset, a picture on its way too', async () => {
    const { pipeline } = await run((t) => [person(40 + t), car(80, 40)], 3);
    pipeline.reset();
    expect(pipeline.following).toBe(0);
    expect(pipeline.marks()).toEqual([]);
    expect(pipeline.released).toBeUndefined();
    expect(pipeline.finish()).toEqual([]);
    await pipeline.close();
  });

  it('has the camera lower its sensor, for every case on it', async () => {
    const { source } = fakeSource(3);
    const test = rig({
      openSource: () => Promise.resolve(source),
      createPipeline: (_, account) =>
        Object.defineProperty(
          new StreetscapePipeline(CONFIG, account, () => Promise.reject(new Error('no picture is due'))),
          'sensorWidth',
          { value: 8 },
        ),
    });
    const device = new CameraDevice(test.parts);
    await device.load({ model: 'fake', backend: 'wasm', threads: 1 });
    await device.load({ role: 'signs', model: 'fake', backend: 'wasm', threads: 1 });
    await device.configure([CONFIG]);
    await device.open({ kind: 'file', file: new Blob(), pace: 'exact' });
    await device.start();
    for (let i = 0; i < 200 && recordsOf(test.out, 'status').at(-1)?.state !== 'ended'; i++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // 16 x 9 became 8 x 5: that is what masks, detector and glass got.
    expect([...test.buffers].map((buffer) => buffer.length)).toEqual([8 * 5 * 4]);
    const ledger = recordsOf(test.out, 'ledger').at(-1)!;
    expect(ledger.pixelBytes.acquired).toBe(ledger.pixelBytes.destroyed + ledger.pixelBytes.alive);
  });
});
