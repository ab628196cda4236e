/** Fetches one pinned file: shows progress, resumes an interrupted download, and never keeps a wrong file. */
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sha256OfFile } from './files.ts';

export interface FetchSpec {
  url: string;
  sha256: string;
  bytes: number;
}

/**
 * - `offline`: no connection
 * - `refused`: the server does not give the file
 * - `interrupted`: the connection broke and did not return; the received part is kept
 * - `wrong-file`: size or hash is not the card's; nothing is kept
 * - `disk-full`: no space left; the received part is kept
 */
export type FetchReason = 'offline' | 'refused' | 'interrupted' | 'wrong-file' | 'disk-full';

export class FetchError extends Error {
  constructor(
    readonly reason: FetchReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'FetchError';
  }
}

export interface FetchOptions {
  /** Called as bytes arrive; counts the bytes of earlier attempts, too. */
  progress?: (loaded: number, total: number) => void;
  /** Maximum number of retries without a new byte. Default 3. */
  retries?: number;
  /** Pause before the first retry in ms, doubled each time. Default 1000. */
  pauseMs?: number;
  /** A connection silent for this long in ms counts as broken. Default 30 s. */
  silenceMs?: number;
}

/**
 * Downloads to `target` through `target.part`, which a later call resumes.
 *
 * @throws {FetchError}
 */
export async function fetchFile(spec: FetchSpec, target: string, options: FetchOptions = {}): Promise<void> {
  const { retries = 3, pauseMs = 1000 } = options;
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  let have = await sizeOf(part);
  if (have > spec.bytes) {
    await rm(part);
    have = 0;
  }
  for (let failures = 0; have < spec.bytes;) {
    const before = have;
    try {
      have = await receive(spec, part, have, options);
    } catch (error) {
      if (error instanceof FetchError && error.reason !== 'interrupted' && error.reason !== 'offline')
        throw error;
      have = await sizeOf(part);
      failures = have > before ? 0 : failures + 1;
      if (failures > retries) throw error;
      await new Promise((done) => setTimeout(done, pauseMs * 2 ** Math.max(failures - 1, 0)));
    }
  }
  const hash = await sha256OfFile(part);
  if (hash !== spec.sha256) {
    await rm(part);
    throw new FetchError('wrong-file', `${spec.url} has SHA-256 ${hash}, expected ${spec.sha256}`);
  }
  await rename(part, target);
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** One connection. @returns how many bytes are there now */
async function receive(
  spec: FetchSpec,
  part: string,
  have: number,
  { progress, silenceMs = 30_000 }: FetchOptions,
): Promise<number> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  let file: FileHandle | undefined;
  try {
    const response = await connect(spec, have, silence.signal);
    let loaded = startOf(response, have, spec);
    file = await open(part, loaded === 0 ? 'w' : 'a');
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silenceMs);
      loaded += chunk.length;
      if (loaded > spec.bytes) {
        await rm(part);
        throw new FetchError('wrong-file', `${spec.url} is larger than ${spec.bytes} bytes`);
      }
      await file.writeFile(chunk);
      progress?.(loaded, spec.bytes);
    }
    if (loaded < spec.bytes) throw broken(spec, loaded);
    return loaded;
  } catch (cause) {
    if (cause instanceof FetchError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new FetchError('disk-full', `no room for ${spec.bytes} bytes at ${part}`, { cause });
    }
    if (isSystemError(cause)) throw cause;
    throw broken(spec, await sizeOf(part), cause);
  } finally {
    clearTimeout(timer);
    await file?.close();
  }
}

const broken = ({ url, bytes }: FetchSpec, loaded: number, cause?: unknown) =>
  new FetchError('interrupted', `${url} broke off after ${loaded} of ${bytes} bytes`, { cause });

/** Errors of the file system carry a system call; those of the network are wrapped by fetch. */
const isSystemError = (error: unknown) => error instanceof Error && 'syscall' in error && 'path' in error;

async function connect({ url }: FetchSpec, have: number, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (have > 0) headers['range'] = `bytes=${have}-`;
  try {
    return await fetch(url, { headers, signal });
  } catch (cause) {
    throw new FetchError('offline', `no answer from ${new URL(url).host}`, { cause });
  }
}

/** @returns where the answer's bytes start: at `have` if the server can go on there, else at 0 */
function startOf(response: Response, have: number, { url }: FetchSpec): number {
  const { status } = response;
  if (status === 200) return 0;
  if (status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${have}-`)) return have;
  void response.body?.cancel();
  // A busy server is worth a retry; other answers will not change.
  const reason = status === 429 || status >= 500 ? 'interrupted' : 'refused';
  throw new FetchError(reason, `${url} answers ${status} ${response.statusText}`.trim());
}
