/** One look at all memory of a browser: how many copies of the canary there are, in which form, and in whose memory. */
import { filesOf } from '../forensics/profile.ts';
import { privateMemory, readShared, sharedMemories } from './memory.ts';
import type { BrowserProcesses, ProcessKind } from './processes.ts';
import { Count, count, type Copies, type Traces } from './traces.ts';

/** Copies in one process, or in one memory that several share. */
export interface Place {
  readonly processes: readonly ProcessKind[];
  readonly memory: 'private' | 'shared';
  readonly copies: Copies;
}

export interface Look {
  /** All places together. */
  readonly copies: Copies;
  readonly places: readonly Place[];
  /** The same for a picture that was never shown: what is found by chance. */
  readonly decoy: Copies;
  readonly scannedMB: number;
  /** How long the browser stood still, and how long the whole look took. */
  readonly frozenMs: number;
  readonly ms: number;
}

const isEmpty = (copies: Copies) => Object.keys(copies).length === 0;
const rounded = (copies: Copies): Copies =>
  Object.fromEntries(Object.entries(copies).map(([kind, n]) => [kind, Math.round(n * 100) / 100]));
export const sum = (all: readonly Copies[]): Copies => {
  const total: Record<string, number> = {};
  for (const copies of all)
    for (const [kind, n] of Object.entries(copies)) total[kind] = (total[kind] ?? 0) + n;
  return rounded(total);
};

/** What was read of one place. */
interface Taken extends Omit<Place, 'copies'> {
  readonly pieces: readonly Uint32Array[];
}

/** Reads everything while all processes stand still, so that it is of one moment; they have gone on when this returns. */
function takeAll(processes: BrowserProcesses): Taken[] {
  const copied = (pieces: Iterable<Uint32Array>) => Array.from(pieces, (piece) => piece.slice());
  const goOn = processes.freeze();
  try {
    const all = processes.list();
    const kinds = new Map(all.map(({ pid, kind }) => [pid, kind]));
    const own = all.map(({ pid, kind }): Taken => {
      return { processes: [kind], memory: 'private', pieces: copied(privateMemory(pid)) };
    });
    const common = sharedMemories(all.map(({ pid }) => pid)).map((memory): Taken => {
      const holders = [...new Set([...memory.holders].map((pid) => kinds.get(pid)!))];
      return { processes: holders, memory: 'shared', pieces: copied(readShared(memory)) };
    });
    return [...own, ...common];
  } finally {
    goOn();
  }
}

/** Looks at all memory of a browser. */
export function look(processes: BrowserProcesses, canary: Traces, decoy: Traces): Look {
  const start = performance.now();
  const taken = takeAll(processes);
  const frozenMs = Math.round(performance.now() - start);
  const places: Place[] = [];
  const decoys: Copies[] = [];
  let bytes = 0;
  for (const { pieces, ...place } of taken) {
    const counts = [new Count(canary), new Count(decoy)];
    let at = 0;
    for (const piece of pieces) {
      count(piece, at, counts);
      at += piece.byteLength;
    }
    bytes += at;
    const [copies, byChance] = counts.map((each) => each.total());
    if (!isEmpty(copies!)) places.push({ ...place, copies: rounded(copies!) });
    decoys.push(byChance!);
  }
  return {
    copies: sum(places.map(({ copies }) => copies)),
    places,
    decoy: sum(decoys),
    scannedMB: Math.round(bytes / 1e6),
    frozenMs,
    ms: Math.round(performance.now() - start),
  };
}

/** The same in the files of a folder, of which each is a place. */
export function lookInFiles(folder: string, canary: Traces): { path: string; copies: Copies }[] {
  return filesOf(folder).flatMap(({ path, bytes }) => {
    // Aligned, as pictures are.
    const words = new Uint32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)),
    );
    const counted = new Count(canary);
    count(words, 0, [counted]);
    const copies = rounded(counted.total());
    return isEmpty(copies) ? [] : [{ path, copies }];
  });
}
