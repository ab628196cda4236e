import { describe, expect, it } from 'vitest';
import type { Box, Detection } from '../../../../../../../workers/camera/vision/geometry/detection.ts';
import { coverPeople } from '../../../../../../../workers/camera/vision/anonymize/iconise.ts';
import { composeStreet } from '../../../../../../../workers/camera/vision/anonymize/streetscape.ts';
import type { Raster } from '../../../../../../../workers/camera/vision/image/raster.ts';
import {
  maskOf,
  HOLD_S,
  PersonMasks,
  plateArea,
} from '../../../../../../../workers/camera/cases/streetscape/vision/person-masks.ts';
import {
  doubtOf,
  share,
  type ReleaseContext,
} from '../../../../../../../workers/camera/cases/streetscape/vision/release-check.ts';
import { random } from '../../../vision/rng.ts';

const PICTURE = { width: 160, height: 90 };
const person = (box: Box, score = 0.6): Detection => ({ box, score, label: 'person' });
const inside = (x: number, y: number, [x0, y0, x1, y1]: Box) => x >= x0 && x < x1 && y >= y0 && y < y1;
/** Element-wise matchers are slow on pictures. */
const same = (a: Raster, b: Raster) => Buffer.from(a.pixels.buffer).equals(Buffer.from(b.pixels.buffer));
const covered = (x: number, y: number, boxes: readonly Box[]) => boxes.some((box) => inside(x, y, box));

function noise(next: () => number, { width, height }: typeof PICTURE): Raster {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < pixels.length; i++) pixels[i] = i % 4 === 3 ? 255 : Math.floor(next() * 256);
  return { width, height, pixels };
}

describe('what is covered', () => {
  it.each([
    {
      says: 'a person seen now, with a margin',
      seen: [person([40, 20, 50, 50])],
      at: [39, 19],
      expected: true,
    },
    {
      says: 'the head that a box leaves out, which may be a third of what is seen',
      seen: [person([40, 20, 50, 50])],
      at: [45, 11],
      expected: true,
    },
    { says: 'not what is further above', seen: [person([40, 20, 50, 50])], at: [45, 8], expected: false },
    {
      says: 'a faint one that is near',
      seen: [person([40, 20, 50, 50], 0.11)],
      at: [45, 30],
      expected: true,
    },
    { says: 'not clutter far away', seen: [person([40, 20, 42, 25], 0.11)], at: [41, 22], expected: false },
    {
      says: 'the faint feet of a near one whom the border cuts off',
      seen: [person([40, 0, 60, 5], 0.11)],
      at: [50, 3],
      expected: true,
    },
    {
      says: 'the place of a rider who was not seen, above a bicycle',
      seen: [{ box: [40, 40, 60, 55], score: 0.5, label: 'bicycle' } as const],
      at: [50, 28],
      expected: true,
    },
    {
      says: 'not a car',
      seen: [{ box: [40, 40, 60, 55], score: 0.9, label: 'car' } as const],
      at: [50, 50],
      expected: false,
    },
  ])('$says', ({ seen, at, expected }) => {
    const covers = new PersonMasks();
    covers.see(seen, 0, PICTURE);
    expect(covered(at[0]!, at[1]!, covers.covers([], PICTURE))).toBe(expected);
  });

  it('stays covered through missed frames, and the cover grows; then it is given up', () => {
    const covers = new PersonMasks();
    covers.see([person([40, 20, 50, 50])], 0, PICTURE);
    const area = () => share(covers.covers([], PICTURE), PICTURE);
    const first = area();
    for (let t = 0.1; t < HOLD_S; t += 0.1) covers.see([], t, PICTURE);
    expect(covered(45, 30, covers.covers([], PICTURE))).toBe(true);
    expect(area()).toBeGreaterThan(first);
    covers.see([], HOLD_S + 0.1, PICTURE);
    expect(area()).toBe(0);
  });

  it('stays covered for four frames however slowly they come', () => {
    const covers = new PersonMasks();
    const covering: boolean[] = [];
    for (let i = 0; i < 6; i++) {
      covers.see(i === 0 ? [person([40, 20, 50, 50])] : [], i * 0.5, PICTURE);
      covering.push(covers.covers([], PICTURE).length > 0);
    }
    expect(covering).toEqual([true, true, true, true, false, false]);
  });

  it('covers a lost track, and more so the longer it is lost', () => {
    const covers = new PersonMasks();
    covers.see([], 2, PICTURE);
    const width = (lastSeenS: number) => {
      const [box] = covers.covers([{ box: [60, 20, 70, 50], lastSeenS }], PICTURE);
      return box![2] - box![0];
    };
    expect(width(2)).toBeGreaterThan(10);
    // The person may have walked one body height a second, in either direction.
    expect(width(1.5) - width(2)).toBeCloseTo(2 * 0.5 * 30, 9);
  });

  it('begins anew when time runs backwards or frames were missing', () => {
    const covers = new PersonMasks();
    for (const t of [0, 0.5, 1]) covers.see([person([40, 20, 50, 50])], t, PICTURE);
    expect(covers.steadyS).toBe(1);
    covers.see([], 3, PICTURE);
    expect(covers.steadyS).toBe(0);
    covers.see([person([40, 20, 50, 50])], 3.4, PICTURE);
    covers.see([], 0, PICTURE);
    expect(covers.covers([], PICTURE)).toEqual([]);
  });

  it('takes the plate from the lower middle of a vehicle', () => {
    const area = plateArea([0, 0, 100, 50]);
    expect(inside(50, 40, area)).toBe(true);
    expect(inside(50, 10, area)).toBe(false);
  });
});

describe('the picture of a street, with any people in it', () => {
  const SMALL = { width: 64, height: 36 };
  it('has no pixel of the source inside any box of a person grown by its margin, seen now or held', () => {
    const next = random(55);
    for (let run = 0; run < 12; run++) {
      const covers = new PersonMasks();
      const recent: { box: Box; atS: number }[] = [];
      let timeS = 0;
      for (let frame = 0; frame < 8; frame++, timeS += 0.05 + next() * 0.2) {
        const seen = Array.from({ length: Math.floor(next() * 4) }, (): Detection => {
          const [x, y, w] = [next() * 64 - 6, next() * 36 - 6, 3 + next() * 8];
          return person([x, y, x + w, y + w * 2.6], 0.2 + next() * 0.8);
        });
        covers.see(seen, timeS, SMALL);
        recent.push(...seen.map(({ box }) => ({ box, atS: timeS })));
        const now = timeS;
        const held = recent.filter(({ atS }) => now - atS <= HOLD_S);
        const grown = held.map(({ box }) => maskOf(box));
        const boxes = covers.covers([], SMALL);
        // The same street twice, with something else in every pixel that the boxes contain.
        const one = noise(next, SMALL);
        const other = { ...one, pixels: one.pixels.slice() };
        for (let y = 0; y < SMALL.height; y++) {
          for (let x = 0; x < SMALL.width; x++) {
            if (!covered(x + 0.5, y + 0.5, grown)) continue;
            for (let c = 0; c < 3; c++)
              other.pixels[(y * SMALL.width + x) * 4 + c] = Math.floor(next() * 256);
          }
        }
        const made = [one, other].map((picture) => composeStreet(picture, { covers: boxes, icons: [] }));
        expect(same(made[0]!, made[1]!)).toBe(true);
      }
    }
  });

  it('leaves everything outside covers and icons as it is, and the source alone', () => {
    const picture = noise(random(3), PICTURE);
    const before = picture.pixels.slice();
    const covers: Box[] = [[20, 20, 50.2, 60]];
    const made = coverPeople(picture, { covers, icons: [] });
    expect(same(picture, { ...picture, pixels: before })).toBe(true);
    let changed = 0;
    for (let i = 0; i < PICTURE.width * PICTURE.height; i++) {
      const [x, y] = [i % PICTURE.width, Math.floor(i / PICTURE.width)];
      const kept = [0, 1, 2].every((c) => made.pixels[i * 4 + c] === before[i * 4 + c]);
      if (kept) continue;
      changed++;
      expect(inside(x, y, [20, 20, 51, 60])).toBe(true);
    }
    expect(changed).toBeGreaterThan(1000);
  });

  it('fills a hole with the colour around it, and a picture that is all hole with grey', () => {
    const plain: Raster = { ...PICTURE, pixels: new Uint8ClampedArray(160 * 90 * 4).fill(200) };
    const colour = (covers: Box[]) => {
      const { pixels } = composeStreet(plain, { covers, icons: [] });
      return [...pixels.subarray((45 * 160 + 80) * 4, (45 * 160 + 80) * 4 + 3)];
    };
    expect(colour([[60, 30, 100, 60]])).toEqual([200, 200, 200]);
    expect(colour([[0, 0, 160, 90]])).toEqual([128, 128, 128]);
  });
});

describe('a picture is withheld', () => {
  const clear: ReleaseContext = { picture: PICTURE, brightness: 120, detections: [], people: [], covers: [] };
  const near: Box = [40, 20, 60, 70];
  it.each([
    { says: 'not without reason', sight: clear, expected: undefined },
    { says: 'when it is dark', sight: { ...clear, brightness: 25 }, expected: 'dark' },
    {
      says: 'when a person may be near',
      sight: { ...clear, detections: [person(near, 0.2)] },
      expected: 'faint',
    },
    {
      says: 'not for a faint second box on a certain person',
      sight: { ...clear, detections: [person(near), person([40, 40, 60, 70], 0.2)] },
      expected: undefined,
    },
    {
      says: 'not for a weak detection of a tracked person',
      sight: { ...clear, detections: [person(near, 0.2)], people: [{ box: near }] },
      expected: undefined,
    },
    {
      says: 'when the weak detection is beside the tracked person',
      sight: { ...clear, detections: [person(near, 0.2)], people: [{ box: [70, 20, 90, 70] as Box }] },
      expected: 'faint',
    },
    {
      says: 'when hardly anything would be left',
      sight: { ...clear, covers: [[0, 0, 125, 90] as Box] },
      expected: 'crowded',
    },
    {
      says: 'not as long as a good part is left, since covered parts show no person',
      sight: { ...clear, covers: [[0, 0, 100, 90] as Box] },
      expected: undefined,
    },
  ])('$says', ({ sight, expected }) => {
    expect(doubtOf(sight)).toBe(expected);
  });
});
