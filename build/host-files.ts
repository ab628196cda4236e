/**
 * The site's headers written down for each kind of host, from one source (`headers.ts`), and read back again: what the preview
 * server sends and what the tests compare is what a host would read.
 */
export type Headers = Readonly<Record<string, string>>;

/** One file for one kind of host. */
interface HostFile {
  /** @throws {Error} for a value that the format cannot hold */
  readonly write: (headers: Headers) => string;
  /** Headers that a host sends which reads this file. */
  readonly read: (text: string) => Headers;
}

/** A quote or a line's end would end the value early. */
function plain(value: string): string {
  if (/["\\\n\r$]/.test(value)) throw new Error(`no host's file can hold this header: ${value}`);
  return value;
}

const lines = (headers: Headers, line: (name: string, value: string) => string): string =>
  Object.entries(headers)
    .map(([name, value]) => line(name, plain(value)))
    .join('\n');

const found = (text: string, pattern: RegExp): Headers =>
  Object.fromEntries([...text.matchAll(pattern)].map(([, name, value]) => [name!, value!]));

/**
 * All types of files that the site has. In nginx a list of types takes the place of the host's own: one that named `wasm` alone
 * would send the page and its scripts as plain text, which no browser shows or runs.
 */
const TYPES: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'text/css': 'css',
  'text/javascript': 'js',
  'text/plain': 'txt',
  'application/json': 'json',
  'application/manifest+json': 'webmanifest',
  'application/wasm': 'wasm',
  'image/svg+xml': 'svg',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
};

const nginxTypes = `types {\n${Object.entries(TYPES)
  .map(([type, ending]) => `  ${type} ${ending};`)
  .join('\n')}\n}\ndefault_type application/octet-stream;\n`;
const nginx = (headers: Headers): string =>
  `${lines(headers, (name, value) => `add_header ${name} "${value}" always;`)}\n${nginxTypes}`;
const readNginx = (text: string): Headers => found(text, /^\s*add_header (\S+) "([^"]*)" always;$/gm);
const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

/** By path in the built site. */
export const HOST_FILES: Readonly<Record<string, HostFile>> = {
  /** Netlify, Cloudflare Pages and others read this file from the site itself. */
  _headers: {
    write: (headers) => `/*\n${lines(headers, (name, value) => `  ${name}: ${value}`)}\n`,
    read: (text) => found(text, /^ {2}([^:\s]+): (.*)$/gm),
  },
  /** To be included in a `server` or `location` block. */
  'hosts/nginx.conf': { write: nginx, read: readNginx },
  /** The one server of the container's image (`Containerfile`). */
  'hosts/container.conf': {
    write: (headers) =>
      [
        'server {',
        '  listen 8080;',
        '  root /usr/share/nginx/html;',
        '  index index.html;',
        '  server_tokens off;',
        indented(nginx(headers)).trimEnd(),
        '}\n',
      ].join('\n'),
    read: readNginx,
  },
  /** To be imported in a site block. */
  'hosts/Caddyfile': {
    write: (headers) => `header {\n${lines(headers, (name, value) => `\t${name} "${value}"`)}\n}\n`,
    read: (text) => found(text, /^\t(\S+) "([^"]*)"$/gm),
  },
};
