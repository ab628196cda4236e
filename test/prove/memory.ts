/**
 * Reads the memory of other processes on Linux: of each all private writable pages that are there, and each shared memory once,
 * however many processes have it. A process may be asleep meanwhile; it is not told.
 */
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, statSync } from 'node:fs';

const PAGE = 4096;
const PIECE = 8 << 20;
/** A shared memory of more bytes is read only where pages are present. */
const MAX_WHOLE = 1 << 30;

/** A stretch of addresses with one kind of access. */
interface Mapping {
  readonly from: number;
  readonly to: number;
  readonly shared: boolean;
  /** Device and number of the file behind it; absent for none. */
  readonly file?: string;
  readonly offset: number;
}

/** One shared memory, and who has it. */
export interface SharedMemory {
  readonly holders: Set<number>;
  /** Where it can be read. */
  readonly ways: Map<string, { readonly pid: number; readonly mapping: Mapping }>;
  path?: string;
  bytes: number;
}

const buffer = Buffer.alloc(PIECE);

/** All mappings of a process that can be written to, or that others may write to. Code and the system's own are left out. */
function mappingsOf(pid: number): Mapping[] {
  const found: Mapping[] = [];
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const parts = /^(\w+)-(\w+) (\S{4}) (\w+) (\S+) (\d+)\s*(.*)$/.exec(line);
    if (!parts) continue;
    const [, from, to, access, offset, device, inode, name] = parts as unknown as string[];
    const shared = access![3] === 's';
    if (access![0] !== 'r' || (access![1] !== 'w' && !shared) || name!.startsWith('[v')) continue;
    found.push({
      from: parseInt(from!, 16),
      to: parseInt(to!, 16),
      shared,
      offset: parseInt(offset!, 16),
      ...(inode !== '0' && { file: `${device}:${inode}` }),
    });
  }
  return found;
}

/** Stretches of a mapping whose pages are in memory, as `/proc/PID/pagemap` says. */
function* presentIn(pagemap: number, { from, to }: Mapping): Generator<[from: number, to: number]> {
  const entries = Buffer.alloc(8 * 4096);
  let begin: number | undefined;
  for (let at = from; at < to; at += (entries.length / 8) * PAGE) {
    const pages = Math.min(entries.length / 8, (to - at) / PAGE);
    const read = readSync(pagemap, entries, 0, pages * 8, (at / PAGE) * 8);
    for (let i = 0; i < pages; i++) {
      const present = i * 8 + 7 < read && entries[i * 8 + 7]! >>> 6 !== 0;
      if (present) begin ??= at + i * PAGE;
      else if (begin !== undefined) {
        yield [begin, at + i * PAGE];
        begin = undefined;
      }
    }
  }
  if (begin !== undefined) yield [begin, to];
}

/** Reads stretches of a file, one after the other, into pieces: most stretches are a few pages. */
function* read(
  file: number,
  stretches: Iterable<readonly [from: number, to: number]>,
): Generator<Uint32Array> {
  let filled = 0;
  for (const [from, to] of stretches) {
    for (let at = from; at < to;) {
      let bytes = 0;
      try {
        bytes = readSync(file, buffer, filled, Math.min(buffer.length - filled, to - at), at);
      } catch {
        // Given back meanwhile.
      }
      if (bytes === 0) break;
      at += bytes;
      filled += bytes & ~3;
      if (filled < buffer.length) continue;
      yield piece(filled);
      filled = 0;
    }
  }
  if (filled > 0) yield piece(filled);
}

const piece = (bytes: number) => new Uint32Array(buffer.buffer, buffer.byteOffset, bytes >> 2);

function* allPresent(pid: number, pagemap: number) {
  for (const mapping of mappingsOf(pid)) if (!mapping.shared) yield* presentIn(pagemap, mapping);
}

/** Every piece of a process's private writable memory; pieces share one buffer. Nothing of a process that has ended. */
export function* privateMemory(pid: number): Generator<Uint32Array> {
  let mem: number | undefined;
  let pagemap: number | undefined;
  try {
    mem = openSync(`/proc/${pid}/mem`, 'r');
    pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
    yield* read(mem, allPresent(pid, pagemap));
  } catch (error) {
    if (!isGone(error)) throw error;
  } finally {
    for (const file of [mem, pagemap]) if (file !== undefined) closeSync(file);
  }
}

/** Errors of the system about a process that has ended. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EIO'].includes(String(error.code));

/** Every memory that the processes share with one another, or hold open as a file without a name. */
export function sharedMemories(pids: readonly number[]): SharedMemory[] {
  const found = new Map<string, SharedMemory>();
  const known = (key: string) => {
    const memory = found.get(key) ?? { holders: new Set(), ways: new Map(), bytes: 0 };
    found.set(key, memory);
    return memory;
  };
  for (const pid of pids) {
    try {
      for (const mapping of mappingsOf(pid)) {
        if (!mapping.shared) continue;
        const memory = known(mapping.file ?? `${pid}:${mapping.from}`);
        memory.holders.add(pid);
        memory.ways.set(`${mapping.offset}:${mapping.to - mapping.from}`, { pid, mapping });
      }
      for (const fd of readdirSync(`/proc/${pid}/fd`)) noteOpen(pid, `/proc/${pid}/fd/${fd}`, known);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return [...found.values()];
}

function noteOpen(pid: number, path: string, known: (key: string) => SharedMemory): void {
  try {
    if (!/memfd:|\/dev\/shm|\/tmp\/\.org\.chromium/.test(readlinkSync(path))) return;
    const { dev, ino, size } = statSync(path);
    // As /proc/PID/maps writes a device: major and minor in hexadecimal.
    const device = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)]
      .map((part) => part.toString(16).padStart(2, '0'))
      .join(':');
    const memory = known(`${device}:${ino}`);
    memory.holders.add(pid);
    memory.path = path;
    memory.bytes = size;
  } catch {
    // Closed meanwhile.
  }
}

/** Every piece of a shared memory: as a file where one of the holders has it open, else where it is mapped. */
export function* readShared({ path, bytes, ways }: SharedMemory): Generator<Uint32Array> {
  if (path !== undefined && bytes <= MAX_WHOLE) {
    let file: number | undefined;
    try {
      file = openSync(path, 'r');
      yield* read(file, [[0, bytes]]);
      return;
    } catch (error) {
      if (!isGone(error)) throw error;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }
  for (const { pid, mapping } of ways.values()) {
    let mem: number | undefined;
    let pagemap: number | undefined;
    try {
      mem = openSync(`/proc/${pid}/mem`, 'r');
      pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
      const { from, to } = mapping;
      // Another process may have written a page that this one has not touched.
      yield* read(mem, to - from <= MAX_WHOLE / 8 ? [[from, to]] : presentIn(pagemap, mapping));
    } catch (error) {
      if (!isGone(error)) throw error;
    } finally {
      for (const opened of [mem, pagemap]) if (opened !== undefined) closeSync(opened);
    }
  }
}
