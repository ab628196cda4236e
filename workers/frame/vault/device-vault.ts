/**
 * The vault on the device, as the frame's main thread has it: between the camera's worker, which has vectors and no keys, and
 * the disk outside, which has bytes and no keys either. Keys are here, from the moment the operator has typed the passphrase
 * until the vault is locked or the frame goes.
 */
import type { DiskDay, VaultAnswer, VaultContents, VaultQuestion } from '../../isolation/disk-message.ts';
import type { KeyRing } from '../key-ring.ts';
import type { DiskLine } from './disk-line.ts';
import { KeyFile } from './key-file.ts';
import { ID_BYTES, PAGE_BYTES, toHex, type Header } from './key-file-format.ts';
import { VaultFault } from './vault-fault.ts';

export class DeviceVault {
  readonly #disk: DiskLine;
  readonly #keys: KeyRing;
  #bytes: Uint8Array<ArrayBuffer> | undefined;
  #header: Header | undefined;
  #file: KeyFile | undefined;
  #outdated = 0;
  /** The whole file was damaged, and was destroyed. */
  #lostFile = false;
  /** Why it is not open, for the camera that asks. */
  #closed = new VaultFault('vault-closed');

  constructor(disk: DiskLine, keys: KeyRing) {
    this.#disk = disk;
    this.#keys = keys;
  }

  get unlocked(): boolean {
    return this.#file !== undefined;
  }

  /**
   * Asks the disk for the key file.
   * @returns whether a passphrase is to be chosen, or typed again
   * @throws {VaultFault} when the disk does not give it, or a newer version has written it
   */
  async prepare(): Promise<'new' | 'known'> {
    try {
      const { file, outdated = 0 } = await this.#disk.ask({ disk: 'open' });
      if (!file) throw new VaultFault('vault-unavailable');
      this.#bytes = file;
      this.#outdated = outdated;
      this.#header = await this.#inspect(file);
      return this.#header ? 'known' : 'new';
    } catch (error) {
      throw await this.#fail(error);
    }
  }

  /**
   * Opens what was prepared, or begins it.
   * @returns false when the passphrase is another one
   * @throws {VaultFault} when the disk cannot be written
   */
  async unlock(passphrase: string): Promise<boolean> {
    const bytes = this.#bytes;
    if (!bytes) throw this.#closed;
    const write = async (at: number, part: Uint8Array<ArrayBuffer>) => {
      await this.#disk.ask({ disk: 'write', at, bytes: part });
    };
    try {
      const file = this.#header
        ? await KeyFile.open(passphrase, this.#header, bytes, write)
        : await KeyFile.create(passphrase, write);
      if (!file) return false;
      this.#file = file;
      this.#keys.wrap = (raw) => file.wrap(raw);
      return true;
    } catch (error) {
      throw await this.#fail(error);
    }
  }

  /** Lets the keys go, and the disk: another camera may have it. */
  async lock(): Promise<void> {
    this.#file = this.#header = this.#bytes = this.#keys.wrap = undefined;
    this.#outdated = 0;
    this.#lostFile = false;
    this.#closed = new VaultFault('vault-closed');
    await this.#disk.ask({ disk: 'close' }).catch(() => {});
  }

  /** Gives the disk back; the camera that asks later is told why. */
  async #fail(error: unknown): Promise<VaultFault> {
    await this.lock();
    const code = error instanceof VaultFault ? error.code : 'vault-unavailable';
    // Nothing was entered yet that could be lost: the camera goes on in memory.
    return (this.#closed = new VaultFault(code === 'vault-full' ? 'vault-no-room' : code));
  }

  /** What the camera's worker asks; a fault is told by its code. */
  async answer(question: VaultQuestion): Promise<VaultAnswer> {
    try {
      const file = this.#file;
      if (!file) throw this.#closed;
      return { value: await this.#do(question, file) };
    } catch (error) {
      return { fault: error instanceof VaultFault ? error.code : 'vault-unavailable' };
    }
  }

  async #do(question: VaultQuestion, file: KeyFile): Promise<VaultContents | undefined> {
    switch (question.vault) {
      case 'open': {
        const outdated = this.#outdated;
        this.#outdated = 0;
        return { days: [], outdated };
      }
      case 'read':
        return this.#read(file);
      case 'put':
        return this.#put(question.day, file).then(() => undefined);
      case 'destroy': {
        // Keys first: what is sealed under them opens no more, whatever becomes of it.
        const gone = await file.destroy(question.days);
        await this.#disk.ask({ disk: 'drop', ids: gone.map(({ id }) => id) });
        return undefined;
      }
      case 'calendar': {
        const { first, latest, moment = { vaultS: 0, machineS: 0 } } = question.calendar;
        return file.setCalendar({ first, latest, ...moment }).then(() => undefined);
      }
      case 'close':
        return undefined;
    }
  }

  /** Days whose key and bytes are both there; half a day is destroyed, and told. */
  async #read(file: KeyFile): Promise<VaultContents> {
    const { blocks = [] } = await this.#disk.ask({ disk: 'read' });
    const byId = new Map(blocks.map((block) => [block.id, block]));
    const days: DiskDay[] = [];
    const broken: number[] = [];
    for (const { day, until, held, id, wrapped } of file.slots) {
      const block = byId.get(id);
      const raw = block && (await file.unwrap(wrapped));
      if (!block || !raw) {
        broken.push(day);
        continue;
      }
      byId.delete(id);
      const key = await this.#keys.add(raw, wrapped);
      days.push({ day, until, held, nonce: block.nonce, bytes: block.bytes, key });
    }
    await file.destroy(broken);
    // Bytes without a key: of a destruction or a change that was cut short.
    if (byId.size > 0) await this.#disk.ask({ disk: 'drop', ids: [...byId.keys()] });
    const damaged = broken.length + file.takeDamaged() + (this.#lostFile ? 1 : 0);
    this.#lostFile = false;
    if (!file.calendar) return { days, damaged };
    const { first, latest, vaultS, machineS } = file.calendar;
    return {
      days,
      damaged,
      calendar: { first, latest, ...(machineS > 0 && { moment: { vaultS, machineS } }) },
    };
  }

  /** The bytes first, under a name of their own; then the slot, which makes them valid; then the bytes of before go. */
  async #put({ day, until, held, nonce, bytes, key }: DiskDay, file: KeyFile): Promise<void> {
    const wrapped = this.#keys.wrapped(key);
    const known = file.slots.find((slot) => slot.day === day);
    const same = known !== undefined && sameBytes(known.wrapped, wrapped);
    const id = same ? known.id : toHex(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
    await this.#disk.ask({ disk: 'keep', block: { id, nonce, bytes } });
    if (same && known.until === until && known.held === held) return;
    await file.put({ day, until, held, id, wrapped });
    if (known && !same) await this.#disk.ask({ disk: 'drop', ids: [known.id] });
  }

  /** A file that cannot be read by anyone is overwritten: a new one begins in its place. */
  async #inspect(file: Uint8Array<ArrayBuffer>): Promise<Header | undefined> {
    try {
      return await KeyFile.inspect(file);
    } catch (error) {
      if (!(error instanceof VaultFault) || error.code !== 'vault-damaged') throw error;
      for (let at = 0; at < file.length; at += PAGE_BYTES)
        await this.#disk.ask({ disk: 'write', at, bytes: new Uint8Array(PAGE_BYTES) });
      file.fill(0);
      this.#lostFile = true;
      return undefined;
    }
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
