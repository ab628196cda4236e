/** A visitor before the webcam gets an answer: that nothing about one person alone leaves, and nothing does. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { of } from '../site/drive.ts';
import { openSite, watch, type Watch } from '../site/watch.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';

/** The sample's synthetic people, as a film that Chromium shows in place of a webcam. */
const FILM = resolve(import.meta.dirname, '../.out/webcam.mjpeg');
mkdirSync(join(FILM, '..'), { recursive: true });
const sample = resolve(import.meta.dirname, '../../public/samples/attributes.mp4');
const made = spawnSync('ffmpeg', ['-y', '-loglevel', 'error', '-i', sample, '-t', '20', '-q:v', '4', FILM]);

test.skip(made.status !== 0, 'ffmpeg is not installed: there is no film to show in place of a webcam');
test.use({
  launchOptions: {
    executablePath: ensureChromium(),
    args: [
      ...CHROMIUM_ARGS,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${FILM}`,
    ],
  },
});

const QUICK = { backend: 'wasm', threads: 1 } as const;

/** Faces are read, and for the first minutes nothing about any of them leaves: the first bin has not ended. */
async function expectFacesReadAndKeptIn(seen: Watch) {
  const crops = async () =>
    of(await seen.records(), 'ledger')
      .at(-1)
      ?.cases.find((row) => row.case === 'attributes')?.crops.made ?? 0;
  await expect.poll(crops, { timeout: 60_000 }).toBeGreaterThan(10);
  expect(of(await seen.records(), 'attribute')).toEqual([]);
}

test('on the tour', async ({ page }) => {
  test.setTimeout(120_000);
  const seen = await watch(page);
  await openSite(page, '', 'tour', QUICK);
  for (let screen = 1; screen < 8; screen++)
    await page.getByRole('button', { name: /^(Begin|Next)$/ }).click();
  // What happens to the picture is said before the browser asks.
  await expect(page.getByText(/never leaves this device\. You can stop at any time/)).toBeVisible();
  await page.getByRole('button', { name: 'Use my own camera' }).click();
  await expect(page.getByText('a record of one person alone does not leave', { exact: false })).toBeVisible({
    timeout: 40_000,
  });
  await expectFacesReadAndKeptIn(seen);
  await page.getByRole('button', { name: 'Stop and wipe' }).click();
  await expect(page.locator('iframe')).toHaveCount(0, { timeout: 20_000 });
  // The next screen needs no camera, and none comes back with the one before.
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('button', { name: 'Use my own camera' })).toBeVisible();
  expect(seen.errors).toEqual([]);
});

test('on the page of case 1', async ({ page }) => {
  test.setTimeout(120_000);
  const seen = await watch(page);
  await openSite(page, '', 'attributes', QUICK);
  await page.getByRole('button', { name: 'Webcam' }).click();
  await expect(
    page.getByText('A record of one person alone does not leave.', { exact: false }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).first().click();
  await expectFacesReadAndKeptIn(seen);
});
