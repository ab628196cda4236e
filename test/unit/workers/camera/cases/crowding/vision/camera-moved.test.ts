import { describe, expect, it } from 'vitest';
import { MovedCameraDetector } from '../../../../../../../workers/camera/cases/crowding/vision/camera-moved.ts';
import type { Box } from '../../../../../../../workers/camera/vision/geometry/detection.ts';
import type { Raster } from '../../../../../../../workers/camera/vision/image/raster.ts';
import { random } from '../../../vision/rng.ts';

const WIDTH = 320;
const HEIGHT = 180;

/** A place made of blocks of many sizes and greys, as far as one looks around. */
const next = random(3);
const BLOCKS = Array.from({ length: 400 }, () => ({
  x: (next() * 2 - 0.5) * WIDTH,
  y: (next() * 2 - 0.5) * HEIGHT,
  w: 4 + next() * 40,
  h: 4 + next() * 40,
  grey: 30 + next() * 200,
}));

type Tone = (grey: number, x: number, y: number) => number;

/** @param turned by so many pixels */
function view([dx, dy]: readonly [number, number] = [0, 0], tone: Tone = (grey) => grey): Raster {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [u, v] = [x + dx, y + dy];
      const block = BLOCKS.findLast((b) => u >= b.x && u < b.x + b.w && v >= b.y && v < b.y + b.h);
      pixels.fill(tone(block?.grey ?? 120, x, y), (y * WIDTH + x) * 4, (y * WIDTH + x) * 4 + 3);
    }
  }
  return { width: WIDTH, height: HEIGHT, pixels };
}

const BACKGROUND = view();
const noise = random(8);

/** Seconds after which it is told that the camera was moved, within ten. */
function toldAfter(picture: Raster, people: readonly Box[] = [], background = BACKGROUND) {
  const place = new MovedCameraDetector(background);
  for (let i = 0; i <= 50; i++) if (place.moved(picture, people, i / 5)) return i / 5;
  return undefined;
}

describe('the place of a background', () => {
  it.each<{ says: string; tone: Tone }>([
    { says: 'as it was', tone: (grey) => grey },
    { says: 'in the evening', tone: (grey) => grey / 4 },
    { says: 'with the light switched on', tone: (grey) => 255 * (grey / 255) ** 0.5 },
    { says: 'with the noise of a dark night', tone: (grey) => grey / 4 + (noise() - 0.5) * 40 },
    { says: 'in the shade on one side', tone: (grey, x) => (x < WIDTH / 2 ? grey / 2 : grey) },
    { says: 'with a train that fills half of it', tone: (grey, x) => (x < WIDTH / 2 ? 200 : grey) },
  ])('is known again $says', ({ tone }) => {
    expect(toldAfter(view([0, 0], tone))).toBeUndefined();
  });

  it.each<{ says: string; by: readonly [number, number] }>([
    { says: 'to the side', by: [0.06 * WIDTH, 0] },
    { says: 'downwards', by: [0, 0.06 * HEIGHT] },
    { says: 'far away', by: [0.4 * WIDTH, 0.4 * HEIGHT] },
  ])('is another one when the camera was turned $says, which is told after some seconds', ({ by }) => {
    expect(toldAfter(view(by))).toBeCloseTo(3, 0);
  });

  it('is another one when the lens is covered', () => {
    expect(toldAfter(view([0, 0], () => 12))).toBeCloseTo(3, 0);
  });

  it('is the same while people stand before it, wherever they are seen', () => {
    const crowd: Box[] = [0, 1, 2, 3].map((i) => [i * 80, 20, i * 80 + 50, 180]);
    const inside = (x: number, y: number) =>
      crowd.some((b) => x >= b[0] && x < b[2] && y >= b[1] && y < b[3]);
    const people = view([0, 0], (grey, x, y) => (inside(x, y) ? ((x * 7 + y * 3) % 40) * 6 : grey));
    expect(toldAfter(people, crowd)).toBeUndefined();
  });

  it('says nothing before a bare wall', () => {
    const wall = view([0, 0], () => 128);
    expect(toldAfter(view([40, 40]), [], wall)).toBeUndefined();
  });

  it('says nothing of a moment, nor of a clip that begins again', () => {
    const place = new MovedCameraDetector(BACKGROUND);
    const turned = view([30, 0]);
    const looks: [Raster, number][] = [
      ...[0, 1, 2].map((s): [Raster, number] => [turned, s]),
      [BACKGROUND, 2.6],
      ...[3.2, 4, 5].map((s): [Raster, number] => [turned, s]),
      ...[0, 1, 2].map((s): [Raster, number] => [turned, s]),
    ];
    expect(looks.map(([picture, s]) => place.moved(picture, [], s))).not.toContain(true);
    expect(place.moved(turned, [], 3.1)).toBe(true);
  });
});
