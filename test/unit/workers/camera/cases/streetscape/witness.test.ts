import { describe, expect, it } from 'vitest';
import { CaseAccount } from '../../../../../../workers/camera/ledger/case-account.ts';
import { seesUncoveredPerson } from '../../../../../../workers/camera/cases/streetscape/witness.ts';
import type { Detector } from '../../../../../../workers/camera/inference/engine.ts';
import type { Region } from '../../../../../../workers/camera/vision/geometry/letterbox.ts';
import type { Box, Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { turned, turnedBack, QUARTERS } from '../../../../../../workers/camera/vision/image/turned.ts';
import { fakeDetector } from '../../runtime/fakes.ts';

const clock = { prepare: <T>(work: () => T) => work(), infer: <T>(work: () => Promise<T>) => work() };
const SIZE = { width: 12, height: 8 };
/** Every pixel another number. */
const numbered = () => {
  const pixels = new Uint8ClampedArray(SIZE.width * SIZE.height * 4);
  new Uint32Array(pixels.buffer).forEach((_, i, all) => (all[i] = i));
  return { ...SIZE, pixels };
};
const at = ({ width, pixels }: { width: number; pixels: Uint8ClampedArray }, x: number, y: number) =>
  new Uint32Array(pixels.buffer, pixels.byteOffset)[y * width + x];

describe('a turned view', () => {
  it.each([
    { quarter: 1 as const, size: [8, 12], corner: [0, 7] },
    { quarter: 2 as const, size: [12, 8], corner: [11, 7] },
    { quarter: 3 as const, size: [8, 12], corner: [11, 0] },
  ])('$quarter quarters clockwise begins at $corner', ({ quarter, size, corner }) => {
    const picture = numbered();
    const view = turned(picture, quarter, new Uint8ClampedArray(SIZE.width * SIZE.height * 4));
    expect([view.width, view.height]).toEqual(size);
    expect(at(view, 0, 0)).toBe(at(picture, corner[0]!, corner[1]!));
  });

  it.each(QUARTERS)('of %i quarters has every pixel where its box turns back to', (quarter) => {
    const picture = numbered();
    const view = turned(picture, quarter, new Uint8ClampedArray(SIZE.width * SIZE.height * 4));
    for (let y = 0; y < view.height; y++) {
      for (let x = 0; x < view.width; x++) {
        const [x0, y0, x1, y1] = turnedBack([x, y, x + 1, y + 1], quarter, SIZE);
        expect([x1 - x0, y1 - y0]).toEqual([1, 1]);
        expect(at(view, x, y)).toBe(at(picture, x0, y0));
      }
    }
  });

  it('needs its memory', () => {
    expect(() => turned(numbered(), 1, new Uint8ClampedArray(4))).toThrow(RangeError);
  });
});

describe('the witness', () => {
  const PICTURE = { width: 160, height: 90 };
  const there: Box = [40, 30, 50, 60];
  /** Number of the first look at a view: those turned by one and three quarters are looked at in two parts. */
  const FIRST_LOOK: Record<number, number> = { 1: 1, 2: 3, 3: 4 };
  /** Finds a person at this place in one view only, and nothing in the others. */
  const seeing = (score: number, quarter: number, label = 'person', place = there) => {
    const kept: Uint8ClampedArray[] = [];
    const parts: Region[] = [];
    const detector: Detector = {
      ...fakeDetector(),
      detect: (view, booked, part) => {
        booked.prepare(() => {});
        kept.push(view.pixels);
        parts.push(part!);
        const [x0, y0, x1, y1] = place;
        const boxes: Record<number, Box> = {
          1: [90 - y1, x0, 90 - y0, x1],
          2: [160 - x1, 90 - y1, 160 - x0, 90 - y0],
          3: [y0, 160 - x1, y1, 160 - x0],
        };
        const found: Detection[] =
          kept.length === FIRST_LOOK[quarter] ? [{ box: boxes[quarter]!, score, label }] : [];
        return Promise.resolve(found);
      },
    };
    return { detector, kept, parts };
  };
  const look = async (objects: Detector, covers: Box[] = []) => {
    const account = new CaseAccount('streetscape');
    const pixels = new Uint8ClampedArray(PICTURE.width * PICTURE.height * 4).fill(77);
    const seen = await seesUncoveredPerson({ ...PICTURE, pixels }, covers, { objects, clock }, account);
    const { crops } = account.row({ records: 0, bytes: 0, pictures: 0 });
    expect(crops.made).toBe(crops.destroyed);
    return seen;
  };

  it.each([1, 2, 3])('sees whom only the view turned by %i quarters shows', async (quarter) => {
    expect(await look(seeing(0.25, quarter).detector)).toBe(true);
  });
  it('looks at views that lie across its input in two parts that overlap and leave nothing out', async () => {
    const { detector, parts } = seeing(0, 1);
    await look(detector);
    const whole = { x: 0, y: 0, width: 160, height: 90 };
    const [upper, lower] = [
      { x: 0, y: 0, width: 90, height: 96 },
      { x: 0, y: 64, width: 90, height: 96 },
    ];
    expect(parts).toEqual([upper, lower, whole, upper, lower]);
  });
  it('is silent where the person is covered, and where a fifth is not', async () => {
    expect(await look(seeing(0.9, 1).detector, [[38, 20, 52, 62]])).toBe(false);
    expect(await look(seeing(0.9, 2).detector, [[38, 36, 52, 62]])).toBe(false);
    expect(await look(seeing(0.9, 2).detector, [[38, 40, 52, 62]])).toBe(true);
  });
  it('is silent on cars, on faint persons and on faint far ones', async () => {
    expect(await look(seeing(0.9, 1, 'car').detector)).toBe(false);
    expect(await look(seeing(0.19, 1).detector)).toBe(false);
    expect(await look(seeing(0.24, 1, 'person', [40, 30, 43, 38]).detector)).toBe(false);
    expect(await look(seeing(0.35, 1, 'person', [40, 30, 43, 38]).detector)).toBe(true);
  });
  it('leaves nothing of its copies, not even when the detector fails', async () => {
    const { detector, kept } = seeing(0, 1);
    await look(detector);
    expect(kept).toHaveLength(5);
    for (const pixels of kept) expect(pixels.every((value) => value === 0)).toBe(true);
    const failing: Detector = {
      ...fakeDetector(),
      detect: (view) => (kept.push(view.pixels), Promise.reject(new Error('lost'))),
    };
    await expect(look(failing)).rejects.toThrow('lost');
    expect(kept.at(-1)!.every((value) => value === 0)).toBe(true);
  });
});
