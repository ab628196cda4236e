import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { securityHeaders } from '../../../headers.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Builds the harness as the site is built, models included, and serves it with the site's own headers. */
export async function serveInference(): Promise<{ url: string; close(): Promise<void> }> {
  const common = {
    root: path('.'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    worker: { format: 'es' },
    publicDir: path('../../../public'),
    build: {
      outDir: path('../../.out/inference'),
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
    },
  } as const;
  await build(common);
  const server = await preview({
    ...common,
    preview: { port: 0, host: 'localhost', headers: securityHeaders() },
  });
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() };
}
