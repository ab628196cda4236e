/** Builds the page on which both sides meet, serves it, and opens it in Chromium. */
import { chromium, type Page } from '@playwright/test';
import { resolve } from 'node:path';
import { folders } from '../../lab/server.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../../tools/chromium.ts';
import { ROOT, serve } from '../../tools/serve.ts';

/** Cross-origin isolation for threads. Not the site's policy: TensorFlow.js starts its threads from blobs. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export interface Arena {
  readonly page: Page;
  readonly browser: string;
  close(): Promise<void>;
}

/** @throws {Error} when the build fails or no Chromium can be had */
export async function openArena(): Promise<Arena> {
  const server = await serve('test/bench/peers', {
    headers: HEADERS,
    // TensorFlow.js starts its threads from the text of one of its functions, which must keep its names.
    minify: false,
    plugins: () => [
      folders({
        '/models': resolve(ROOT, 'public/models'),
        '/samples': resolve(ROOT, 'public/samples'),
        '/human-models': resolve(ROOT, 'node_modules/@vladmandic/human/models'),
        '/tfjs-wasm': resolve(ROOT, 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out'),
      }),
    ],
  });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(message.text());
  });
  await page.goto(server.url);
  await page.waitForFunction(() => 'peers' in window);
  return {
    page,
    browser: browser.version(),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
