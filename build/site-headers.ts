/**
 * The site's walls as headers, for every kind of host, from one source (`headers.ts`): the development and preview servers
 * send them; the build writes them down for hosts that take a file, and into the page for hosts that take none.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connect, Plugin } from 'vite';
import { contentSecurityPolicy, securityHeaders } from './headers.ts';
import { HOST_FILES, type Headers } from './host-files.ts';
import type { SealedBuild } from './sealed-parts.ts';

const send =
  (headers: () => Headers | Promise<Headers>): Connect.NextHandleFunction =>
  (_request, response, next) =>
    void Promise.resolve(headers()).then((all) => {
      for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
      next();
    }, next);

/**
 * @param sealed what the build of the sealed frame came to
 * @param ancestors origins whose pages may show the site
 */
export function siteHeaders(sealed: () => Promise<SealedBuild>, ancestors: readonly string[]): Plugin {
  return {
    name: 'incam-site-headers',
    configureServer(server) {
      server.middlewares.use(
        send(async () => securityHeaders({ dev: true, frameHash: (await sealed()).frameHash })),
      );
    },
    configurePreviewServer(server) {
      const { root, build } = server.config;
      const file = join(root, build.outDir, '_headers');
      // What was built is what is sent, also when it is built anew while it is served.
      const built = () =>
        existsSync(file) ? HOST_FILES['_headers']!.read(readFileSync(file, 'utf8')) : securityHeaders();
      server.middlewares.use(send(built));
    },
    transformIndexHtml: {
      order: 'post',
      async handler(_html, { server }) {
        if (server) return [];
        const content = contentSecurityPolicy({ frameHash: (await sealed()).frameHash });
        return [
          {
            tag: 'meta',
            attrs: { 'http-equiv': 'Content-Security-Policy', content },
            injectTo: 'head-prepend',
          },
        ];
      },
    },
    async generateBundle() {
      const headers = securityHeaders({ frameHash: (await sealed()).frameHash, ancestors });
      for (const [fileName, { write }] of Object.entries(HOST_FILES))
        this.emitFile({ type: 'asset', fileName, source: write(headers) });
    },
  };
}
