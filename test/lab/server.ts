/** Builds and serves the laboratory, and opens it in Chromium. */
import { chromium, type Browser, type Page } from '@playwright/test';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, preview, type Plugin, type PreviewServer } from 'vite';
import { securityHeaders } from '../../headers.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';
import type { Run, RunResult } from './page.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const OUT = resolve(ROOT, 'test/.out/lab');

/** Serves folders of this machine under a path, read-only; for footage that is not part of the site. */
export function folders(mounts: Record<string, string>): Plugin {
  return {
    name: 'incam-lab-folders',
    configurePreviewServer(server) {
      for (const [path, folder] of Object.entries(mounts)) {
        server.middlewares.use(path, (request, response, next) => {
          const file = resolve(
            folder,
            `.${decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)}`,
          );
          if (!file.startsWith(resolve(folder)) || !existsSync(file) || !statSync(file).isFile())
            return next();
          response.setHeader('Content-Length', statSync(file).size);
          response.setHeader('Content-Type', 'application/octet-stream');
          for (const [name, value] of Object.entries(securityHeaders())) response.setHeader(name, value);
          createReadStream(file).pipe(response);
        });
      }
    },
  };
}

/** A laboratory ready for runs; close it when done. */
export interface Laboratory {
  run(run: Run): Promise<RunResult>;
  close(): Promise<void>;
}

/**
 * @param mounts URL path -> folder with footage or models
 * @throws {Error} when the build fails or no Chromium can be had
 */
export async function openLaboratory(mounts: Record<string, string>): Promise<Laboratory> {
  const plugins = [
    folders({
      ...mounts,
      '/models': resolve(ROOT, 'public/models'),
      '/samples': resolve(ROOT, 'public/samples'),
    }),
  ];
  const shared = {
    root: resolve(ROOT, 'test/lab'),
    configFile: false,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir: OUT,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1500,
    },
    plugins,
  } as const;
  await build({ ...shared, plugins: [...plugins] });
  const server: PreviewServer = await preview({
    ...shared,
    plugins: [...plugins],
    preview: { port: 0, headers: securityHeaders() },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the laboratory has no address');
  let browser: Browser | undefined;
  const page = async (): Promise<Page> => {
    browser ??= await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
    const opened = await browser.newPage();
    await opened.goto(url);
    await opened.waitForFunction(() => 'lab' in window);
    return opened;
  };
  return {
    // A page of its own for every run: nothing of one can help or hinder the next.
    async run(run) {
      const opened = await page();
      try {
        return await opened.evaluate((job) => window.lab.run(job), run);
      } finally {
        await opened.close();
      }
    },
    async close() {
      await browser?.close();
      await server.close();
    },
  };
}
