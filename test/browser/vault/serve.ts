import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { securityHeaders } from '../../../headers.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Builds the harness as the site is built, and serves it with the site's own headers. */
export async function serveVault(): Promise<{ url: string; close(): Promise<void> }> {
  const common = {
    root: path('.'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    worker: { format: 'es' },
    publicDir: false,
    build: {
      outDir: path('../../.out/vault'),
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
