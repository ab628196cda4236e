/// <reference lib="webworker" />
/** A worker with a vault in the browser's database and made-up faces. */
import * as Comlink from 'comlink';
import { Fault } from '../../../workers/camera/isolation/fault.ts';
import { storeOpener } from '../../../workers/camera/cases/repeat-visits/vault/keeper.ts';
import { Vault } from '../../../workers/camera/cases/repeat-visits/vault/vault.ts';
import { LENGTH, THRESHOLD, view } from '../../unit/workers/camera/cases/repeat-visits/vault/faces.ts';

let vault: Vault | undefined;
let lost = false;
let views = 0;

const api = {
  /** @returns 'open', or the code of the fault */
  async open(today: number, retentionDays = 3): Promise<string> {
    try {
      const store = await storeOpener(self.indexedDB)('device', () => (lost = true));
      vault = await Vault.open(store, LENGTH, retentionDays, today);
      return 'open';
    } catch (error) {
      return error instanceof Fault ? error.code : String(error);
    }
  },
  visit: (who: number) => vault!.visit(view(who, views++), THRESHOLD),
  advance: (today: number) => vault!.advance(today),
  forget: (who: number) => vault!.forget(view(who, views++), THRESHOLD),
  held: () => vault!.held,
  outdated: () => vault!.outdated,
  isLost: () => lost,
  close: () => vault!.close(),
};
export type VaultWorker = typeof api;
Comlink.expose(api, {
  postMessage: self.postMessage.bind(self),
  addEventListener: self.addEventListener.bind(self),
  removeEventListener: self.removeEventListener.bind(self),
});
