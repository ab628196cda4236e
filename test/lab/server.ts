/** Builds and serves the laboratory, and opens it in Chromium. */
import { chromium, type Browser, type Page } from '@playwright/test';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { securityHeaders } from '../../build/headers.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';
import { ROOT, serve } from '../tools/serve.ts';
import type { Run, RunResult } from './page.ts';

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
          // Only as such is a module compiled while it comes in.
          const type = file.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
          response.setHeader('Content-Type', type);
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
  const server = await serve('test/lab', {
    plugins: () => [
      folders({
        ...mounts,
        '/models': resolve(ROOT, 'public/models'),
        '/samples': resolve(ROOT, 'public/samples'),
      }),
    ],
  });
  let browser: Browser | undefined;
  const page = async (): Promise<Page> => {
    browser ??= await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
    const opened = await browser.newPage();
    await opened.goto(server.url);
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
