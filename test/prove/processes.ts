/** The processes of one browser, and what each is for. */
import { readdirSync, readFileSync } from 'node:fs';
import { privateMemory } from './memory.ts';

export type ProcessKind =
  | 'browser'
  | 'renderer of the page'
  | 'renderer of the frame'
  | 'renderer, other'
  | 'gpu'
  | 'utility'
  | 'other';

export interface BrowserProcess {
  readonly pid: number;
  readonly kind: ProcessKind;
}

/** Bytes that are in a document's memory and nowhere else, by which its process is known. */
export const MARKER_BYTES = 64;
/** The marker's bytes are computed in the document, so that no message carries them. */
export const markerOf = (seed: number): Buffer =>
  Buffer.from(Array.from({ length: MARKER_BYTES }, (_, i) => (Math.imul(seed + i, 2654435761) >>> 24) & 255));

interface Found {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function allProcesses(): Found[] {
  const found: Found[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      found.push({ pid: Number(name), parent, command });
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** Processes of the browser that was started on a profile. */
export class BrowserProcesses {
  readonly #profile: string;
  /** Renderers of which it is known whose they are. */
  readonly #renderers = new Map<number, ProcessKind>();

  /** @param profile the folder, which no other browser uses */
  constructor(profile: string) {
    this.#profile = profile;
  }

  /** All that are there now; those that only start others have no memory of the site and are among them. */
  list(): BrowserProcess[] {
    const all = allProcesses();
    const root = all.find(
      ({ command }) => command.includes(`--user-data-dir=${this.#profile}`) && !command.includes('--type='),
    );
    if (!root) return [];
    const family = [root];
    for (const each of family) family.push(...all.filter(({ parent }) => parent === each.pid));
    return family.map(({ pid, command }) => ({ pid, kind: this.#kindOf(pid, command) }));
  }

  /** Finds the renderer that holds a marker. @returns whether there is one */
  name(kind: ProcessKind, seed: number): boolean {
    const marker = markerOf(seed);
    for (const { pid, kind: known } of this.list()) {
      if (known !== 'renderer, other') continue;
      for (const words of privateMemory(pid)) {
        if (!Buffer.from(words.buffer, words.byteOffset, words.byteLength).includes(marker)) continue;
        this.#renderers.set(pid, kind);
        return true;
      }
    }
    return false;
  }

  /** Stops all of them where they are, so that what is read is of one moment. @returns lets them go on */
  freeze(): () => void {
    const pids = this.list().map(({ pid }) => pid);
    const tell = (signal: NodeJS.Signals) => {
      for (const pid of pids) {
        try {
          process.kill(pid, signal);
        } catch {
          // It has ended meanwhile.
        }
      }
    };
    tell('SIGSTOP');
    return () => tell('SIGCONT');
  }

  #kindOf(pid: number, command: string): ProcessKind {
    switch (/--type=([\w-]+)/.exec(command)?.[1]) {
      case undefined:
        return command.includes('--user-data-dir') ? 'browser' : 'other';
      case 'renderer':
        return this.#renderers.get(pid) ?? 'renderer, other';
      case 'gpu-process':
        return 'gpu';
      case 'utility':
        return 'utility';
      default:
        return 'other';
    }
  }
}
