import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { securityHeaders } from '../../../headers.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const outDir = fileURLToPath(new URL('../../.out/harness', import.meta.url));

/** Builds the harness page with its worker and serves it with the site's own headers, on a port of its own. */
export async function serveHarness(): Promise<{ url: string; close(): Promise<void> }> {
  const common = { root, base: './', configFile: false, logLevel: 'warn', worker: { format: 'es' } } as const;
  await build({ ...common, build: { outDir, emptyOutDir: true, target: 'es2023', minify: false } });
  const server = await preview({
    ...common,
    build: { outDir },
    preview: { port: 0, host: 'localhost', headers: securityHeaders() },
  });
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() };
}
