import { describe, expect, it } from 'vitest';
import { FloodGauge, MAX_BYTES_PER_SECOND } from '../../../../src/camera/admit.ts';
import { Camera } from '../../../../src/camera/client.svelte.ts';
import { crossing, fakeWorkers } from '../fakes.ts';

describe('the bound on what a camera can say', () => {
  it.each([
    { says: 'a camera at its usual pace', bytes: 20_000, everyMs: 100, seconds: 60, exceeds: false },
    { says: 'a burst at the start', bytes: 1_000_000, everyMs: 10, seconds: 0.1, exceeds: false },
    {
      says: 'twice the bound, for as long as it is measured',
      bytes: MAX_BYTES_PER_SECOND * 2,
      everyMs: 1000,
      seconds: 10,
      exceeds: true,
    },
  ])('$says: $exceeds', ({ bytes, everyMs, seconds, exceeds }) => {
    let now = 0;
    const gauge = new FloodGauge(() => now);
    let found = false;
    for (; now < seconds * 1000; now += everyMs) found ||= gauge.exceeds(bytes);
    expect(found).toBe(exceeds);
  });

  it('switches a camera off that sends more', async () => {
    const { openFrame, last } = fakeWorkers();
    const camera = new Camera({ openFrame, wipeWithinMs: 40, flood: () => new FloodGauge(() => 0, 1000) });
    await camera.start({
      engines: [{ model: 'm', backend: 'wasm', threads: 1 }],
      cases: [],
      masks: [],
      source: () => Promise.resolve({ spec: { kind: 'pattern', width: 8, height: 8, fps: 1 } }),
    });
    const record = crossing();
    const needed = 10_000 / JSON.stringify(record).length + 2;
    for (let i = 0; i < needed && camera.power !== 'off'; i++) last().say({ record });
    expect([camera.power, last().terminated, camera.wiped]).toEqual(['off', true, false]);
    expect(camera.troubles.list.map(({ code }) => code)).toEqual(['gate-flooded']);
  });
});
