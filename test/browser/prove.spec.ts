/** The short form of `npm run prove`: a picture that went through the camera is nowhere in the browser's memory after the stop. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { CameraRun, type Seen } from '../prove/camera-run.ts';
import { makeCanary } from '../prove/canary.ts';
import { makeSource, whyNot } from '../prove/sources.ts';
import { Traces } from '../prove/traces.ts';

const why = whyNot();

test('a film leaves nothing in any process, and the page never holds a picture of it', async ({
  baseURL,
}) => {
  test.skip(why !== undefined, why);
  const folder = mkdtempSync(join(tmpdir(), 'incam-canary-'));
  const seed = Date.now() % 2 ** 31;
  const canary = makeCanary(seed);
  const file = makeSource('vp9', canary, folder);
  const run = new CameraRun(
    { case: 'counting', engine: 'wasm', source: 'vp9', glass: 'clear', file },
    new Traces(canary),
    new Traces(makeCanary(seed + 1)),
  );
  try {
    await run.start(baseURL!);
    const seen: Seen[] = [];
    for await (const look of run.goThrough(['paused', 'after-stop'])) seen.push(look);
    const [paused, stopped] = seen;
    // That it is found while the camera holds it shows that it would be found.
    expect(paused!.copies.yuv).toBeGreaterThanOrEqual(1);
    expect(paused!.copies.bgra).toBeGreaterThanOrEqual(1);
    for (const { places, decoy } of seen) {
      expect(places.filter(({ processes }) => processes.includes('renderer of the page'))).toEqual([]);
      expect(decoy).toEqual({});
    }
    expect(stopped!.places).toEqual([]);
    expect(await run.received()).toMatchObject({ binary: 0, unfit: 0 });
  } finally {
    expect(await run.end()).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  }
});
