/** Every video of `../shared/inputs`, through the real sources: what comes of it, and what is said. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { sourceTest as test } from '../harness.ts';

const FOLDER = '../shared/inputs/video';
const isThere = existsSync(FOLDER);
if (!isThere) console.log(`skipped: there are no videos at ${FOLDER}`);
test.skip(!isThere, `there are no videos at ${FOLDER}`);

/** Opens a file in the worker and takes every picture. */
async function play(page: Page, name: string) {
  const base64 = readFileSync(`${FOLDER}/${name}`).toString('base64');
  return page.evaluate(async (base64) => {
    const file = new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))]);
    const camera = window.harness.worker();
    const source = await camera.open({ kind: 'file', file, pace: 'exact' });
    if ('fault' in source) return { source, frames: [], end: source, events: await camera.events() };
    const { frames, end } = await camera.take();
    return { source, frames, end, events: await camera.events() };
  }, base64);
}

/** Frames, seconds from the first picture to the last, the longest and the shortest step between two, in seconds. */
function pace(frames: readonly { timestampUs: number }[]) {
  const times = frames.map(({ timestampUs }) => timestampUs / 1e6);
  const steps = times.slice(1).map((time, i) => time - times[i]!);
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    frames: frames.length,
    seconds: round(times.at(-1)! - times[0]!),
    longest: round(Math.max(...steps)),
    shortest: round(Math.min(...steps)),
  };
}

/** 300 pictures at 15 a second. */
const WHOLE = { frames: 300, seconds: 19.93, longest: 0.07, shortest: 0.07 };

test.describe('time goes on', () => {
  const ROWS = [
    { name: 'base-480x270.mp4', expected: WHOLE, time: undefined },
    { name: 'ts-joined-timestamps-restart.ts', expected: WHOLE, time: { jumps: 1 } },
    { name: 'fmp4-joined-bytewise.mp4', expected: WHOLE, time: { jumps: 1 } },
    {
      // Senseless stamps: 25 a second are assumed, but for the first pictures, which may be of one moment.
      name: 'all-frames-within-4ms.mp4',
      expected: { frames: 300, seconds: 11.88, longest: 0.04, shortest: 0 },
      time: { jumps: 0, assumedFps: 25 },
    },
    { name: 'lowfps-3.mp4', expected: { frames: 62, shortest: 0.33, longest: 0.33 }, time: undefined },
    { name: 'lowfps-1.mp4', expected: { frames: 22, shortest: 1, longest: 1 }, time: undefined },
  ];
  for (const { name, expected, time } of ROWS) {
    test(name, async ({ page }) => {
      const { frames, end, events } = await play(page, name);
      expect(end).toBe('end');
      expect(pace(frames)).toMatchObject(expected);
      if (time) expect(events.time).toMatchObject(time);
      else expect(events.time).toBeUndefined();
      expect(events.held).toBe(0);
    });
  }
});

test('shape-change-480x270-to-270x480.webm: each picture says its own shape', async ({ page }) => {
  const { frames, end, source } = await play(page, 'shape-change-480x270-to-270x480.webm');
  expect(end).toBe('end');
  expect(source).toMatchObject({ width: 480, height: 270 });
  expect(new Set(frames.map(({ width, height }) => `${width}x${height}`))).toEqual(new Set(['480x270']));
  const shapes = frames.map(({ shape }) => `${shape!.width}x${shape!.height}`);
  expect([...new Set(shapes)]).toEqual(['480x270', '270x480']);
});

test.describe('what cannot be read is called by its name', () => {
  const ROWS = [
    { name: 'h264.avi', end: { fault: 'source-container-unsupported', subject: 'avi' } },
    { name: 'wmv2.wmv', end: { fault: 'source-container-unsupported', subject: 'wmv' } },
    { name: 'anim.gif', end: { fault: 'source-container-unsupported', subject: 'gif' } },
    { name: 'truncated-moov-at-end.mp4', end: { fault: 'source-no-index' } },
    { name: 'ts-starts-mid-gop-intra-refresh.ts', end: { fault: 'source-no-key-picture' } },
  ];
  for (const { name, end } of ROWS) {
    test(name, async ({ page }) => {
      expect((await play(page, name)).end).toEqual(end);
    });
  }
});

test('every video there is expected here', () => {
  const text = readFileSync(import.meta.filename, 'utf8');
  const missing = readdirSync(FOLDER).filter(
    (name) => !text.includes(`'${name}'`) && !text.includes(`'${name}:`),
  );
  expect(missing).toEqual([]);
});
