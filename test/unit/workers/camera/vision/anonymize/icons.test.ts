import { describe, expect, it } from 'vitest';
import type { Vec } from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import {
  composeOnBackground,
  pictureRecord,
} from '../../../../../../workers/camera/vision/anonymize/iconise.ts';
import { crowdIcons, type CrowdMember } from '../../../../../../workers/camera/vision/anonymize/crowding.ts';
import {
  drawPerson,
  MIN_HEIGHT,
  personExtent,
  type PersonIcon,
} from '../../../../../../workers/camera/vision/anonymize/icons.ts';
import type { Raster } from '../../../../../../workers/camera/vision/image/raster.ts';
import { isSealed } from '../../../../../../workers/camera/vision/anonymize/seal.ts';
import { random } from '../rng.ts';

const INK = [10, 60, 120] as const;
const COLOURS = { standing: INK, moving: [0, 110, 80] as const };

function plain(width: number, height: number, grey = 200): Raster {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(grey);
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
  return { width, height, pixels };
}

/** Boxes around all pixels in which two pictures differ; undefined where they are the same. */
function changed(a: Raster, b: Raster): [number, number, number, number] | undefined {
  let box: [number, number, number, number] | undefined;
  for (let i = 0; i < a.pixels.length; i++) {
    if (a.pixels[i] === b.pixels[i]) continue;
    const x = (i >> 2) % a.width;
    const y = Math.floor((i >> 2) / a.width);
    box = box
      ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x + 1), Math.max(box[3], y + 1)]
      : [x, y, x + 1, y + 1];
  }
  return box;
}

const drawn = (icon: PersonIcon, width = 120, height = 120) => {
  const raster = plain(width, height);
  drawPerson(raster, icon);
  return changed(plain(width, height), raster);
};

describe('a person icon', () => {
  it.each([
    { says: 'stands on its foot and is as tall as asked', height: 60 },
    { says: 'is never smaller than can be told apart', height: 3 },
  ])('$says', ({ height }) => {
    const box = drawn({ foot: [60, 100], height, colour: INK })!;
    const tall = Math.max(height, MIN_HEIGHT);
    expect(Math.abs(box[1] - (100 - tall))).toBeLessThanOrEqual(4);
    expect(Math.abs(box[3] - 100)).toBeLessThanOrEqual(4);
  });

  it.each([
    { says: 'to the right', heading: [1, 0], side: 'right' },
    { says: 'to the left', heading: [-3, 0], side: 'left' },
    { says: 'towards the camera', heading: [0, 2], side: 'below' },
  ] as const)('shows the direction of a person: $says', ({ heading, side }) => {
    const still = drawn({ foot: [60, 80], height: 50, colour: INK })!;
    const walking = drawn({ foot: [60, 80], height: 50, colour: INK, heading })!;
    const reach = { right: walking[2] - still[2], left: still[0] - walking[0], below: walking[3] - still[3] };
    expect(reach[side]).toBeGreaterThan(8);
    if (side !== 'left') expect(reach.left).toBeLessThanOrEqual(5);
    if (side !== 'right') expect(reach.right).toBeLessThanOrEqual(5);
  });

  it('is the same for all people: only place, size and direction differ', () => {
    const [a, b] = [plain(60, 60), plain(60, 60)];
    drawPerson(a, { foot: [30, 50], height: 40, colour: INK });
    drawPerson(b, { foot: [30, 50], height: 40, colour: INK });
    expect(changed(a, b)).toBeUndefined();
  });

  it('may reach beyond the border', () => {
    expect(() => drawn({ foot: [-5, 200], height: 150, colour: INK, heading: [1, 1] })).not.toThrow();
    expect(drawn({ foot: [-500, 0], height: 20, colour: INK })).toBeUndefined();
  });
});

const between = (next: () => number, low: number, high: number) => low + next() * (high - low);

const someone = (next: () => number, width: number, height: number): CrowdMember => {
  const heading: Vec = [between(next, -1, 1), between(next, -1, 1)];
  return {
    foot: [between(next, -20, width + 20), between(next, -20, height + 20)],
    height: between(next, 2, height),
    ...(next() < 0.5 && { heading }),
  };
};

describe('a picture on the empty background', () => {
  it('equals the background outside the icons, with any people', () => {
    const next = random(61);
    for (let run = 0; run < 60; run++) {
      const [width, height] = [16 + Math.floor(next() * 80), 16 + Math.floor(next() * 60)];
      const background = plain(width, height);
      for (let i = 0; i < background.pixels.length; i++) {
        if (i % 4 !== 3) background.pixels[i] = Math.floor(next() * 256);
      }
      const before = background.pixels.slice();
      const scale = between(next, 0.3, 1.5);
      const people = Array.from({ length: Math.floor(next() * 12) }, () =>
        someone(next, width / scale, height / scale),
      );
      const picture = composeOnBackground(background, people, scale, COLOURS);
      expect(changed({ ...background, pixels: before }, background)).toBeUndefined();
      const boxes = crowdIcons(people, scale, COLOURS).map(personExtent);
      const wrong: string[] = [];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          if (boxes.some(([x0, y0, x1, y1]) => x >= x0 && x < x1 && y >= y0 && y < y1)) continue;
          const at = (y * width + x) * 4;
          for (let c = 0; c < 4; c++)
            if (picture.pixels[at + c] !== before[at + c]) wrong.push(`run ${run}: ${x}, ${y}`);
        }
      }
      expect(wrong).toEqual([]);
    }
  });

  it('has those in front drawn over those behind', () => {
    const people: CrowdMember[] = [
      { foot: [50, 90], height: 60, heading: [1, 0] },
      { foot: [50, 60], height: 40 },
    ];
    expect(crowdIcons(people, 1, COLOURS).map(({ foot }) => foot[1])).toEqual([60, 90]);
  });

  it.each([
    { says: 'a buffer that does not fit its size', raster: { ...plain(4, 4), width: 5 } },
    { says: 'no pixels at all', raster: { width: 0, height: 0, pixels: new Uint8ClampedArray(0) } },
  ])('refuses $says', ({ raster }) => {
    expect(() => composeOnBackground(raster, [], 1, COLOURS)).toThrow(RangeError);
  });
});

describe('the record of a picture', () => {
  const facts = { case: 'crowding', atS: 1.5, icons: 0 } as const;
  const encode = () => Promise.resolve({ mime: 'image/png', base64: 'AAAA' } as const);

  it('is sealed, and cannot be changed afterwards', async () => {
    const record = await pictureRecord(composeOnBackground(plain(4, 3), [], 1, COLOURS), facts, encode);
    expect(record).toEqual({
      type: 'picture',
      ...facts,
      width: 4,
      height: 3,
      mime: 'image/png',
      base64: 'AAAA',
    });
    expect(isSealed(record)).toBe(true);
    expect(isSealed({ ...record })).toBe(false);
    expect(() => Object.assign(record, { base64: 'BBBB' })).toThrow(TypeError);
  });

  it('is refused for a raster that was not composed here', async () => {
    const forged = plain(4, 3) as Parameters<typeof pictureRecord>[0];
    await expect(pictureRecord(forged, facts, encode)).rejects.toThrow(TypeError);
    const copy = { ...composeOnBackground(plain(4, 3), [], 1, COLOURS) };
    await expect(pictureRecord(copy, facts, encode)).rejects.toThrow(TypeError);
  });
});
