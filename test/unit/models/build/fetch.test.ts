import { createHash } from 'node:crypto';
import { existsSync, symlinkSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  fetchFile,
  type FetchError,
  type FetchReason,
  type FetchSpec,
} from '../../../../models/build/fetch.ts';

const content = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));
const hash = createHash('sha256').update(content).digest('hex');
const quick = { pauseMs: 1, silenceMs: 400, retries: 2 };

type Behaviour = (request: IncomingMessage, response: ServerResponse, visit: number) => void;

/** Sends the rest of the file from where the client asks; optionally breaks off after some bytes. */
function serve(
  response: ServerResponse,
  range: string | undefined,
  options: { cut?: number; ranges?: boolean } = {},
) {
  const { cut, ranges = true } = options;
  const start = ranges && range ? Number(/bytes=(\d+)-/.exec(range)![1]) : 0;
  const body = content.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    'content-length': body.length,
    ...(start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
  });
  if (cut === undefined) response.end(body);
  else response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
}

let server: Server;
let folder: string;
let spec: FetchSpec;
let target: string;
let behaviour: Behaviour;
let requests: (string | undefined)[];

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.headers.range);
    behaviour(request, response, requests.length);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  folder = await mkdtemp(join(tmpdir(), 'incam-fetch-'));
  target = join(folder, 'new', 'model.onnx');
  const { port } = server.address() as AddressInfo;
  spec = { url: `http://127.0.0.1:${port}/model.onnx`, sha256: hash, bytes: content.length };
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const part = () => `${target}.part`;
const refused = (reason: FetchReason) =>
  expect.objectContaining({ name: 'FetchError', reason }) as FetchError;

describe('a download that succeeds', () => {
  it('is whole, shows its progress and leaves nothing else behind', async () => {
    behaviour = (request, response) => serve(response, request.headers.range);
    const seen: number[] = [];
    await fetchFile(spec, target, {
      ...quick,
      progress: (loaded, total) => {
        expect(total).toBe(content.length);
        seen.push(loaded);
      },
    });
    expect(await readFile(target)).toEqual(content);
    expect(existsSync(part())).toBe(false);
    expect(seen.at(-1)).toBe(content.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('goes on where the connection broke, as often as it takes while there is progress', async () => {
    behaviour = (request, response) => serve(response, request.headers.range, { cut: 30_000 });
    await fetchFile(spec, target, quick);
    expect(await readFile(target)).toEqual(content);
    // More connections than `retries` allows for failures in a row, each asking for what was missing.
    expect(requests.length).toBeGreaterThan(4);
    expect(requests[0]).toBeUndefined();
    expect(requests[1]).toMatch(/^bytes=\d+-$/);
  });

  it('goes on where an earlier run was stopped', async () => {
    await fetchFileUntilCut();
    const have = (await stat(part())).size;
    expect(have).toBeGreaterThan(0);
    requests = [];
    behaviour = (request, response) => serve(response, request.headers.range);
    await fetchFile(spec, target, quick);
    expect(requests).toEqual([`bytes=${have}-`]);
    expect(await readFile(target)).toEqual(content);
  });

  it('starts over where the server cannot go on', async () => {
    await fetchFileUntilCut();
    behaviour = (request, response) => serve(response, request.headers.range, { ranges: false });
    await fetchFile(spec, target, quick);
    expect(await readFile(target)).toEqual(content);
  });

  it('tries again when the server is busy', async () => {
    behaviour = (request, response, visit) => {
      if (visit > 2) serve(response, request.headers.range);
      else response.writeHead(visit === 1 ? 503 : 429).end();
    };
    await fetchFile(spec, target, quick);
    expect(requests.length).toBe(3);
  });

  it('does not ask again for what is complete already', async () => {
    await fetchFileUntilCut();
    await writeFile(part(), content);
    requests = [];
    await fetchFile(spec, target, quick);
    expect(requests).toEqual([]);
    expect(await readFile(target)).toEqual(content);
  });

  it('throws a longer leftover away', async () => {
    await fetchFileUntilCut();
    await writeFile(part(), Buffer.concat([content, content]));
    behaviour = (request, response) => serve(response, request.headers.range);
    await fetchFile(spec, target, quick);
    expect(await readFile(target)).toEqual(content);
  });
});

/** A run that loses its connection for good after some bytes. */
async function fetchFileUntilCut(): Promise<void> {
  behaviour = (request, response, visit) => {
    if (visit === 1) serve(response, undefined, { cut: 50_000 });
    else request.socket.destroy();
  };
  await expect(fetchFile(spec, target, { ...quick, retries: 0 })).rejects.toThrow(refused('offline'));
}

describe('a download that fails', () => {
  it('with another file than promised keeps nothing', async () => {
    behaviour = (request, response) => serve(response, request.headers.range);
    spec = { ...spec, sha256: '0'.repeat(64) };
    await expect(fetchFile(spec, target, quick)).rejects.toThrow(refused('wrong-file'));
    expect([existsSync(target), existsSync(part())]).toEqual([false, false]);
  });

  it('with a file that never ends stops at once and keeps nothing', async () => {
    behaviour = (_, response) => {
      const more = () => response.writable && response.write(content, more);
      response.writeHead(200);
      more();
    };
    await expect(fetchFile(spec, target, quick)).rejects.toThrow(refused('wrong-file'));
    expect(existsSync(part())).toBe(false);
  });

  it('because the file is not there says so, without trying again', async () => {
    behaviour = (_, response) => response.writeHead(404).end('not found');
    await expect(fetchFile(spec, target, quick)).rejects.toThrow(refused('refused'));
    expect(requests.length).toBe(1);
  });

  it('because no server answers says so', async () => {
    server.close();
    await expect(fetchFile(spec, target, quick)).rejects.toThrow(refused('offline'));
  });

  it('because the server falls silent keeps what arrived', async () => {
    behaviour = (_, response, visit) => {
      response.writeHead(visit === 1 ? 200 : 206, { 'content-range': 'bytes 40000-199999/200000' });
      if (visit === 1) response.write(content.subarray(0, 40_000));
      else response.flushHeaders();
    };
    await expect(fetchFile(spec, target, { ...quick, retries: 1 })).rejects.toThrow(refused('interrupted'));
    expect((await stat(part())).size).toBe(40_000);
  });

  it('because the server goes on at the wrong place keeps what is right', async () => {
    await fetchFileUntilCut();
    const have = (await stat(part())).size;
    behaviour = (_, response) => {
      response.writeHead(206, { 'content-range': 'bytes 7-199999/200000' }).end(content.subarray(7));
    };
    await expect(fetchFile(spec, target, quick)).rejects.toThrow(refused('refused'));
    expect((await stat(part())).size).toBe(have);
  });

  it.runIf(existsSync('/dev/full'))('because the disk is full says so', async () => {
    await fetchFileUntilCut();
    await rm(part());
    symlinkSync('/dev/full', part());
    behaviour = (request, response) => serve(response, request.headers.range);
    await expect(fetchFile(spec, target, quick)).rejects.toThrow(refused('disk-full'));
    expect(existsSync(target)).toBe(false);
  });
});
