/** Opens headless Chromium with software WebGL and runs a bundled page of `scenes/` in it. */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from '../../test/tools/chromium.ts';

const GL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
/** Driver chatter that says nothing about our code. */
const CHATTER = /GPU stall|GL Driver Message|swiftshader/i;

/** @returns the module and all it imports as one classic script */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['iife'], name: 'page' },
    },
  });
  const output = Array.isArray(result) ? result[0]!.output : 'output' in result ? result.output : [];
  const chunk = output.flatMap((file) => (file.type === 'chunk' ? [file] : []))[0];
  if (!chunk) throw new Error(`Bundling ${entry} gave no script.`);
  return chunk.code;
}

/**
 * @param entry module, relative to this file, whose exports become the page's global `page`
 * @param use runs against the opened page; the browser is closed afterwards, whatever happens
 */
export async function withPage<T>(entry: string, use: (page: Page) => Promise<T>): Promise<T> {
  const script = await bundle(entry);
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...CHROMIUM_ARGS, ...GL],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.on('console', (message) => {
      if (!CHATTER.test(message.text())) console.log(`[page] ${message.text().slice(0, 2000)}`);
    });
    page.on('pageerror', (error) => console.error(`[page] ${error.stack ?? error.message}`));
    await page.setContent('<!doctype html><title>incam scenes</title>');
    await page.addScriptTag({ content: script });
    return await use(page);
  } finally {
    await browser.close();
  }
}
