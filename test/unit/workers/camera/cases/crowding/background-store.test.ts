import { describe, expect, it } from 'vitest';
import type { CrowdingPipeline } from '../../../../../../workers/camera/cases/crowding/pipeline.ts';
import {
  camera,
  CONFIG,
  crowds,
  empty,
  FPS,
  frame,
  HEIGHT,
  person,
  pictures,
  WIDTH,
} from './crowding-camera.ts';

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

  it('is not retaken while a person is there, and the old one stays', async () => {
    const at = camera();
    await at.run(9, empty);
    await at.run(1, empty, () => [person(80, 100)]);
    await expect(at.pipeline.command({ case: 'crowding', do: 'capture-background' })).rejects.toMatchObject({
      code: 'place-not-empty',
    });
    expect(crowds(await at.run(2, empty, () => [person(80, 100)])).at(-1)?.background).toBe('captured');
  });

  it('is not taken anew while something moves', async () => {
    const at = camera();
    const flicker = (s: number) =>
      frame((i) => (i % 40 < 20 ? 30 : Math.round(s * FPS) % 2 === 0 ? 20 : 220));
    await at.run(5, flicker);
    await expect(at.pipeline.command({ case: 'crowding', do: 'capture-background' })).rejects.toMatchObject({
      code: 'place-moving',
    });
  });

  it('is destroyed and retaken on command when the place is empty', async () => {
    const at = camera();
    await at.run(9, empty);
    await at.pipeline.command({ case: 'crowding', do: 'capture-background' });
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
