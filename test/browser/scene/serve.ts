import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { securityHeaders } from '../../../headers.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const outDir = fileURLToPath(new URL('../../.out/scene', import.meta.url));

/** Builds the harness of the live scene as the site is built, and serves it with the site's own headers. */
export async function serveScene(): Promise<{ url: string; close(): Promise<void> }> {
  const common = { root, base: './', configFile: false, logLevel: 'warn', worker: { format: 'es' } } as const;
  await build({
    ...common,
    build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1500, assetsInlineLimit: 0 },
  });
  const server = await preview({
    ...common,
    build: { outDir },
    preview: { port: 0, host: 'localhost', headers: securityHeaders() },
  });
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() };
}
