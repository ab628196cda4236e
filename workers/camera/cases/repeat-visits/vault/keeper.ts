/** Opens vaults: in memory, or in the browser's database, of which only one camera at a time may have it. */
import type { Keep } from '../../../../../contract/index.ts';
import type { Databases } from '../../../isolation/databases.ts';
import { Fault } from '../../../isolation/fault.ts';
import { lender } from '../../../isolation/lender.ts';
import { openDatabase } from './indexed-db.ts';
import { openRemoteStore } from './remote-store.ts';
import { MemoryStore, type VaultStore } from './store.ts';

/** @param lost called when the database was taken away while it was open */
export type OpenStore = (keep: Keep, lost: () => void) => Promise<VaultStore>;

const LOCK = 'incam-vault';

/**
 * @param databases the one reference to databases that the lockdown has left; absent where there is none
 * @throws {Fault} 'vault-busy' when another camera of this browser has the vault open; see `openDatabase` for the others
 */
export const storeOpener =
  (databases?: Databases): OpenStore =>
  async (keep, lost) => {
    if (keep === 'session') return new MemoryStore();
    const from = lender();
    if (from) return openRemoteStore(from, lost);
    const release = await takeLock();
    try {
      const store = await openDatabase(databases, lost);
      return Object.assign(store, { close: closing(store.close.bind(store), release) });
    } catch (error) {
      release();
      throw error;
    }
  };

const closing = (close: () => Promise<void>, release: () => void) => async () => {
  await close();
  release();
};

/** Two cameras with one vault would each bring back what the other has destroyed. */
function takeLock(): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      if (!lock) throw new Fault('vault-busy', 'another camera has the vault open');
      return new Promise<void>((release) => resolve(release));
    });
    held.catch((error: unknown) =>
      reject(
        error instanceof Fault ? error : new Fault('vault-unavailable', String(error), { cause: error }),
      ),
    );
  });
}
