/**
 * A runtime that was tampered with: its results are whatever it likes. What leaves the camera are records of the contract all the
 * same, no more of them than a page admits, and the camera neither hangs nor breaks.
 */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CaseConfig, needsOf, OutRecord, type CaseId } from '../../../contract/index.ts';
import { MAX_BYTES_PER_SECOND, sizeOf } from '../../../src/camera/admit.ts';
import { createPipeline } from '../../../workers/camera/cases/index.ts';
import { createDetector, detectorAround } from '../../../workers/camera/inference/detector.ts';
import type { Outputs } from '../../../workers/camera/inference/engine.ts';
import {
  createAgeReader,
  createDescriptorReader,
  createSexReader,
  DESCRIPTOR_LENGTH,
} from '../../../workers/camera/inference/faces.ts';
import { MAX_DETECTIONS, plausible } from '../../../workers/camera/inference/plausible.ts';
import type { FrameSource } from '../../../workers/camera/frames/source.ts';
import type { Detection } from '../../../workers/camera/vision/geometry/detection.ts';
import { CameraDevice } from '../../../workers/camera/runtime/device.ts';
import { card, clock, FakeEngine } from '../workers/camera/inference/fakes.ts';
import { fakeSignReader, recordsOf, rig } from '../workers/camera/runtime/fakes.ts';
import { RUNS, SEED, TIMEOUT_MS, tries } from './runs.ts';

/** Numbers of all kinds, those that look true among them. */
const number = fc.oneof(
  fc.double(),
  fc.double({ min: 0, max: 1 }),
  fc.double({ min: -40, max: 40 }),
  fc.constantFrom(NaN, Infinity, -Infinity, 1e30, -1e30, 0, 1, 2),
);

const SIDE = 64;
const CELLS = SIDE / 4;
const CLASSES = ['person', 'car'];

/** The tensors of a CenterNet: filled with a few numbers, over and over. */
const few = fc.array(number, { minLength: 1, maxLength: 9 });
const said = fc.record({ hm: few, wh: few });
type Said = { readonly hm: readonly number[]; readonly wh: readonly number[] };

function tensorsOf({ hm, wh }: Said): Outputs {
  const filled = (channels: number, values: readonly number[]) => ({
    dims: [1, channels, CELLS, CELLS],
    data: Float32Array.from({ length: channels * CELLS * CELLS }, (_, i) => values[i % values.length]!),
  });
  return new Map([
    ['hm', filled(CLASSES.length, hm)],
    ['wh', filled(4, wh)],
  ]);
}

const detectorOf = (run: () => Outputs) =>
  createDetector(
    card({ family: 'centernet', classes: CLASSES }),
    new FakeEngine({ run, width: SIDE, height: SIDE }),
    {
      minScore: 0.1,
    },
  );

it(
  'a detector finds nothing that no picture could give, whatever its network says',
  async () => {
    const picture = { width: 640, height: 360, pixels: new Uint8ClampedArray(640 * 360 * 4) };
    await fc.assert(
      fc.asyncProperty(said, async (one) => {
        const found = await detectorOf(() => tensorsOf(one)).detect(picture, clock);
        expect(found.length).toBeLessThanOrEqual(MAX_DETECTIONS);
        for (const { box, score } of found) {
          const [x0, y0, x1, y1] = box;
          expect(score >= 0.1 && score <= 1).toBe(true);
          expect(x0 <= x1 && y0 <= y1 && x0 >= -1280 && y0 >= -1280 && x1 <= 1920 && y1 <= 1920).toBe(true);
        }
      }),
      tries(),
    );
  },
  TIMEOUT_MS,
);

const WIDTH = 320;
const HEIGHT = 180;
const FPS = 10;
/** Pictures of a run: six seconds. */
const PICTURES = 60;

/** Grey pictures, as fast as they are taken. */
function grey(): FrameSource {
  let index = 0;
  return {
    ...{ kind: 'sample', live: false, width: WIDTH, height: HEIGHT, fps: FPS, durationS: PICTURES / FPS },
    next: () =>
      Promise.resolve(
        index >= PICTURES
          ? null
          : {
              ...{ width: WIDTH, height: HEIGHT, bytes: (WIDTH * HEIGHT * 3) / 2 },
              timestampUs: (index++ * 1e6) / FPS,
              copyTo: (target) => Promise.resolve(void target.fill(119)),
              close: () => {},
            },
      ),
    close: () => Promise.resolve(),
  };
}

const point = fc.tuple(number, number);
/** What a decoder could be made to say. */
const hostile: fc.Arbitrary<Detection> = fc.record({
  box: fc.oneof(
    fc.tuple(number, number, number, number),
    fc
      .tuple(fc.double({ min: 0, max: 300, noNaN: true }), fc.double({ min: 0, max: 160, noNaN: true }))
      .map(([x, y]) => [x, y, x + 60, y + 90] as const),
  ),
  score: number,
  label: fc.constantFrom('person', 'car', 'face', 'stop sign', '', 'constructor'),
  keypoints: fc.array(point, { minLength: 5, maxLength: 6 }),
});

/** Something true that passes by, so that there is something to tell. */
const passerBy = (index: number): Detection[] => {
  const x = index * 5;
  const face = [0.3, 0.7, 0.5, 0.35, 0.65].map(
    (share, i) => [x + 60 * share, 40 + (i < 2 ? 20 : 35)] as const,
  );
  return [
    { box: [x, 30, x + 60, 170], score: 0.9, label: 'person' },
    { box: [x, 30, x + 60, 90], score: 0.9, label: 'face', keypoints: face },
  ];
};

const square = (id: string) => ({
  id,
  points: [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.9, 0.9],
    [0.1, 0.9],
  ],
});
const CONFIGS: Record<CaseId, object> = {
  attributes: { areas: [] },
  trajectories: { zones: [{ ...square('z'), role: 'till' }], everyS: 1, k: 1 },
  'repeat-visits': {
    retentionDays: 1,
    days: { kind: 'lapse', dayS: 60 },
    keep: 'session',
    mistakenShare: 0.01,
  },
  counting: { lines: [{ id: 'l', a: [0.5, 0], b: [0.5, 1] }], zones: [square('z')] },
  streetscape: { sensorWidth: 160, everyS: 1 },
  crowding: { everyS: 1 },
};

/** A network that says one thing after the other, whatever it is given. */
const network = (name: string, count: number, say: () => number) => {
  const run = (): Outputs =>
    new Map([[name, { dims: [1, count], data: Float32Array.from({ length: count }, say) }]]);
  return new FakeEngine({ run, width: 64, height: 64 });
};

const ended = (out: OutRecord[]) =>
  ['ended', 'stopped', 'wiped'].includes(recordsOf(out, 'status').at(-1)?.state ?? '');

/** One case over a whole film, with networks that say the given, over and over. */
async function run(id: CaseId, given: readonly (readonly Detection[])[], spoken: readonly number[]) {
  let turn = 0;
  let word = 0;
  const say = () => spoken[word++ % spoken.length]!;
  const input = { fit: 'letterbox', align: 'centre', pad: 0 } as const;
  const info = { model: 'fake', backend: 'wasm', threads: 1, width: WIDTH, height: HEIGHT } as const;
  const detector = detectorAround({ ...info, labels: [] }, input, {
    find: () => {
      const index = turn++;
      return Promise.resolve(plausible([...passerBy(index), ...given[index % given.length]!], info));
    },
    wipe: () => Promise.resolve(),
    release: () => Promise.resolve(),
  });
  const test = rig({
    openSource: () => Promise.resolve(grey()),
    loadDetector: () => Promise.resolve({ detector }),
    loadAgeReader: () =>
      Promise.resolve({ reader: createAgeReader(card({ family: 'tiny-xception' }), network('age', 1, say)) }),
    loadSexReader: () =>
      Promise.resolve({ reader: createSexReader(card({ family: 'faceres' }), network('gender', 1, say)) }),
    loadDescriptorReader: () => {
      const engine = network('desc', DESCRIPTOR_LENGTH, say);
      return Promise.resolve({ reader: createDescriptorReader(card({ family: 'dlib-resnet' }), engine) });
    },
    loadSignReader: () => {
      const readKind = () => Promise.resolve(Float32Array.from([0, 0, 0], say));
      return Promise.resolve({ reader: { ...fakeSignReader(), kinds: ['stop', 'limit-40'], readKind } });
    },
    createPipeline: (wanted, account) =>
      createPipeline(wanted, {
        account,
        encode: () => Promise.resolve({ mime: 'image/png', base64: 'QUJD' }),
        loadPicture: () => Promise.reject(new Error('no picture')),
      }),
    disclosure: { relaxed: true },
  });
  const device = new CameraDevice(test.parts);
  await device.configure([v.parse(CaseConfig, { case: id, ...CONFIGS[id] })]);
  await device.open({ kind: 'file', file: new Blob(), pace: 'exact' });
  for (const role of needsOf(id)) await device.load({ model: 'fake', backend: 'wasm', threads: 1, role });
  await device.start();
  for (let i = 0; i < 4000 && !ended(test.out); i++) await new Promise((done) => setTimeout(done, 1));
  const isOver = ended(test.out);
  await device.stop();
  return { out: test.out, isOver };
}

describe('whatever the networks say', () => {
  it.each(Object.keys(CONFIGS) as CaseId[])(
    '%s ends, and lets out records of the contract, no more than the page admits',
    async (id) => {
      let told = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(hostile, { maxLength: 40 }), { minLength: 1, maxLength: 4 }),
          few,
          async (given, spoken) => {
            const { out, isOver } = await run(id, given, spoken);
            expect(isOver).toBe(true);
            for (const record of out) expect(v.is(OutRecord, record)).toBe(true);
            const faults = recordsOf(out, 'fault').map(({ code }) => code);
            expect(faults.filter((code) => code === 'gate-refused' || code === 'internal')).toEqual([]);
            const bytes = out.reduce((sum, record) => sum + sizeOf(record), 0);
            expect(bytes).toBeLessThan((MAX_BYTES_PER_SECOND * PICTURES) / FPS);
            const { frames, pixelBytes } = recordsOf(out, 'ledger').at(-1)!;
            expect([frames.alive, pixelBytes.alive]).toEqual([0, 0]);
            told += out.filter((record) => 'case' in record).length;
          },
        ),
        { numRuns: Math.ceil(RUNS / 50), seed: SEED, endOnFailure: false },
      );
      // Else the property would say nothing of the case's own records.
      expect(told).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
