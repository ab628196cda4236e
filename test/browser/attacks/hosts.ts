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

const DIST = resolve(import.meta.dirname, '../../../dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.webp': 'image/webp',
  '.png': 'image/png',
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

function copyOfSite(): string {
  const folder = mkdtempSync(join(tmpdir(), 'incam-attacked-'));
  cpSync(DIST, folder, { recursive: true });
  return folder;
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
function builtHeaders(): [string, string][] {
  return readFileSync(join(DIST, '_headers'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
}

const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((done) => server.listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port)));

/** A host that sends the headers in `dist/_headers`. */
export async function hostWithHeaders(): Promise<Host> {
  const headers = builtHeaders();
  const folder = copyOfSite();
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

/** `python3 -m http.server` on the built site: no header is set. */
export async function plainHost(): Promise<Host> {
  // A free port is asked for and given back.
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((done) => probe.close(done));
  const asked: string[] = [];
  const folder = copyOfSite();
  const server = ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', folder];
  const python = spawn('python3', server);
  python.stderr.on('data', (data: Buffer) => {
    for (const [, request] of data.toString().matchAll(/"([A-Z]+ \S+)/g)) asked.push(request!);
  });
  const url = `http://localhost:${port}/`;
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
      rmSync(folder, { recursive: true });
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
