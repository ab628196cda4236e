import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPhoto } from '../../../../../../accuracy/native.ts';
import { downscaledSize } from '../../../../../../../workers/camera/frames/downscale.ts';
import { lower } from '../../../frames/downscaled.ts';
import { iou } from '../../../../../../../workers/camera/vision/geometry/boxes.ts';
import type { Box } from '../../../../../../../workers/camera/vision/geometry/detection.ts';
import type { Raster } from '../../../../../../../workers/camera/vision/image/raster.ts';
import { hsv, redness } from '../../../../../../../workers/camera/vision/image/colour.ts';
import { components } from '../../../../../../../workers/camera/cases/streetscape/vision/components.ts';
import { lampOf } from '../../../../../../../workers/camera/cases/streetscape/vision/lamps.ts';
import {
  isRedInside,
  readRedSigns,
} from '../../../../../../../workers/camera/cases/streetscape/vision/red-signs.ts';

type Rgb = readonly [number, number, number];
const RED: Rgb = [197, 22, 29];
const WHITE: Rgb = [235, 235, 230];
const BLUE: Rgb = [26, 74, 168];
const WALL: Rgb = [120, 125, 120];
const BLACK: Rgb = [35, 37, 40];

/** A picture from a colour for each point; four samples a pixel, as a sensor would mix them. */
function paint(width: number, height: number, colour: (x: number, y: number) => Rgb): Raster {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let c = 0; c < 3; c++) {
      const samples = [0.25, 0.75].flatMap((dy) => [0.25, 0.75].map((dx) => colour(x + dx, y + dy)[c]!));
      pixels[i * 4 + c] = samples.reduce((sum, value) => sum + value, 0) / 4;
    }
  }
  return { width, height, pixels };
}

const middle: readonly [number, number] = [60.5, 40];
const inTip = (x: number, y: number, size: number) => {
  const t = (y - (middle[1] - size / 2)) / size;
  return t >= 0 && t <= 1 && Math.abs(x - middle[0]) <= ((1 - t) * size) / 2;
};
const radius = (x: number, y: number) => Math.hypot(x - middle[0], y - middle[1]);

const stop = (size: number) =>
  paint(120, 80, (x, y) => {
    if (!inTip(x, y, size)) return WALL;
    const t = (y - (middle[1] - size / 2)) / size;
    return t > 0.2 && t < 0.36 && Math.abs(x - middle[0]) < size * 0.25 && Math.floor(x) % 3 === 0
      ? WHITE
      : RED;
  });
const slow = (size: number) =>
  paint(120, 80, (x, y) =>
    inTip(x, y, size) ? (inTip(x, y + size * 0.04, size * 0.6) ? WHITE : RED) : WALL,
  );
const limit = (size: number) =>
  paint(120, 80, (x, y) => (radius(x, y) > size / 2 ? WALL : radius(x, y) > size * 0.35 ? RED : WHITE));
const noEntry = (size: number) =>
  paint(120, 80, (x, y) => {
    if (radius(x, y) > size / 2) return WALL;
    return Math.abs(y - middle[1]) < size * 0.1 && Math.abs(x - middle[0]) < size * 0.34 ? WHITE : RED;
  });
const noParking = (size: number) =>
  paint(120, 80, (x, y) => (radius(x, y) > size / 2 ? WALL : radius(x, y) > size * 0.36 ? RED : BLUE));

const octagon = (size: number) =>
  paint(120, 80, (x, y) => {
    const [dx, dy] = [Math.abs(x - middle[0]), Math.abs(y - middle[1])];
    if (Math.max(dx, dy) > size / 2 || dx + dy > size * 0.707) return WALL;
    return dy < size * 0.14 && dx < size * 0.38 && Math.floor(x / 2) % 2 === 0 ? WHITE : RED;
  });

describe('red signs', () => {
  it.each([
    { says: 'a stop sign, near', picture: stop(30), expected: ['stop'] },
    { says: 'a stop sign, farther', picture: stop(14), expected: ['stop'] },
    { says: 'slow, which is give way elsewhere', picture: slow(30), expected: ['slow'] },
    { says: 'a limit', picture: limit(26), expected: ['limit'] },
    { says: 'a limit, farther', picture: limit(13), expected: ['limit'] },
    { says: 'no entry', picture: noEntry(26), expected: ['no-entry'] },
    { says: 'no parking', picture: noParking(26), expected: ['no-parking'] },
    {
      says: 'not a red disc, which may be anything',
      picture: paint(120, 80, (x, y) => (radius(x, y) > 12 ? WALL : RED)),
      expected: [],
    },
    {
      says: 'not a red square',
      picture: paint(120, 80, (x, y) =>
        Math.max(Math.abs(x - middle[0]), Math.abs(y - middle[1])) < 12 ? RED : WALL,
      ),
      expected: [],
    },
    {
      says: 'not a warning, which stands on its base',
      picture: paint(120, 80, (x, y) => (inTip(x, 80 - y, 30) ? (inTip(x, 80 - y, 16) ? WHITE : RED) : WALL)),
      expected: [],
    },
    { says: 'not what is smaller than a shape', picture: limit(5), expected: [] },
    { says: 'nothing on a wall', picture: paint(120, 80, () => WALL), expected: [] },
  ])('$says', ({ picture, expected }) => {
    const found = readRedSigns(picture);
    expect(found.map(({ label }) => label)).toEqual(expected);
    for (const { score } of found) expect(score).toBeGreaterThan(0.35);
  });

  it.each([
    { says: 'an octagon with letters', picture: octagon(30), size: 30, expected: true },
    { says: 'a small octagon', picture: octagon(10), size: 10, expected: true },
    { says: 'a limit', picture: limit(26), size: 26, expected: false },
    { says: 'a small limit', picture: limit(10), size: 10, expected: false },
    { says: 'no parking', picture: noParking(26), size: 26, expected: false },
    { says: 'a wall', picture: paint(120, 80, () => WALL), size: 26, expected: false },
  ])('$says: red inside, as a stop sign of eight corners is: $expected', ({ picture, size, expected }) => {
    const [x, y] = middle;
    expect(isRedInside(picture, [x - size / 2, y - size / 2, x + size / 2, y + size / 2])).toBe(expected);
  });

  it('sees nothing beyond the border', () => {
    expect(isRedInside(octagon(30), [-40, -40, -10, -10])).toBe(false);
  });

  it('frames what it reads', () => {
    const [found] = readRedSigns(limit(26));
    expect(iou(found!.box, [47.5, 27, 73.5, 53])).toBeGreaterThan(0.8);
  });
});

const GTSDB = resolve(import.meta.dirname, '../../../../../../../../shared/eval/gtsdb');
const present = existsSync(GTSDB);
if (!present) console.log(`skipped: no ${GTSDB}`);

describe.runIf(present)('red signs of real roads (GTSDB)', () => {
  it('are read with a precision that leaves few to the tracker, at a lowered resolution', () => {
    const LIMITS = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16];
    const byFile = new Map<string, Box[]>();
    for (const line of readFileSync(resolve(GTSDB, 'gt.txt'), 'utf8').trim().split('\n')) {
      const [file, ...numbers] = line.split(';');
      const [x0, y0, x1, y1, kind] = numbers.map(Number) as [number, number, number, number, number];
      const boxes = byFile.get(file!) ?? [];
      if (LIMITS.includes(kind)) boxes.push([x0, y0, x1, y1]);
      byFile.set(file!, boxes);
    }
    const [files, result] = [[...byFile].filter((_, i) => i % 12 === 1), { truth: 0, found: 0, right: 0 }];
    for (const [file, boxes] of files) {
      const photo = readPhoto(resolve(GTSDB, 'images', file.replace('.ppm', '.jpg')));
      const size = downscaledSize(photo, 480);
      const low = { ...size, pixels: new Uint8ClampedArray(size.width * size.height * 4) };
      lower(photo, low);
      const scale = size.width / photo.width;
      const large = boxes.filter(([x0, , x1]) => (x1 - x0) * scale >= 12);
      const found = readRedSigns(low).filter(({ label }) => label === 'limit');
      const hits = (box: Box) =>
        found.some((sign) => iou(sign.box, box.map((v) => v * scale) as unknown as Box) > 0.4);
      result.truth += large.length;
      result.right += large.filter(hits).length;
      result.found += found.filter(({ box }) =>
        boxes.every((truth) => iou(box, truth.map((v) => v * scale) as unknown as Box) <= 0.4),
      ).length;
    }
    expect(result.truth).toBeGreaterThan(10);
    expect(result.right / result.truth).toBeGreaterThan(0.25);
    // False ones, fewer than one in three photos.
    expect(result.found / files.length).toBeLessThan(0.33);
  }, 60_000);
});

describe('the lamp of a signal', () => {
  const head = (lit: Rgb, at: number) =>
    paint(40, 20, (x, y) => {
      if (x < 5 || x > 35 || y < 5 || y > 15) return [150, 170, 190];
      const lamp = Math.round((x - 10) / 10);
      const near = Math.hypot(x - (10 + lamp * 10), y - 10) < 3.5;
      return near ? (lamp === at ? lit : [50, 45, 40]) : BLACK;
    });
  const BOX: Box = [5, 5, 35, 15];
  it.each([
    { says: 'green, which is bluish in Japan', lit: [20, 240, 190] as Rgb, at: 0, expected: 'green' },
    { says: 'amber', lit: [255, 180, 30] as Rgb, at: 1, expected: 'amber' },
    { says: 'red', lit: [255, 45, 35] as Rgb, at: 2, expected: 'red' },
    { says: 'none', lit: [50, 45, 40] as Rgb, at: 2, expected: undefined },
  ])('$says', ({ lit, at, expected }) => {
    expect(lampOf(head(lit, at), BOX)).toBe(expected);
  });

  it.each([
    { says: 'a red signboard is no lamp', picture: paint(40, 20, () => [220, 40, 30]) },
    { says: 'sky is no lamp', picture: paint(40, 20, () => [120, 170, 235]) },
    {
      says: 'two colours as strong as one another say nothing',
      picture: paint(40, 20, (x) => (x < 15 ? [255, 40, 30] : x > 25 ? [20, 240, 150] : BLACK)),
    },
  ])('$says', ({ picture }) => {
    expect(lampOf(picture, BOX)).toBeUndefined();
  });

  it('may lie beyond the border', () => {
    expect(lampOf(head([255, 45, 35], 2), [-50, -50, -10, -10])).toBeUndefined();
  });
});

describe('colours and areas', () => {
  it.each([
    { rgb: [255, 0, 0] as Rgb, expected: [0, 1, 1] },
    { rgb: [0, 255, 0] as Rgb, expected: [120, 1, 1] },
    { rgb: [0, 0, 128] as Rgb, expected: [240, 1, 128 / 255] },
    { rgb: [255, 0, 255] as Rgb, expected: [300, 1, 1] },
    { rgb: [90, 90, 90] as Rgb, expected: [0, 0, 90 / 255] },
  ])('$rgb has its hue', ({ rgb, expected }) => {
    hsv(...rgb).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 9));
  });

  it('says how red whatever the brightness', () => {
    expect(redness(200, 100, 100)).toBeCloseTo(redness(100, 50, 50), 6);
    expect(redness(100, 200, 100)).toBe(0);
  });

  it('connects over corners, and keeps apart what does not touch', () => {
    const mask = new Uint8Array(20 * 10);
    const set = (x: number, y: number) => (mask[y * 20 + x] = 1);
    for (let i = 0; i < 5; i++) for (let j = 0; j < 4; j++) [1, 10].forEach((x) => set(x + i, 1 + j));
    set(6, 5);
    const found = components(mask, 20, 10);
    expect(found.map(({ box, area }) => ({ box, area }))).toEqual([
      { box: [1, 1, 7, 6], area: 21 },
      { box: [10, 1, 15, 5], area: 20 },
    ]);
    expect([...found[0]!.right]).toEqual([6, 6, 6, 6, 7]);
  });
});
