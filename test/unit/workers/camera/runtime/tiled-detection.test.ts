import { describe, expect, it } from 'vitest';
import type { SensorFrame } from '../../../../../workers/camera/frames/frame.ts';
import type { Detector, StageClock } from '../../../../../workers/camera/inference/engine.ts';
import { Ledger } from '../../../../../workers/camera/ledger/ledger.ts';
import type { TileContext } from '../../../../../workers/camera/cases/pipeline.ts';
import { TiledDetector } from '../../../../../workers/camera/runtime/tiled-detection.ts';
import type { Region } from '../../../../../workers/camera/vision/geometry/letterbox.ts';

const FRAME: SensorFrame = {
  index: 0,
  timestampUs: 0,
  width: 100,
  height: 80,
  pixels: new Uint8ClampedArray(100 * 80 * 4),
  acquiredMs: 0,
  destroy: () => {},
};
const CLOCK: StageClock = { prepare: (work) => work(), infer: (work) => work() };
const TILE: Region = { x: 0, y: 0, width: 50, height: 40 };

/** Finds somebody in the whole picture, and somebody else only when it looks closely; each run takes `runMs`. */
function rig(runMs: number | (() => number) = 10) {
  let now = 0;
  const regions: (Region | undefined)[] = [];
  const ledger = new Ledger(2);
  const alive: number[] = [];
  const detector = {
    width: 64,
    height: 32,
    inputBytes: 8192,
    detect: async (_: unknown, clock: StageClock, region?: Region) => {
      regions.push(region);
      clock.prepare(() => {});
      alive.push(ledger.bytesAlive);
      return clock.infer(() => {
        now += typeof runMs === 'number' ? runMs : runMs();
        const box = region ? ([10, 5, 16, 20] as const) : ([60, 30, 80, 79] as const);
        return Promise.resolve([{ box, score: 0.6, label: 'person' }]);
      });
    },
  } as unknown as Detector;
  return { detector, ledger, regions, alive, look: new TiledDetector(ledger, () => now) };
}

describe('looking at a frame', () => {
  it('is one run where no case asks for more', async () => {
    const { look, detector, regions } = rig();
    expect(await look.at(FRAME, detector, CLOCK, false)).toHaveLength(1);
    expect(regions).toEqual([undefined]);
  });

  it('adds what closer looks find, for all cases alike', async () => {
    const { look, detector, regions } = rig();
    const found = await look.at(FRAME, detector, CLOCK, false, [() => [TILE], () => []]);
    expect(regions).toEqual([undefined, TILE]);
    expect(found.map(({ box }) => box[0]).sort()).toEqual([10, 60]);
  });

  it('tells a case the size of picture and input', async () => {
    const { look, detector } = rig();
    const views: TileContext[] = [];
    await look.at(FRAME, detector, CLOCK, false, [(view) => (views.push(view), [])]);
    expect(views[0]).toMatchObject({ picture: { width: 100, height: 80 }, input: { width: 64, height: 32 } });
  });

  it.each([
    { says: 'a quick detector has time for some', runMs: 50, live: true, max: 5 },
    { says: 'a slower one for fewer', runMs: 120, live: true, max: 1 },
    { says: 'a slow one for none', runMs: 400, live: true, max: 0 },
    { says: 'a source that waits has time for all', runMs: 400, live: false, max: 9 },
  ])('$says', async ({ runMs, live, max }) => {
    const { look, detector } = rig(runMs);
    const offered: number[] = [];
    for (let i = 0; i < 3; i++) {
      await look.at(FRAME, detector, CLOCK, live, [(view) => (offered.push(view.max), [])]);
    }
    expect(offered.at(-1)).toBe(max);
  });

  it('does not give up looks for a single slow run', async () => {
    let runMs = 50;
    const { look, detector } = rig(() => runMs);
    const offered: number[] = [];
    for (let i = 0; i < 10; i++) {
      // The last run is hindered by something else on the machine.
      if (i === 9) runMs = 400;
      await look.at(FRAME, detector, CLOCK, true, [(view) => (offered.push(view.max), [])]);
    }
    // A mean of 85 ms: three runs in 300 ms, one of which is the whole picture.
    expect(offered.slice(-2)).toEqual([5, 2]);
  });

  it('enters every copy in the ledger, and takes it out again, also when a run fails', async () => {
    const { look, detector, ledger, alive } = rig();
    await look.at(FRAME, detector, CLOCK, false, [() => [TILE, TILE]]);
    expect(alive).toEqual([8192, 8192, 8192]);
    expect(ledger.bytesAlive).toBe(0);
    const failing = {
      ...detector,
      detect: async (_: unknown, clock: StageClock) => {
        clock.prepare(() => {});
        throw new Error('lost');
      },
    } as unknown as Detector;
    await expect(look.at(FRAME, failing, CLOCK, false)).rejects.toThrow('lost');
    expect(ledger.bytesAlive).toBe(0);
  });
});
