/**
 * The vault's database. Keys and sealed days are two stores of it: destroying a day removes its key first, and when the
 * browser has confirmed that, the bytes.
 *
 * `workers/camera/isolation/lockdown.ts` closes databases in the camera; the one reference that is left is handed over to here. A library
 * would look for the global one, which is not there: hence `wrap` alone of `idb`, around a request made by hand.
 */
import { wrap, type DBSchema, type IDBPDatabase } from 'idb';
import { VAULT_DATABASE } from '../../../../../contract/index.ts';
import type { Databases } from '../../../isolation/databases.ts';
import { Fault } from '../../../isolation/fault.ts';
import type { Calendar, SealedDay, VaultStore } from './store.ts';

/**
 * Rises when what is sealed changes its kind. 1: 1024 numbers of eight bits, of another network than today's. 2: 128 numbers
 * of single precision. Vectors of two networks cannot be compared, so that what an older version sealed is destroyed.
 */
const VERSION = 2;

type KeptKey = Pick<SealedDay, 'day' | 'until' | 'key' | 'held'>;
type KeptBytes = Pick<SealedDay, 'day' | 'nonce' | 'bytes'>;

interface Schema extends DBSchema {
  keys: { key: number; value: KeptKey };
  sealed: { key: number; value: KeptBytes };
  calendar: { key: 'calendar'; value: Calendar };
}

/**
 * @param lost called once when the database is deleted, or a newer version of the site wants it
 * @throws {Fault} 'vault-newer' when a newer version of the site has written it; it stays as it is then.
 * 'vault-unavailable' when the browser keeps no databases here, or gives none within the time. 'vault-full'
 */
export async function openDatabase(databases: Databases | undefined, lost: () => void): Promise<VaultStore> {
  if (!databases) throw new Fault('vault-unavailable', 'this camera has no database');
  const { database, outdated } = await connect(databases, lost);
  return new DatabaseStore(database, outdated);
}

/** What was asked for must come within this time: a browser that waits for another tab says nothing else. */
const PATIENCE_MS = 5000;

interface Connection {
  readonly database: IDBPDatabase<Schema>;
  /** Vectors of an older kind that were destroyed. */
  readonly outdated: number;
}

function connect(databases: Databases, lost: () => void): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let outdated = 0;
    const fail = (error: unknown) => reject(faultOf(error));
    setTimeout(() => fail(new Error('no answer')), PATIENCE_MS);
    let request: IDBOpenDBRequest;
    try {
      request = databases.open(VAULT_DATABASE, VERSION);
    } catch (error) {
      return fail(error);
    }
    request.onblocked = () => fail(new Error('blocked'));
    request.onerror = () => fail(request.error);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion > 0) {
        destroyAll(request.transaction!, (count) => (outdated = count));
        return;
      }
      for (const store of ['keys', 'sealed'] as const)
        request.result.createObjectStore(store, { keyPath: 'day' });
      request.result.createObjectStore('calendar');
    };
    request.onsuccess = () => {
      const database = request.result;
      // Someone deletes it, or needs another version: it is let go at once, so that nobody has to wait.
      database.onversionchange = () => {
        database.close();
        lost();
      };
      database.onclose = lost;
      resolve({ database: wrap(database) as unknown as IDBPDatabase<Schema>, outdated });
    };
  });
}

/** Destroys all keys, then what was sealed under them; what is known of time stays. */
function destroyAll(change: IDBTransaction, told: (vectors: number) => void): void {
  const keys = change.objectStore('keys');
  const all: IDBRequest<KeptKey[]> = keys.getAll();
  all.onsuccess = () => {
    told(all.result.reduce((sum, { held }) => sum + held, 0));
    keys.clear();
    change.objectStore('sealed').clear();
  };
}

/** What the browser says, in the camera's words. */
function faultOf(error: unknown): Fault {
  const name = error instanceof DOMException ? error.name : '';
  const code =
    name === 'VersionError'
      ? 'vault-newer'
      : name === 'QuotaExceededError'
        ? 'vault-full'
        : name === 'InvalidStateError'
          ? 'vault-lost'
          : 'vault-unavailable';
  return new Fault(code, String(error), { cause: error });
}

class DatabaseStore implements VaultStore {
  readonly keep = 'device';
  readonly outdated: number;
  readonly #database: IDBPDatabase<Schema>;

  constructor(database: IDBPDatabase<Schema>, outdated: number) {
    this.#database = database;
    this.outdated = outdated;
  }

  read() {
    return told(async () => {
      const [calendar, keys, sealed] = await Promise.all([
        this.#database.get('calendar', 'calendar'),
        this.#database.getAll('keys'),
        this.#database.getAll('sealed'),
      ]);
      const bytes = new Map(sealed.map((kept) => [kept.day, kept]));
      const days = keys.flatMap((key): SealedDay[] => {
        const found = bytes.get(key.day);
        return found ? [{ ...found, ...key }] : [];
      });
      // A destruction that was cut short, by a crash or a power cut, is brought to its end.
      const whole = new Set(days.map(({ day }) => day));
      await this.destroy([...keys, ...sealed].map(({ day }) => day).filter((day) => !whole.has(day)));
      return { calendar, days };
    });
  }

  put({ day, until, key, held, nonce, bytes }: SealedDay): Promise<void> {
    return told(async () => {
      const change = this.#database.transaction(['keys', 'sealed'], 'readwrite', { durability: 'strict' });
      await Promise.all([
        change.objectStore('keys').put({ day, until, key, held }),
        change.objectStore('sealed').put({ day, nonce, bytes }),
        change.done,
      ]);
    });
  }

  destroy(days: readonly number[]): Promise<void> {
    return told(async () => {
      for (const store of ['keys', 'sealed'] as const) {
        const change = this.#database.transaction(store, 'readwrite', { durability: 'strict' });
        await Promise.all([...days.map((day) => change.store.delete(day)), change.done]);
      }
    });
  }

  setCalendar(calendar: Calendar): Promise<void> {
    return told(async () => {
      await this.#database.put('calendar', calendar, 'calendar');
    });
  }

  close(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Fault ? error : faultOf(error);
  }
}
