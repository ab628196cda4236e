/** Pages that only tests open: built as the site is built, and served on a port of their own. */
import { resolve } from 'node:path';
import { build, preview, type Plugin } from 'vite';
import { securityHeaders } from '../../build/headers.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The site's headers without Trusted Types: a harness starts its own worker by an address, which the site's page never does.
 * Its camera may import blobs, as the one in the sealed frame may. What the policy says of hosts and workers stays.
 */
function harnessHeaders(): Record<string, string> {
  const headers = securityHeaders();
  const policy = (headers['Content-Security-Policy'] ?? '')
    .split(';')
    .filter((directive) => !/^\s*(require-trusted-types-for|trusted-types)\b/.test(directive))
    .map((directive) => (/^\s*script-src\b/.test(directive) ? `${directive} blob:` : directive))
    .join(';');
  return { ...headers, 'Content-Security-Policy': policy };
}

export interface PageOptions {
  /** Folder whose files are served beside the page, from the repository's root. */
  readonly publicDir?: string;
  /** The site's own, unless the page is not about the site. */
  readonly headers?: Record<string, string>;
  readonly plugins?: () => Plugin[];
  readonly minify?: boolean;
}

/**
 * @param folder the page's `index.html` is in it, from the repository's root
 * @throws {Error} when the build fails
 */
export async function serve(
  folder: string,
  { publicDir, headers = harnessHeaders(), plugins = () => [], minify = true }: PageOptions = {},
): Promise<Served> {
  // Tests that run beside one another build into folders of their own.
  const outDir = `test/.out/pages/${folder.replaceAll('/', '-')}-${process.env['TEST_PARALLEL_INDEX'] ?? 0}`;
  const common = () =>
    ({
      root: resolve(ROOT, folder),
      configFile: false,
      base: './',
      publicDir: publicDir === undefined ? false : resolve(ROOT, publicDir),
      logLevel: 'warn',
      worker: { format: 'es' },
      build: {
        outDir: resolve(ROOT, outDir),
        emptyOutDir: true,
        target: 'es2023',
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 4000,
        minify,
      },
      plugins: plugins(),
    }) as const;
  await build(common());
  const server = await preview({ ...common(), preview: { port: 0, host: 'localhost', headers } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error(`${folder} has no address`);
  return { url, close: () => server.close() };
}
