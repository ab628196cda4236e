import { describe, expect, it } from 'vitest';
import { CaseAccount } from '../../../workers/account.ts';
import type { CrowdingConfig, OutRecord, OutRecordOf } from '../../../workers/contract.ts';
import type { Picture } from '../../../workers/frames/frame.ts';
import { CrowdingPipeline, type CrowdingTools } from '../../../workers/pipelines/crowding.ts';
import type { Seen } from '../../../workers/pipelines/pipeline.ts';
import type { Detection } from '../../../workers/vision/detection.ts';
import type { Raster } from '../../../workers/vision/iconise/raster.ts';
import { isSealed } from '../../../workers/vision/seal.ts';
import { random } from '../vision/rng.ts';

const WIDTH = 160;
const HEIGHT = 120;
const FPS = 5;
const CONFIG: CrowdingConfig = { case: 'crowding', everyS: 2, facility: 'walkway' };
/** Straight from above: 16 pixels across and 12 down are a metre. */
const ABOVE: CrowdingConfig['calibration'] = {
  points: [
    [0, 1],
    [1, 1],
    [1, 0],
    [0, 0],
  ],
  widthM: 10,
  depthM: 10,
};
const EVERYWHERE: CrowdingConfig['area'] = {
  id: 'z1',
  points: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
};

const frame = (fill: (i: number) => number): Picture => {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let i = 0; i < pixels.length; i++) pixels[i] = i % 4 === 3 ? 255 : fill(i);
  return { width: WIDTH, height: HEIGHT, pixels };
};
const empty = () => frame((i) => (i >> 2) % 97);

const person = (x: number, y: number, height = 40, score = 0.8): Detection => ({
  box: [x - height / 5, y - height, x + height / 5, y],
  score,
  label: 'person',
});

/** A camera with only this case on it; keeps the pictures that were composed. */
function camera(config: CrowdingConfig = CONFIG, tools: Partial<CrowdingTools> = {}) {
  let alive = 0;
  const account = new CaseAccount('crowding', (bytes) => (alive += bytes));
  const composed: Raster[] = [];
  const pipeline = new CrowdingPipeline(config, account, {
    load: () => Promise.reject(new Error('no sample')),
    encode: (picture) => {
      composed.push({ ...picture, pixels: picture.pixels.slice() });
      return Promise.resolve({ mime: 'image/png', base64: 'AAAA' });
    },
    ...tools,
  });
  let index = 0;
  async function show(picture: Picture, objects: Detection[]): Promise<OutRecord[]> {
    const seen: Seen = { index, timeS: index / FPS, width: WIDTH, height: HEIGHT, objects, faces: [] };
    index++;
    pipeline.track(seen);
    await pipeline.read(picture, seen);
    // What is encoded beside the frames is ready by the next.
    await Promise.resolve();
    return pipeline.extract(seen);
  }
  return {
    pipeline,
    account,
    composed,
    alive: () => alive,
    show,
    async run(
      seconds: number,
      picture: (s: number) => Picture,
      objects: (s: number) => Detection[] = () => [],
    ) {
      const out: OutRecord[] = [];
      for (let i = 0; i < seconds * FPS; i++) out.push(...(await show(picture(i / FPS), objects(i / FPS))));
      return out;
    },
  };
}

const size = ({ width, height }: Picture) => [width, height];
/** Vitest compares arrays number by number, which takes seconds for pictures. */
const sameBytes = (a: Uint8ClampedArray, b: Uint8ClampedArray) =>
  Buffer.from(a.buffer).equals(Buffer.from(b.buffer));
const crowds = (out: OutRecord[]) => out.filter((r): r is OutRecordOf<'crowd'> => r.type === 'crowd');
const pictures = (out: OutRecord[]) => out.filter((r): r is OutRecordOf<'picture'> => r.type === 'picture');

describe('what leaves of a crowd', () => {
  it('is one statement a second, and no picture without a background', async () => {
    const at = camera();
    const out = await at.run(6, empty, () => [person(80, 100)]);
    expect(crowds(out).length).toBeGreaterThanOrEqual(4);
    expect(crowds(out).at(-1)).toMatchObject({
      standing: 1,
      moving: 0,
      background: 'waiting',
      waitingFor: 'people',
    });
    expect(pictures(out)).toEqual([]);
  });

  it('is a sealed picture every few seconds, once nobody was there for a while', async () => {
    const at = camera();
    await at.run(9, empty);
    const out = await at.run(6, empty, () => [person(80, 100)]);
    expect(crowds(out).at(-1)).toMatchObject({ background: 'captured' });
    expect(pictures(out).length).toBeGreaterThanOrEqual(2);
    expect(pictures(out).at(-1)).toMatchObject({ case: 'crowding', icons: 1, width: WIDTH, height: HEIGHT });
    for (const picture of pictures(out)) expect(isSealed(picture)).toBe(true);
  });

  it('is made of the background and icons alone, whatever the frames show', async () => {
    const next = random(77);
    for (let run = 0; run < 4; run++) {
      // Two cameras at one empty place; then the same is found in entirely different frames.
      const [one, other] = [camera({ ...CONFIG, everyS: 1 }), camera({ ...CONFIG, everyS: 1 })];
      await one.run(9, empty);
      await other.run(9, empty);
      const before = one.composed.length;
      for (let i = 0; i < 8 * FPS; i++) {
        const found = Array.from({ length: Math.floor(next() * 8) }, () =>
          person(next() * WIDTH, 20 + next() * (HEIGHT - 20), 15 + next() * 60, next()),
        );
        // Every other second the place itself, or the cameras would take it for another one.
        const shown = () => (Math.floor(i / FPS) % 2 === 0 ? empty() : frame(() => Math.floor(next() * 256)));
        await one.show(shown(), found);
        await other.show(shown(), found);
      }
      expect(one.composed.length - before).toBeGreaterThan(5);
      expect(one.composed.map(size)).toEqual(other.composed.map(size));
      const differ = one.composed.filter(({ pixels }, i) => !sameBytes(pixels, other.composed[i]!.pixels));
      expect(differ).toHaveLength(0);
    }
  });

  it('is the background itself when nobody is found, whoever the frames show', async () => {
    const next = random(78);
    const at = camera({ ...CONFIG, everyS: 1 });
    await at.run(9, empty);
    await at.run(4, () => frame(() => Math.floor(next() * 256)));
    expect(at.composed.length).toBeGreaterThan(3);
    for (const { pixels } of at.composed) expect(sameBytes(pixels, empty().pixels)).toBe(true);
  });

  it('are numbers a square metre and a level where the floor is known', async () => {
    const at = camera({ ...CONFIG, calibration: ABOVE, area: EVERYWHERE });
    const out = await at.run(4, empty, () => [person(40, 60), person(80, 80), person(120, 100)]);
    expect(crowds(out).at(-1)).toMatchObject({
      areaM2: 100,
      density: 0.03,
      level: 'a',
      limit: 108,
      restriction: 'none',
    });
  });

  it('counts only those who stand in the area', async () => {
    const left: CrowdingConfig['area'] = {
      id: 'z1',
      points: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [0, 1],
      ],
    };
    const at = camera({ ...CONFIG, area: left });
    const out = await at.run(4, empty, () => [person(40, 60), person(120, 100)]);
    expect(crowds(out).at(-1)).toMatchObject({ standing: 1, moving: 0 });
    expect(crowds(out).at(-1)).not.toHaveProperty('density');
  });

  it.each([
    { says: 'somebody who stands', x: () => 60, standing: 1, moving: 0 },
    { says: 'somebody who walks', x: (s: number) => 20 + 16 * s, standing: 0, moving: 1 },
  ])('tells $says', async ({ x, standing, moving }) => {
    const at = camera({ ...CONFIG, calibration: ABOVE, area: EVERYWHERE });
    const out = await at.run(6, empty, (s) => [person(x(s), 90)]);
    expect(crowds(out).at(-1)).toMatchObject({ standing, moving });
  });

  it('warns when the limit was reached for a while', async () => {
    const at = camera({ ...CONFIG, limit: 2 });
    const out = await at.run(14, empty, () => [person(40, 60), person(80, 80), person(120, 100)]);
    expect(crowds(out)[0]).toMatchObject({ limit: 2, restriction: 'near' });
    expect(crowds(out).at(-1)).toMatchObject({ restriction: 'likely' });
  });
});

describe('the background', () => {
  it('comes with the sample where there is one, and is asked for once', async () => {
    let asked = 0;
    const at = camera(
      { ...CONFIG, background: 'samples/crowding.png' },
      { load: (_, width, height) => (asked++, Promise.resolve({ ...empty(), width, height })) },
    );
    const out = await at.run(4, empty, () => [person(80, 100)]);
    expect(asked).toBe(1);
    expect(crowds(out).at(-1)?.background).toBe('sample');
    expect(pictures(out).length).toBeGreaterThan(0);
    // No pixel of a camera's picture is held.
    expect(at.alive()).toBe(0);
  });

  it('is taken by the camera when the sample has none that can be read', async () => {
    const at = camera({ ...CONFIG, background: 'samples/crowding.png' });
    const out = await at.run(9, empty);
    expect(crowds(out).at(-1)?.background).toBe('captured');
  });

  it('is not taken anew while somebody is there, and the old one stays', async () => {
    const at = camera();
    await at.run(9, empty);
    await at.run(1, empty, () => [person(80, 100)]);
    await expect(at.pipeline.order({ case: 'crowding', do: 'capture-background' })).rejects.toMatchObject({
      code: 'place-not-empty',
    });
    expect(crowds(await at.run(2, empty, () => [person(80, 100)])).at(-1)?.background).toBe('captured');
  });

  it('is not taken anew while something moves', async () => {
    const at = camera();
    const flicker = (s: number) =>
      frame((i) => (i % 40 < 20 ? 30 : Math.round(s * FPS) % 2 === 0 ? 20 : 220));
    await at.run(5, flicker);
    await expect(at.pipeline.order({ case: 'crowding', do: 'capture-background' })).rejects.toMatchObject({
      code: 'place-moving',
    });
  });

  it('is destroyed and taken anew when asked for and nobody is there', async () => {
    const at = camera();
    await at.run(9, empty);
    await at.pipeline.order({ case: 'crowding', do: 'capture-background' });
    expect(crowds(await at.run(2, empty)).at(-1)?.background).toBe('waiting');
    expect(crowds(await at.run(8, empty)).at(-1)?.background).toBe('captured');
  });

  it('is destroyed when the camera is moved, which is told once, and another is taken', async () => {
    const at = camera();
    const blocks = (turned: number) => () =>
      frame((i) => {
        const [x, y] = [((i >> 2) % WIDTH) + turned, Math.floor((i >> 2) / WIDTH)];
        return 40 + ((Math.floor(x / 7) * 37 + Math.floor(y / 9) * 61) % 150);
      });
    await at.run(9, blocks(0));
    const before = at.composed.length;
    expect(before).toBeGreaterThan(0);
    const moved = await at.run(4, blocks(33));
    expect(moved.filter(({ type }) => type === 'fault')).toEqual([
      { type: 'fault', code: 'view-moved', severity: 'warning' },
    ]);
    expect(crowds(moved).at(-1)?.background).toBe('waiting');
    const after = at.composed.length;
    const later = await at.run(8, blocks(33));
    expect(crowds(later).at(-1)?.background).toBe('captured');
    expect(later.filter(({ type }) => type === 'fault')).toEqual([]);
    expect(at.composed.length).toBeGreaterThan(after);
    // The pictures from then on are of the new view.
    expect(at.composed.at(-1)!.pixels).not.toEqual(at.composed[before - 1]!.pixels);
    await at.pipeline.close();
    expect(at.alive()).toBe(0);
  });

  it.each([
    { says: 'a reset', end: (p: CrowdingPipeline) => p.reset() },
    { says: 'being switched off', end: (p: CrowdingPipeline) => p.close() },
  ])('is wiped by $says: no byte of a picture is left', async ({ end }) => {
    const at = camera();
    await at.run(9, empty);
    expect(at.alive()).toBe(WIDTH * HEIGHT * 4);
    await end(at.pipeline);
    expect(at.alive()).toBe(0);
    const row = at.account.row({ records: 0, bytes: 0, pictures: 0 });
    expect(row.crops.made).toBe(row.crops.destroyed);
    expect(at.pipeline.following).toBe(0);
  });

  it('lets a picture that was being encoded go when it is reset meanwhile', async () => {
    let finish: (() => void) | undefined;
    const at = camera(CONFIG, {
      encode: () => new Promise((resolve) => (finish = () => resolve({ mime: 'image/png', base64: 'AAAA' }))),
    });
    await at.run(9, empty);
    at.pipeline.reset();
    finish?.();
    await at.pipeline.close();
    expect(at.pipeline.finish()).toEqual([]);
  });
});

describe('its configuration', () => {
  it.each([
    {
      says: 'an area without any area',
      config: {
        ...CONFIG,
        area: { id: 'z1', points: EVERYWHERE.points.map(() => [0.5, 0.5] as [number, number]) },
      },
      code: 'zone-too-small',
    },
    {
      says: 'a floor that is none',
      config: {
        ...CONFIG,
        calibration: {
          ...ABOVE,
          points: [ABOVE.points[0], ABOVE.points[0], ABOVE.points[0], ABOVE.points[0]],
        },
      },
      code: 'calibration-degenerate',
    },
  ] as { says: string; config: CrowdingConfig; code: string }[])('refuses $says', ({ config, code }) => {
    expect(() => camera(config)).toThrow(expect.objectContaining({ code }) as Error);
    const at = camera();
    expect(() => at.pipeline.configure(config)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('may change while people are followed', async () => {
    const at = camera();
    await at.run(4, empty, () => [person(80, 100)]);
    at.pipeline.configure({ ...CONFIG, calibration: ABOVE, area: EVERYWHERE });
    const out = await at.run(4, empty, () => [person(80, 100)]);
    expect(crowds(out).at(-1)).toMatchObject({ standing: 1, density: 0.01 });
  });
});

describe('closer looks', () => {
  const view = { picture: { width: WIDTH, height: HEIGHT }, input: { width: 64, height: 48 }, most: 4 };

  it.each([
    { says: 'nobody has been seen', found: [], some: false },
    { says: 'people are large', found: [person(40, 119, 118), person(120, 119, 118)], some: false },
    {
      says: 'people are small',
      found: [person(30, 70, 40), person(80, 80, 44), person(130, 90, 48)],
      some: true,
    },
  ])('are asked for when they pay: $says', async ({ found, some }) => {
    const at = camera();
    await at.run(6, empty, () => found);
    const regions = at.pipeline.closerLooks(view);
    expect(regions.length > 0).toBe(some);
    const out = await at.run(2, empty, () => found);
    expect(crowds(out)[0]?.closerLooks).toBe(regions.length);
  });

  it('stay where people are seen, and leave the rest of the picture alone', async () => {
    const at = camera();
    await at.run(6, empty, () => [person(30, 70, 40), person(80, 80, 44), person(130, 90, 48)]);
    for (const { y, height } of at.pipeline.closerLooks({ ...view, input: { width: 128, height: 48 } })) {
      expect(y).toBeGreaterThan(5);
      expect(y + height).toBeLessThan(HEIGHT - 5);
    }
  });
});
