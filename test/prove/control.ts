/** Shows that the scanner finds what is there: a page that holds the canary in each form, and then one that does not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';
import { COLUMNS, ROWS, toRgb, type Canary } from './canary.ts';
import { look, type Look } from './look.ts';
import { BrowserProcesses } from './processes.ts';
import type { Traces } from './traces.ts';

/** @returns a look before, and one while a page holds the canary as YUV, RGBA, BGRA and normalised floats */
export async function checkScanner(
  canary: Canary,
  traces: Traces,
  decoy: Traces,
): Promise<{ before: Look; held: Look }> {
  const profile = mkdtempSync(join(tmpdir(), 'incam-prove-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(),
    args: CHROMIUM_ARGS,
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto('about:blank');
    const processes = new BrowserProcesses(profile);
    const before = look(processes, traces, decoy);
    const rgb = canary.blocks.map((line) => line.map((block) => toRgb(block, 'bt709')));
    await page.evaluate(`(${hold})(${JSON.stringify([canary.blocks, rgb, ROWS, COLUMNS])})`);
    return { before, held: look(processes, traces, decoy) };
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Runs in the page. */
const hold = `([yuv, rgb, rows, columns]) => {
  const [w, h] = [640, 360];
  const fill = (target, width, height, value) => {
    for (let y = 0, at = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (const each of value(Math.floor((y * rows) / height), Math.floor((x * columns) / width))) target[at++] = each;
    return target;
  };
  const plane = (i, width, height) => fill(new Uint8Array(width * height), width, height, (r, c) => [yuv[r][c][i]]);
  self.held = [
    plane(0, w, h), plane(1, w / 2, h / 2), plane(2, w / 2, h / 2),
    fill(new Uint8Array(w * h * 4), w, h, (r, c) => [...rgb[r][c], 255]),
    fill(new Uint8Array(w * h * 4), w, h, (r, c) => [...rgb[r][c].toReversed(), 255]),
    ...[0, 1, 2].map((i) => fill(new Float32Array(w * h), w, h, (r, c) => [(rgb[r][c][i] - 123.7) / 58.4])),
  ];
}`;
