/** Hosts that serve the built site: one with the site's headers, and one that sets none. Both tell what they were asked for. */
import { spawn } from 'node:child_process';
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { HOST_FILES } from '../../../build/host-files.ts';

const DIST = resolve(import.meta.dirname, '../../../dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

export interface Host {
  readonly name: string;
  readonly url: string;
  /** Method, address and body of all that was asked for. */
  readonly asked: string[];
  /** Folder of the files that are served: a copy of the built site, which may be tampered with. */
  readonly folder: string;
  close(): Promise<void>;
}

/** @returns the folder that is served, and that of the site in it */
function copyOfSite(below = '', site = DIST): { root: string; folder: string } {
  const root = mkdtempSync(join(tmpdir(), 'incam-attacked-'));
  const folder = join(root, below);
  cpSync(site, folder, { recursive: true });
  return { root, folder };
}

/** Changes one byte of a file of a host for as long as `work` takes. */
export async function withChangedByte<T>({ folder }: Host, path: string, work: () => Promise<T>): Promise<T> {
  const file = join(folder, path);
  const before = readFileSync(file);
  const changed = Buffer.from(before);
  // White space more or less leaves JSON what it was, but not its hash.
  if (path.endsWith('.json')) changed[changed.length - 1] = changed.at(-1) === 0x20 ? 0x0a : 0x20;
  else changed[changed.length >> 1]! ^= 1;
  writeFileSync(file, changed);
  try {
    return await work();
  } finally {
    writeFileSync(file, before);
  }
}

/** As the build wrote them for hosts that take a file. */
const builtHeaders = (site: string): [string, string][] =>
  Object.entries(HOST_FILES['_headers']!.read(readFileSync(join(site, '_headers'), 'utf8')));

const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((done) => server.listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port)));

/** A host that sends the headers in the site's `_headers`. @param site folder of a build; absent: `dist` */
export async function hostWithHeaders(site = DIST): Promise<Host> {
  const headers = builtHeaders(site);
  const { folder } = copyOfSite('', site);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString()));
    request.on('end', () => asked.push(`${request.method} ${request.url} ${body.slice(0, 200)}`));
    for (const [name, value] of headers) response.setHeader(name, value);
    const path = decodeURIComponent(new URL(request.url!, 'http://host').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  const port = await listen(server);
  return {
    name: 'host with headers',
    url: `http://localhost:${port}/`,
    asked,
    folder,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * `python3 -m http.server` on the built site: no header is set.
 * @param below path of the site's folder on the host, such as `a/b`; absent: the host's root
 */
export async function plainHost(below = ''): Promise<Host> {
  // A free port is asked for and given back.
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((done) => probe.close(done));
  const asked: string[] = [];
  const { root, folder } = copyOfSite(below);
  const server = ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', root];
  const python = spawn('python3', server);
  python.stderr.on('data', (data: Buffer) => {
    for (const [, request] of data.toString().matchAll(/"([A-Z]+ \S+)/g)) asked.push(request!);
  });
  const url = `http://localhost:${port}/${below === '' ? '' : `${below}/`}`;
  for (let tries = 0; tries < 50; tries++) {
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    await new Promise((done) => setTimeout(done, 100));
  }
  return {
    name: 'plain host (python3 -m http.server)',
    url,
    asked,
    folder,
    close: async () => {
      const gone = new Promise((done) => python.once('exit', done));
      python.kill();
      await gone;
      rmSync(root, { recursive: true });
    },
  };
}

/** The attacker's own host: whatever reaches it, by HTTP or as a datagram, was not stopped. */
export interface Listener {
  readonly url: string;
  readonly stunPort: number;
  readonly heard: string[];
  close(): Promise<void>;
}

export async function attackersHost(): Promise<Listener> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' });
    response.end('export {}');
  });
  server.on('connection', () => heard.push('a connection'));
  const port = await listen(server);
  const socket = createSocket('udp4', () => heard.push('a datagram'));
  const stunPort = await new Promise<number>((done) =>
    socket.bind(0, '127.0.0.1', () => done(socket.address().port)),
  );
  return {
    url: `http://127.0.0.1:${port}`,
    stunPort,
    heard,
    close: async () => {
      socket.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
