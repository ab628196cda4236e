/** A source that changes its shape or stops: what the camera shows, counts and says. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CameraDevice } from '../../../../../workers/camera/runtime/device.ts';
import { MASK_GREY, PrivacyMasks } from '../../../../../workers/camera/frames/masks.ts';
import type { FrameSource, Shape, SourceFrame } from '../../../../../workers/camera/frames/source.ts';
import { fakeDetector, HEIGHT, recordsOf, rig, sourceFrame, WIDTH, type Rig } from './fakes.ts';

const CHOICE = { model: 'fake', backend: 'wasm' as const, threads: 1 };
const FILE = { kind: 'file' as const, file: new Blob(), pace: 'exact' as const };
const COUNTING = { case: 'counting' as const, lines: [], zones: [], anchor: 'centre' as const };
/** The left half of the picture; a mask covers each pixel that it touches. */
const MASK = { id: 'm1', points: [[0, 0], [0.49, 0], [0.49, 1], [0, 1]] as [number, number][] }; // prettier-ignore

const WIDE: Shape = { width: WIDTH, height: HEIGHT };
const TALL: Shape = { width: HEIGHT, height: WIDTH };

/** A source whose pictures have these shapes, and that waits for `more` once they are used up. */
function shaped(shapes: readonly Shape[], kind: 'file' | 'webcam' = 'file') {
  const queue = shapes.map((shape, i): SourceFrame => ({ ...sourceFrame(i), shape }));
  let wake: (() => void) | undefined;
  const source: FrameSource = {
    kind,
    live: kind === 'webcam',
    width: WIDTH,
    height: HEIGHT,
    fps: 10,
    durationS: undefined,
    next: async (signal) => {
      while (queue.length === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve());
        });
      }
      return signal.aborted ? null : queue.shift()!;
    },
    close: () => Promise.resolve(),
  };
  let index = shapes.length;
  const more = (shape: Shape) => {
    queue.push({ ...sourceFrame(index++), shape });
    wake?.();
  };
  return { source, more };
}

/** A running camera with a mask; `painted` is each picture behind the glass, as how many of its pixels are covered. */
async function running(shapes: readonly Shape[], kind: 'file' | 'webcam' = 'file') {
  const { source, more } = shaped(shapes, kind);
  const painted: number[] = [];
  let wiped = 0;
  const detector = fakeDetector();
  const base = rig();
  const test: Rig = {
    ...base,
    parts: {
      ...base.parts,
      openSource: () => Promise.resolve(source),
      loadDetector: () => Promise.resolve({ detector }),
      // Counts are read here one by one.
      disclosure: { relaxed: true },
      createMasks: (polygons) => {
        const masks = new PrivacyMasks(polygons);
        return { polygons, apply: (frame) => void masks.apply(frame) };
      },
      preview: {
        ...base.parts.preview,
        paint: ({ pixels }) => void painted.push(covered(pixels)),
        wipe: () => void wiped++,
      },
    },
  };
  const device = new CameraDevice(test.parts);
  await device.load(CHOICE);
  await device.configure([COUNTING]);
  await device.setMasks([MASK]);
  await device.open(FILE);
  await device.start();
  const status = () => recordsOf(test.out, 'status').at(-1)!;
  return { device, test, more, painted, detector, status, wiped: () => wiped };
}

const covered = (pixels: Uint8ClampedArray) => {
  let count = 0;
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i] === MASK_GREY) count++;
  return count;
};
const ALL = WIDTH * HEIGHT;
const HALF = ALL / 2;

const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true));

afterEach(() => void vi.useRealTimers());

describe('pictures that change their shape', () => {
  it('are covered as a whole and not counted, until they have the old shape again', async () => {
    const { painted, detector, status, test, more, device } = await running([WIDE, WIDE, TALL, TALL]);
    await until(() => painted.length === 4);
    expect(painted).toEqual([HALF, HALF, ALL, ALL]);
    expect(detector.seen).toHaveLength(2);
    expect(recordsOf(test.out, 'count')).toHaveLength(2);
    expect(status().source?.reshaped).toEqual(TALL);
    more(WIDE);
    await until(() => painted.length === 5);
    expect(painted.at(-1)).toBe(HALF);
    expect(status().source?.reshaped).toBeUndefined();
    expect(detector.seen).toHaveLength(3);
    await device.stop();
  });

  it('go on when they were drawn on anew, but not by a drawing that was on its way', async () => {
    const { painted, status, more, device } = await running([WIDE, TALL]);
    await until(() => painted.length === 2);
    await device.setMasks([]);
    await device.setMasks([], WIDE);
    more(TALL);
    await until(() => painted.length === 3);
    expect(painted.at(-1)).toBe(ALL);
    await device.setMasks([MASK], TALL);
    expect(status().source?.reshaped).toBeUndefined();
    more(TALL);
    await until(() => painted.length === 4);
    expect(painted.at(-1)).toBe(HALF);
    await device.stop();
  });

  it('of a webcam are held against what it announces', async () => {
    const { painted, status, device } = await running([TALL], 'webcam');
    await until(() => painted.length === 1);
    expect([painted[0], status().source?.reshaped]).toEqual([ALL, TALL]);
    await device.stop();
  });

  it('in whatever order: what a mask hid is never seen', async () => {
    const shape = fc.constantFrom(WIDE, TALL, { width: 4, height: 3 }, { width: 1, height: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(shape, { minLength: 1, maxLength: 12 }), async (shapes) => {
        const all = [WIDE, ...shapes];
        const { painted, detector, device } = await running(all);
        await until(() => painted.length === all.length);
        expect(painted).toEqual(all.map((each) => (each === WIDE ? HALF : ALL)));
        expect(detector.seen).toHaveLength(all.filter((each) => each === WIDE).length);
        await device.stop();
      }),
      { numRuns: 15 },
    );
  });
});

describe('a source that stops', () => {
  it.each([
    { says: 'after some pictures', shapes: [WIDE, WIDE, WIDE] },
    { says: 'after one picture', shapes: [WIDE] },
    { says: 'before the first', shapes: [] },
  ])(
    '$says: the rate is 0 within 3 s, the glass is empty, and all goes on with the next one',
    async ({ shapes }) => {
      vi.useFakeTimers({
        toFake: ['setTimeout', 'setInterval', 'clearInterval', 'clearTimeout', 'performance'],
      });
      const { painted, status, test, more, wiped, device } = await running(shapes, 'webcam');
      for (let i = 0; i < 50 && painted.length < shapes.length; i++) await vi.advanceTimersByTimeAsync(5);
      expect(painted).toHaveLength(shapes.length);
      const before = wiped();
      await vi.advanceTimersByTimeAsync(3000);
      expect(status()).toMatchObject({ state: 'running', source: { stalled: true } });
      expect(recordsOf(test.out, 'timing').at(-1)!.fps).toBe(0);
      expect(wiped()).toBe(before + 1);
      // It is heard once a second, so that the page does not take it for dead.
      const reports = recordsOf(test.out, 'timing').length;
      await vi.advanceTimersByTimeAsync(5000);
      expect(recordsOf(test.out, 'timing').length - reports).toBeGreaterThanOrEqual(4);
      more(WIDE);
      for (let i = 0; i < 50 && painted.length <= shapes.length; i++) await vi.advanceTimersByTimeAsync(5);
      expect(painted).toHaveLength(shapes.length + 1);
      expect(status().source?.stalled).toBeUndefined();
      expect(recordsOf(test.out, 'fault')).toEqual([]);
      vi.useRealTimers();
      await device.stop();
    },
  );
});
