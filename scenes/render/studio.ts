/**
 * Runs the rendering page in headless Chromium from Node: bundles it, serves it on this machine only, and stores its
 * uploads. Rendering works without a graphics card (SwiftShader), slowly.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, writeFile, mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from '../../test/tools/chromium.ts';
import type { PageApi } from './page.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.png': 'image/png',
};

export interface Studio {
  /** Fingerprint of the rendering code: pictures made by other code are not reused. */
  readonly fingerprint: string;
  /** Calls a function of the page. */
  call<K extends keyof PageApi>(
    name: K,
    ...args: Parameters<PageApi[K]>
  ): Promise<Awaited<ReturnType<PageApi[K]>>>;
  close(): Promise<void>;
}

/**
 * @param out folder that the page may read from and put files into, at addresses under `/out/`
 * @throws when no Chromium is found, see `test/tools/chromium.ts`
 */
export async function openStudio(out: string): Promise<Studio> {
  const bundle = await mkdtemp(join(tmpdir(), 'incam-scenes-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    base: './',
    publicDir: false,
    build: {
      outDir: bundle,
      emptyOutDir: true,
      target: 'es2023',
      chunkSizeWarningLimit: 4000,
      rollupOptions: { input: join(import.meta.dirname, 'page.html') },
    },
  });
  const server = await serve(bundle, out);
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...CHROMIUM_ARGS, '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${port}/page.html`);
  await page.waitForFunction('window.incamScenes', null, { timeout: 60_000 });
  return {
    fingerprint: await fingerprintOf(bundle),
    async call(name, ...args) {
      const result = await page.evaluate(
        ([name, args]) => (window.incamScenes[name] as (...a: unknown[]) => unknown)(...args),
        [name, args] as const,
      );
      if (problems.length > 0) throw new Error(problems.splice(0).join('\n'));
      return result as never;
    },
    async close() {
      await browser.close();
      server.close();
      await rm(bundle, { recursive: true, force: true });
    },
  };
}

/** Of all files of the bundle, in order of their names. */
async function fingerprintOf(bundle: string): Promise<string> {
  const hash = createHash('sha256');
  const files = await readdir(bundle, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  for (const path of paths.sort()) hash.update(await readFile(path));
  return hash.digest('hex').slice(0, 10);
}

function serve(bundle: string, out: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const inOut = pathname.startsWith('/out/');
      const root = inOut ? out : bundle;
      const path = normalize(join(root, decodeURIComponent(inOut ? pathname.slice(4) : pathname)));
      if (!path.startsWith(root + sep)) throw new Error('outside');
      if (request.method === 'PUT' && inOut) {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        await mkdir(dirname(path), { recursive: true });
        // Writes are atomic: an interrupted rendering resumes from the existing files.
        await writeFile(`${path}.part`, Buffer.concat(chunks));
        await rename(`${path}.part`, path);
        response.end();
        return;
      }
      const body = await readFile(path);
      response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
