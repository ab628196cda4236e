import * as v from 'valibot';
import type { FaultCode } from '../../contract/index.ts';
import type { DiskContents } from '../isolation/disk-message.ts';
import { Blocks } from './blocks.ts';
import { KeyFile } from './key-file.ts';

const NONCE_BYTES = 12;
/** The key file: of one size, written in parts of a page at most. */
const FILE_BYTES = 65_536;
const PAGE_BYTES = 4096;
/** Of one block: far above what a day can hold, and a bound for what can be put in here. */
const MAX_BYTES = 2 ** 24;
const MAX_IDS = 1000;
/** Two cameras with one vault would each bring back what the other has destroyed. */
const LOCK = 'incam-vault';

const bytes = (most: number) =>
  v.pipe(
    v.instance(Uint8Array<ArrayBuffer>),
    v.check(({ byteLength }) => byteLength <= most),
  );
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

const Question = v.variant('disk', [
  v.object({ disk: v.picklist(['open', 'read', 'close']) }),
  v.object({
    disk: v.literal('write'),
    at: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(FILE_BYTES)),
    bytes: bytes(PAGE_BYTES),
  }),
  v.object({
    disk: v.literal('keep'),
    block: v.strictObject({ id, nonce: bytes(NONCE_BYTES), bytes: bytes(MAX_BYTES) }),
  }),
  v.object({ disk: v.literal('drop'), ids: v.pipe(v.array(id), v.maxLength(MAX_IDS)) }),
]);

interface OpenDisk {
  readonly file: KeyFile;
  readonly blocks: Blocks;
  readonly release: () => void;
}

export class Disk {
  #open: OpenDisk | undefined;
  readonly #lost: () => void;

  /** @param lost called when the storage is taken away */
  constructor(lost: () => void) {
    this.#lost = lost;
  }

  /** What a question comes to; a fault is told by its code. */
  async answer(message: unknown): Promise<{ value: DiskContents | undefined } | { fault: FaultCode }> {
    const parsed = v.safeParse(Question, message);
    if (!parsed.success) return { fault: 'vault-unavailable' };
    try {
      return { value: await this.#do(parsed.output) };
    } catch (error) {
      return { fault: codeOf(error) };
    }
  }

  async #do(question: v.InferOutput<typeof Question>): Promise<DiskContents | undefined> {
    if (question.disk === 'open') {
      const { file, blocks } = (this.#open ??= await openDisk(this.#lost));
      return { file: file.read(), outdated: blocks.outdated };
    }
    const open = this.#open;
    if (!open) throw new DOMException('the disk is not open', 'NotFoundError');
    switch (question.disk) {
      case 'read':
        return { blocks: await open.blocks.all() };
      case 'write':
        open.file.write(question.at, question.bytes);
        return undefined;
      case 'keep':
        return open.blocks.keep(question.block).then(() => undefined);
      case 'drop':
        return open.blocks.drop(question.ids).then(() => undefined);
      case 'close':
        this.#open = undefined;
        shut(open);
        return undefined;
    }
  }
}

/** Overwrites the keys, then removes all there is. @returns whether it is gone */
export async function eraseDisk(): Promise<boolean> {
  let release: (() => void) | undefined;
  try {
    release = await takeLock();
    await KeyFile.erase();
    await Blocks.erase();
    return true;
  } catch {
    return false;
  } finally {
    release?.();
  }
}

async function openDisk(lost: () => void): Promise<OpenDisk> {
  const release = await takeLock();
  try {
    // Before the key file is touched: a newer version's database is a newer version's vault.
    const blocks = await Blocks.open(lost);
    try {
      return { blocks, file: await KeyFile.open(FILE_BYTES), release };
    } catch (error) {
      blocks.close();
      throw error;
    }
  } catch (error) {
    release();
    throw error;
  }
}

function shut({ file, blocks, release }: OpenDisk): void {
  file.close();
  blocks.close();
  release();
}

/** @throws {DOMException} 'NoModificationAllowedError' when another camera has the vault */
function takeLock(): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      if (!lock) throw new DOMException('another camera has the vault open', 'NoModificationAllowedError');
      return new Promise<void>((release) => resolve(release));
    });
    held.catch(reject);
  });
}

/** What the browser says, as a code of the contract. */
function codeOf(error: unknown): FaultCode {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NoModificationAllowedError':
      return 'vault-busy';
    case 'VersionError':
      return 'vault-newer';
    case 'QuotaExceededError':
      return 'vault-full';
    case 'InvalidStateError':
      return 'vault-lost';
    default:
      return 'vault-unavailable';
  }
}
