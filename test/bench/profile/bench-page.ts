/** Builds the profile's page with the runtimes to compare, and opens it in Chromium. */
import { chromium, type Page } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { patch, type PatchOptions } from '../../../models/runtime/patch.ts';
import { folders } from '../../lab/server.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../../tools/chromium.ts';
import { ROOT, serve } from '../../tools/serve.ts';

/** The runtime's binaries by name; `untouched` is as it is installed, `ours` is what the site serves. */
const RUNTIMES: Readonly<Record<string, PatchOptions | undefined>> = {
  untouched: undefined,
  ours: {},
  depthwise: { gemm: false },
  gemm: { depthwise: false },
  relaxed: { relaxed: true },
};

const LOOK_MS = 400;
const MAX_SETTLING_MS = 20_000;
/** Share of a core below which a page does nothing. */
const AT_REST = 0.06;

export interface ProfilePage {
  readonly page: Page;
  readonly browser: string;
  /** Everything the page and its workers wrote to the console. */
  readonly lines: string[];
  /** Milliseconds of processor time that the page's process took until now: other processes do not count. */
  cpuMs(): Promise<number>;
  /** Waits until the page is at rest: after first runs the browser compiles what was hot once more, in the background. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** @throws {Error} when the build fails or no Chromium can be had */
export async function openProfilePage(): Promise<ProfilePage> {
  const binaries = resolve(ROOT, 'test/.out/runtimes');
  const original = readFileSync(
    resolve(ROOT, 'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'),
  );
  mkdirSync(binaries, { recursive: true });
  for (const [name, options] of Object.entries(RUNTIMES))
    writeFileSync(resolve(binaries, `${name}.wasm`), options ? patch(original, options) : original);
  const server = await serve('test/bench/profile', {
    plugins: () => [
      folders({
        '/models': resolve(ROOT, 'public/models'),
        '/samples': resolve(ROOT, 'public/samples'),
        '/runtimes': binaries,
      }),
    ],
  });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  const page = await browser.newPage();
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  await page.goto(server.url);
  await page.waitForFunction(() => 'profile' in window);
  const system = await browser.newBrowserCDPSession();
  const cpuMs = async () => {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    return renderers.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  };
  return {
    page,
    browser: browser.version(),
    lines,
    cpuMs,
    async settle() {
      for (let waited = 0; waited < MAX_SETTLING_MS; waited += LOOK_MS) {
        const before = await cpuMs();
        await page.waitForTimeout(LOOK_MS);
        if ((await cpuMs()) - before < LOOK_MS * AT_REST) return;
      }
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
