/** Gets the parts of the camera from the site, some of them before there is a frame to hand them to. */
import { parts } from 'virtual:incam-sealed';
import type { TroubleCode } from './troubles.svelte.ts';

/** How far a download is, in bytes. */
type OnBytes = (loaded: number, total: number) => void;

/** A part that cannot be had, or is not what the site was built with. */
export class PartFault extends Error {
  constructor(
    readonly part: string,
    readonly why: 'missing' | 'changed' | 'not-reachable',
  ) {
    super(`${part} is ${why}`);
  }

  /** For the message catalogue. */
  get code(): TroubleCode {
    if (this.why === 'not-reachable') return 'not-reachable';
    if (this.part.startsWith('models/')) return this.why === 'missing' ? 'model-missing' : 'model-wrong-hash';
    if (this.why === 'changed') return 'part-changed';
    return this.part.startsWith('samples/') ? 'source-unreadable' : 'backend-unavailable';
  }
}

/** Parts on their way, or here, that no frame has taken yet. */
const ahead = new Map<string, Promise<ArrayBuffer>>();

/** Begins to get a part; the next frame that wants it takes it. Nothing is said of what fails here: the frame tries again. */
export function fetchAhead(name: string, onBytes?: OnBytes): void {
  if (ahead.has(name)) return;
  const bytes = fetchPart(name, onBytes);
  ahead.set(name, bytes);
  bytes.catch(() => ahead.delete(name));
}

/**
 * A part's bytes, to be handed over once.
 * @throws {PartFault} 'missing', 'changed' (more bytes than it was built with), 'not-reachable'
 */
export function takePart(name: string, onBytes?: OnBytes): Promise<ArrayBuffer> {
  const known = ahead.get(name);
  ahead.delete(name);
  return known ?? fetchPart(name, onBytes);
}

/** @throws {PartFault} 'missing', 'changed' (more bytes than it was built with), 'not-reachable' */
async function fetchPart(name: string, onBytes?: OnBytes): Promise<ArrayBuffer> {
  const part = parts[name];
  if (!part) throw new PartFault(name, 'missing');
  const answer = await fetch(new URL(part.url, document.baseURI)).catch(() => {
    throw new PartFault(name, 'not-reachable');
  });
  const isPage = answer.headers.get('content-type')?.startsWith('text/html');
  if (!answer.ok || isPage || !answer.body) {
    await answer.body?.cancel();
    throw new PartFault(name, 'missing');
  }
  if (!onBytes)
    return answer.arrayBuffer().catch(() => {
      throw new PartFault(name, 'not-reachable');
    });
  const bytes = new Uint8Array(part.bytes);
  const reader = answer.body.getReader();
  let loaded = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new PartFault(name, 'not-reachable');
    });
    if (done) break;
    if (loaded + value.length > bytes.length) throw new PartFault(name, 'changed');
    bytes.set(value, loaded);
    onBytes((loaded += value.length), bytes.length);
  }
  return loaded === bytes.length ? bytes.buffer : bytes.buffer.slice(0, loaded);
}
