/**
 * The file of wrapped keys, one slot a day. The bytes are kept by the disk outside; what they mean is known here alone, and
 * only with the operator's passphrase.
 */
import * as format from './key-file-format.ts';
import { PassphraseKey, ROUNDS } from './passphrase-key.ts';
import { VaultFault } from './vault-fault.ts';

/** Overwrites a part of the file in place; resolves when the system has written it through. */
export type WriteFile = (at: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;

type Calendar = Omit<format.CalendarEntry, 'number'>;

const CHECK = 'check';
const CALENDAR = 'calendar';
const WRAPPED = 'day key';
const placeOf = (index: number) => `slot ${index}`;

export class KeyFile {
  readonly #write: WriteFile;
  readonly #key: PassphraseKey;
  /** Slots in use, by day. */
  readonly #slots = new Map<number, { readonly index: number; readonly slot: format.Slot }>();
  #calendar: format.CalendarEntry | undefined;
  #damaged = 0;

  private constructor(write: WriteFile, key: PassphraseKey) {
    this.#write = write;
    this.#key = key;
  }

  /**
   * Whether a file holds a vault, and whether this code may read it.
   * @returns undefined for an empty file
   * @throws {VaultFault} 'vault-newer', 'vault-damaged'
   */
  static async inspect(bytes: Uint8Array<ArrayBuffer>): Promise<format.Header | undefined> {
    if (format.isBlank(bytes)) return undefined;
    for (const at of format.HEADERS) {
      const header = await format.decodeHeader(bytes.slice(at, at + format.PAGE_BYTES));
      if (!header) continue;
      if (header.version > format.FORMAT_VERSION) throw new VaultFault('vault-newer');
      return header;
    }
    throw new VaultFault('vault-damaged');
  }

  /** Begins a new file. */
  static async create(passphrase: string, write: WriteFile): Promise<KeyFile> {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const key = await PassphraseKey.derive(passphrase, salt, ROUNDS);
    const check = await key.seal(CHECK, new Uint8Array(0));
    const header = await format.encodeHeader({ version: format.FORMAT_VERSION, rounds: ROUNDS, salt, check });
    for (const at of format.HEADERS) await write(at, header);
    return new KeyFile(write, key);
  }

  /**
   * Opens a file that holds a vault. A slot that does not open is destroyed and counted; all are, where the calendar cannot be
   * trusted, because how long they may live is not known then.
   * @returns undefined when the passphrase is another one
   */
  static async open(
    passphrase: string,
    header: format.Header,
    bytes: Uint8Array<ArrayBuffer>,
    write: WriteFile,
  ): Promise<KeyFile | undefined> {
    const key = await PassphraseKey.derive(passphrase, header.salt, header.rounds);
    if (!(await key.open(CHECK, header.check))) return undefined;
    const file = new KeyFile(write, key);
    const trusted = await file.#readCalendar(bytes);
    await file.#readSlots(bytes, trusted);
    return file;
  }

  get slots(): readonly format.Slot[] {
    return [...this.#slots.values()].map(({ slot }) => slot);
  }

  get calendar(): Calendar | undefined {
    return this.#calendar;
  }

  /** Slots that did not open and were destroyed; told once. */
  takeDamaged(): number {
    const damaged = this.#damaged;
    this.#damaged = 0;
    return damaged;
  }

  /** A day's key as it may lie on the disk. */
  wrap(raw: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    return this.#key.seal(WRAPPED, raw);
  }

  /** @returns the key's bytes, the caller's own, to be wiped; undefined when they do not open */
  unwrap(wrapped: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#key.open(WRAPPED, wrapped);
  }

  /**
   * Writes a day's slot; what was there before is overwritten.
   * @returns what was there before
   */
  async put(slot: format.Slot): Promise<format.Slot | undefined> {
    const before = this.#slots.get(slot.day);
    const index = before?.index ?? this.#freeIndex();
    const plain = format.encodeSlot(slot);
    const bytes = new Uint8Array(format.SLOT_BYTES);
    bytes.set(await this.#key.seal(placeOf(index), plain));
    await this.#write(format.slotAt(index), bytes);
    this.#slots.set(slot.day, { index, slot });
    return before?.slot;
  }

  /** Overwrites the slots of some days with zeros. @returns what was in them */
  async destroy(days: readonly number[]): Promise<format.Slot[]> {
    const gone: format.Slot[] = [];
    for (const day of days) {
      const known = this.#slots.get(day);
      if (!known) continue;
      await this.#write(format.slotAt(known.index), new Uint8Array(format.SLOT_BYTES));
      this.#slots.delete(day);
      gone.push(known.slot);
    }
    return gone;
  }

  /** In the place of the older of two, so that one whole entry is always there. */
  async setCalendar(calendar: Calendar): Promise<void> {
    const entry = { ...calendar, number: (this.#calendar?.number ?? 0) + 1 };
    const page = new Uint8Array(format.PAGE_BYTES);
    page.set(await this.#key.seal(CALENDAR, format.encodeCalendar(entry)));
    await this.#write(format.CALENDARS[entry.number % 2]!, page);
    this.#calendar = entry;
  }

  /** @returns whether there is a whole entry */
  async #readCalendar(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    for (const at of format.CALENDARS) {
      const sealed = bytes.slice(at, at + format.SEALED_CALENDAR_BYTES);
      const plain = await this.#key.open(CALENDAR, sealed);
      const entry = plain && format.decodeCalendar(plain);
      if (entry && entry.number > (this.#calendar?.number ?? 0)) this.#calendar = entry;
    }
    return this.#calendar !== undefined;
  }

  async #readSlots(bytes: Uint8Array<ArrayBuffer>, trusted: boolean): Promise<void> {
    for (let index = 0; index < format.SLOTS; index++) {
      const at = format.slotAt(index);
      if (format.isBlank(bytes.subarray(at, at + format.SLOT_BYTES))) continue;
      const plain = await this.#key.open(placeOf(index), bytes.slice(at, at + format.SEALED_SLOT_BYTES));
      const slot = plain && format.decodeSlot(plain);
      if (trusted && slot && !this.#slots.has(slot.day)) {
        this.#slots.set(slot.day, { index, slot });
        continue;
      }
      this.#damaged++;
      await this.#write(at, new Uint8Array(format.SLOT_BYTES));
    }
  }

  /** @throws {VaultFault} 'vault-full': more days than any period allows */
  #freeIndex(): number {
    const used = new Set([...this.#slots.values()].map(({ index }) => index));
    for (let index = 0; index < format.SLOTS; index++) if (!used.has(index)) return index;
    throw new VaultFault('vault-full');
  }
}
