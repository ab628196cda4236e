/**
 * The site's walls as headers, for every kind of host, from one source (`headers.ts`): the development and preview servers
 * send them; the build writes them down for hosts that take a file, and into the page for hosts that take none.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connect, Plugin } from 'vite';
import { contentSecurityPolicy, securityHeaders } from './headers.ts';
import type { SealedBuild } from './sealed-parts.ts';

type Headers = Record<string, string>;
const lines = (headers: Headers, line: (name: string, value: string) => string) =>
  Object.entries(headers)
    .map(([name, value]) => line(name, value))
    .join('\n');

/** Netlify, Cloudflare Pages and others read this file from the site itself. */
const netlify = (headers: Headers) => `/*\n${lines(headers, (name, value) => `  ${name}: ${value}`)}\n`;
/** To be included in a `server` or `location` block. */
const nginx = (headers: Headers) =>
  `${lines(headers, (name, value) => `add_header ${name} "${value}" always;`)}\ntypes { application/wasm wasm; }\n`;
/** To be imported in a site block. */
const caddy = (headers: Headers) =>
  `header {\n${lines(headers, (name, value) => `\t${name} "${value}"`)}\n}\n`;

const send =
  (headers: () => Headers | Promise<Headers>): Connect.NextHandleFunction =>
  (_request, response, next) =>
    void Promise.resolve(headers()).then((all) => {
      for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
      next();
    }, next);

/** @param sealed what the build of the sealed frame came to */
export function siteHeaders(sealed: () => Promise<SealedBuild>): Plugin {
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
      const frameHash = () =>
        existsSync(file) ? /'sha256-([^']+)'/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
      server.middlewares.use(send(() => securityHeaders({ frameHash: frameHash() })));
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
      const headers = securityHeaders({ frameHash: (await sealed()).frameHash });
      const files = { _headers: netlify, 'hosts/nginx.conf': nginx, 'hosts/Caddyfile': caddy };
      for (const [fileName, write] of Object.entries(files))
        this.emitFile({ type: 'asset', fileName, source: write(headers) });
    },
  };
}
