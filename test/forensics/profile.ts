/**
 * What the files of a browser's profile give away of case 3's vault, without the browser: keys that lie there in plain, files of
 * wrapped keys, sealed blocks, and how many of these open, with the operator's passphrase or without.
 */
import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_BYTES } from '../../workers/frame/vault/key-file-format.ts';
import { KeyFile } from '../../workers/frame/vault/key-file.ts';

const MARK = Buffer.from('incam-block:');
const MAGIC = Buffer.from('incamkey');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface SealedBlock {
  readonly nonce: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface Examination {
  /** AES keys that lie in the files in plain, as a browser writes a key that it was given to keep. */
  readonly plainKeys: number;
  /** Files of wrapped keys, and slots in them that the passphrase opens. */
  readonly keyFiles: number;
  readonly openSlots: number;
  /** Sealed blocks found in the files; old and deleted ones are among them. */
  readonly blocks: number;
  /** Blocks that open with the keys found, by their day. */
  readonly openedDays: readonly number[];
}

/** Every file of a folder, those that cannot be read left out. */
export function filesOf(folder: string): { path: string; bytes: Buffer }[] {
  const found: { path: string; bytes: Buffer }[] = [];
  const walk = (at: string) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) found.push({ path, bytes: readFileSync(path) });
    }
  };
  walk(folder);
  return found;
}

/** Takes the frames of 32 KiB out of a LevelDB log, so that a value in it is in one piece. */
function withoutLogFrames(log: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let block = 0; block < log.length; block += 32_768) {
    const end = Math.min(block + 32_768, log.length);
    for (let at = block; at + 7 <= end;) {
      const length = log.readUInt16LE(at + 4);
      if (log[at + 6] === 0) break;
      pieces.push(log.subarray(at + 7, at + 7 + length));
      at += 7 + length;
    }
  }
  return Buffer.concat(pieces);
}

function varint(bytes: Buffer, from: number): { value: number; next: number } {
  let value = 0;
  for (let at = from, shift = 0; at < bytes.length; at++, shift += 7) {
    value |= (bytes[at]! & 0x7f) << shift;
    if (!(bytes[at]! & 0x80)) return { value, next: at + 1 };
  }
  return { value: 0, next: bytes.length };
}

function* placesOf(what: Buffer, bytes: Buffer): Generator<number> {
  for (let at = bytes.indexOf(what); at >= 0; at = bytes.indexOf(what, at + 1)) yield at;
}

/** As V8 writes an array buffer: the letter B, its length, its bytes. */
function blocksIn(bytes: Buffer): SealedBlock[] {
  const found: SealedBlock[] = [];
  for (const at of placesOf(MARK, bytes)) {
    for (let back = 2; back <= 6; back++) {
      if (bytes[at - back] !== 0x42) continue;
      const { value, next } = varint(bytes, at - back + 1);
      if (next !== at || at + value > bytes.length) continue;
      const from = at + MARK.length;
      found.push({
        nonce: bytes.subarray(from, from + NONCE_BYTES),
        bytes: bytes.subarray(from + NONCE_BYTES, at + value),
      });
      break;
    }
  }
  return found;
}

/** As Chromium writes an AES key of 256 bits that a page was told not to read: in plain. */
function plainKeysIn(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 40 < bytes.length; at++) {
    if (bytes[at] !== 0x4b || bytes[at + 1] !== 1 || bytes[at + 3] !== 32) continue;
    const usages = varint(bytes, at + 4);
    const length = varint(bytes, usages.next);
    if (length.value === 32) found.push(bytes.subarray(length.next, length.next + 32));
  }
  return found;
}

/** The day under which a block opens with a key; undefined when it does not. */
export function openBlock(
  key: Uint8Array,
  { nonce, bytes }: SealedBlock,
  days: readonly number[],
): number | undefined {
  return days.find((day) => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce);
      decipher.setAAD(Buffer.from(`incam-vault 1 day ${day}`));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      decipher.update(bytes.subarray(0, -TAG_BYTES));
      decipher.final();
      return true;
    } catch {
      return false;
    }
  });
}

/** Days around today, for a vault of real days. */
export const likelyDays = (): number[] => {
  const today = Math.floor(Date.now() / 86_400_000);
  return Array.from({ length: 400 }, (_, i) => today + 10 - i);
};

/** Keys of all days that a passphrase opens in a file of wrapped keys. */
async function unwrapped(file: Uint8Array<ArrayBuffer>, passphrase: string): Promise<Uint8Array[]> {
  const header = await KeyFile.inspect(file).catch(() => undefined);
  const known = header && (await KeyFile.open(passphrase, header, file, () => Promise.resolve()));
  const keys = await Promise.all((known?.slots ?? []).map(({ wrapped }) => known!.unwrap(wrapped)));
  return keys.filter((key) => key !== undefined);
}

/**
 * @param folder of a profile, or a copy of it
 * @param passphrase the operator's, if the thief has it
 * @param more blocks that the thief has from elsewhere
 */
export async function examine(
  folder: string,
  {
    passphrase,
    more = [],
    days = likelyDays(),
  }: { passphrase?: string; more?: readonly SealedBlock[]; days?: readonly number[] } = {},
): Promise<Examination> {
  const blocks: SealedBlock[] = [];
  const plainKeys: Buffer[] = [];
  const keyFiles: Uint8Array<ArrayBuffer>[] = [];
  for (const { path, bytes } of filesOf(folder)) {
    const read = path.endsWith('.log') ? withoutLogFrames(bytes) : bytes;
    blocks.push(...blocksIn(read));
    if (/IndexedDB|leveldb/i.test(path)) plainKeys.push(...plainKeysIn(read));
    for (const at of placesOf(MAGIC, bytes)) {
      const file = new Uint8Array(FILE_BYTES);
      file.set(bytes.subarray(at, at + FILE_BYTES));
      // The second header of a file is not another file, nor is the name in a script that the browser has kept.
      const isSecond = at > 0 && bytes.subarray(0, MAGIC.length).equals(MAGIC);
      if (!isSecond && (await KeyFile.inspect(file).catch(() => undefined))) keyFiles.push(file);
    }
  }
  const wrapped =
    passphrase === undefined
      ? []
      : (await Promise.all(keyFiles.map((file) => unwrapped(file, passphrase)))).flat();
  const keys = [...plainKeys, ...wrapped];
  const opened = [...blocks, ...more].flatMap((block) => {
    for (const key of keys) {
      const day = openBlock(key, block, days);
      if (day !== undefined) return [day];
    }
    return [];
  });
  return {
    plainKeys: plainKeys.length,
    keyFiles: keyFiles.length,
    openSlots: wrapped.length,
    blocks: blocks.length,
    openedDays: opened,
  };
}
