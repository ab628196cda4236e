/**
 * Sealed days in the browser's database. The browser keeps old and deleted values readable in its files for a while; here these
 * are bytes that nothing opens, since their keys are overwritten elsewhere.
 */
import { deleteDB, wrap, type DBSchema, type IDBPDatabase } from 'idb';
import type { DiskBlock } from '../isolation/disk-message.ts';

const DATABASE = 'incam-vault';
/** 1 and 2: sites that kept the browser's own keys beside the bytes, which it writes in plain. 3: bytes only. */
const VERSION = 3;
/** What was asked for must come within this time: a browser that waits for another tab says nothing else. */
const PATIENCE_MS = 5000;

/** A block as it lies in the database: a mark, then nonce and sealed bytes. */
interface Kept {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Schema extends DBSchema {
  blocks: { key: string; value: Kept };
}

const NONCE_BYTES = 12;

export class Blocks {
  readonly #database: IDBPDatabase<Schema>;
  /** Vectors of an older kind that were there, and were destroyed. */
  readonly outdated: number;

  private constructor(database: IDBPDatabase<Schema>, outdated: number) {
    this.#database = database;
    this.outdated = outdated;
  }

  /**
   * @param lost called once when the database is deleted, or a newer version of the site wants it
   * @throws {DOMException} what the browser says, or a time-out
   */
  static open(lost: () => void): Promise<Blocks> {
    return new Promise((resolve, reject) => {
      let outdated = 0;
      setTimeout(() => reject(new DOMException('no answer', 'TimeoutError')), PATIENCE_MS);
      const request = indexedDB.open(DATABASE, VERSION);
      request.onblocked = () => reject(new DOMException('blocked', 'TimeoutError'));
      request.onerror = () => reject(request.error ?? new DOMException('no database'));
      request.onupgradeneeded = () => {
        const { result: database, transaction } = request;
        if (database.objectStoreNames.contains('keys')) {
          const keys: IDBRequest<{ held: number }[]> = transaction!.objectStore('keys').getAll();
          keys.onsuccess = () => {
            outdated = keys.result.reduce((sum, { held }) => sum + held, 0);
            for (const name of [...database.objectStoreNames])
              if (name !== 'blocks') database.deleteObjectStore(name);
          };
        }
        database.createObjectStore('blocks', { keyPath: 'id' });
      };
      request.onsuccess = () => {
        const database = request.result;
        // Another tab deletes it, or needs another version: it is let go at once, so that no tab has to wait.
        database.onversionchange = () => {
          database.close();
          lost();
        };
        database.onclose = lost;
        resolve(new Blocks(wrap(database) as unknown as IDBPDatabase<Schema>, outdated));
      };
    });
  }

  async all(): Promise<DiskBlock[]> {
    const kept = await this.#database.getAll('blocks');
    return kept.map(({ id, bytes }) => {
      const from = MARK.length;
      return { id, nonce: bytes.slice(from, from + NONCE_BYTES), bytes: bytes.slice(from + NONCE_BYTES) };
    });
  }

  async keep({ id, nonce, bytes }: DiskBlock): Promise<void> {
    const whole = new Uint8Array(MARK.length + NONCE_BYTES + bytes.length);
    whole.set(MARK);
    whole.set(nonce, MARK.length);
    whole.set(bytes, MARK.length + NONCE_BYTES);
    const change = this.#database.transaction('blocks', 'readwrite', { durability: 'strict' });
    await Promise.all([change.store.put({ id, bytes: whole }), change.done]);
  }

  async drop(ids: readonly string[]): Promise<void> {
    const change = this.#database.transaction('blocks', 'readwrite', { durability: 'strict' });
    await Promise.all([...ids.map((id) => change.store.delete(id)), change.done]);
  }

  close(): void {
    this.#database.close();
  }

  /** @throws {DOMException} when another tab does not let it go */
  static erase(): Promise<void> {
    return new Promise((resolve, reject) => {
      deleteDB(DATABASE, { blocked: () => reject(new DOMException('blocked', 'TimeoutError')) }).then(
        resolve,
        reject,
      );
    });
  }
}

/** By which a block is found among the files of a browser, by those who check what is left there. */
const MARK = new TextEncoder().encode('incam-block:');
