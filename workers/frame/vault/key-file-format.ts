/**
 * The layout of the key file: 65,536 bytes, which never grow and never move. A day's key is destroyed by overwriting its slot
 * in place. Header and calendar are kept twice, in pages of their own, so that a write that was cut short harms one of them.
 *
 *     0  header   4096  header, again   8192  calendar   12288  calendar, again   16384  192 slots of 256 bytes
 *
 * Only the header is plain: it must be read before there is a key. All numbers are little-endian.
 */

/** Of a block of the file system; a write within one does not move the others. */
export const PAGE_BYTES = 4096;
export const SLOT_BYTES = 256;
/** More than days can be held: 180 of the longest period, and today. */
export const SLOTS = 192;
export const FIRST_SLOT = 4 * PAGE_BYTES;
export const FILE_BYTES = FIRST_SLOT + SLOTS * SLOT_BYTES;

const MAGIC = new TextEncoder().encode('incamkey');
export const FORMAT_VERSION = 1;
const SALT_BYTES = 16;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
export const ID_BYTES = 16;
/** Of a day's key under the passphrase's key: nonce, key, tag. */
export const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/** The two places of the header, and of the calendar. */
export const HEADERS = [0, PAGE_BYTES] as const;
export const CALENDARS = [2 * PAGE_BYTES, 3 * PAGE_BYTES] as const;

/** How the passphrase's key is derived, and how to tell that it is the right one. */
export interface Header {
  readonly version: number;
  /** Of PBKDF2. */
  readonly rounds: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  /** Sealed nothing: opens under the right key alone. */
  readonly check: Uint8Array<ArrayBuffer>;
}

/** One day's key and what is known of the day, before it is sealed. */
export interface Slot {
  readonly day: number;
  readonly until: number;
  readonly held: number;
  /** Name of the sealed block outside; hexadecimal. */
  readonly id: string;
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

export interface CalendarEntry {
  /** Rises with each entry: the higher of two is the later. */
  readonly number: number;
  readonly first: number;
  readonly latest: number;
  readonly vaultS: number;
  readonly machineS: number;
}

const CHECK_BYTES = NONCE_BYTES + TAG_BYTES;
const HEADER_BYTES = MAGIC.length + 8 + SALT_BYTES + CHECK_BYTES;
const DIGEST_BYTES = 32;
const SLOT_PLAIN_BYTES = 12 + ID_BYTES + WRAPPED_BYTES;
const CALENDAR_PLAIN_BYTES = 12 + 16;
/** Of sealed parts in the file. */
export const SEALED_SLOT_BYTES = NONCE_BYTES + SLOT_PLAIN_BYTES + TAG_BYTES;
export const SEALED_CALENDAR_BYTES = NONCE_BYTES + CALENDAR_PLAIN_BYTES + TAG_BYTES;

export const slotAt = (index: number): number => FIRST_SLOT + index * SLOT_BYTES;

export const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

const digest = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** The header as a page, with a digest that tells damage from a wrong passphrase. */
export async function encodeHeader({
  version,
  rounds,
  salt,
  check,
}: Header): Promise<Uint8Array<ArrayBuffer>> {
  const page = new Uint8Array(PAGE_BYTES);
  const view = new DataView(page.buffer);
  page.set(MAGIC);
  view.setUint32(MAGIC.length, version, true);
  view.setUint32(MAGIC.length + 4, rounds, true);
  page.set(salt, MAGIC.length + 8);
  page.set(check, MAGIC.length + 8 + SALT_BYTES);
  page.set(await digest(page.slice(0, HEADER_BYTES)), HEADER_BYTES);
  return page;
}

/** @returns undefined when the page holds no whole header */
export async function decodeHeader(page: Uint8Array<ArrayBuffer>): Promise<Header | undefined> {
  if (MAGIC.some((byte, i) => page[i] !== byte)) return undefined;
  const told = page.subarray(HEADER_BYTES, HEADER_BYTES + DIGEST_BYTES);
  if ((await digest(page.slice(0, HEADER_BYTES))).some((byte, i) => byte !== told[i])) return undefined;
  const view = new DataView(page.buffer, page.byteOffset);
  const from = MAGIC.length + 8;
  return {
    version: view.getUint32(MAGIC.length, true),
    rounds: view.getUint32(MAGIC.length + 4, true),
    salt: page.slice(from, from + SALT_BYTES),
    check: page.slice(from + SALT_BYTES, from + SALT_BYTES + CHECK_BYTES),
  };
}

export function encodeSlot({ day, until, held, id, wrapped }: Slot): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(SLOT_PLAIN_BYTES);
  const view = new DataView(plain.buffer);
  for (const [i, number] of [day, until, held].entries()) view.setUint32(4 * i, number, true);
  plain.set(fromHex(id), 12);
  plain.set(wrapped, 12 + ID_BYTES);
  return plain;
}

export function decodeSlot(plain: Uint8Array<ArrayBuffer>): Slot {
  const view = new DataView(plain.buffer, plain.byteOffset);
  return {
    day: view.getUint32(0, true),
    until: view.getUint32(4, true),
    held: view.getUint32(8, true),
    id: toHex(plain.subarray(12, 12 + ID_BYTES)),
    wrapped: plain.slice(12 + ID_BYTES),
  };
}

export function encodeCalendar(entry: CalendarEntry): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(CALENDAR_PLAIN_BYTES);
  const view = new DataView(plain.buffer);
  for (const [i, number] of [entry.number, entry.first, entry.latest].entries())
    view.setUint32(4 * i, number, true);
  view.setFloat64(12, entry.vaultS, true);
  view.setFloat64(20, entry.machineS, true);
  return plain;
}

export function decodeCalendar(plain: Uint8Array<ArrayBuffer>): CalendarEntry {
  const view = new DataView(plain.buffer, plain.byteOffset);
  return {
    number: view.getUint32(0, true),
    first: view.getUint32(4, true),
    latest: view.getUint32(8, true),
    vaultS: view.getFloat64(12, true),
    machineS: view.getFloat64(20, true),
  };
}
