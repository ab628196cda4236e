/** Opens the place of a vault: the camera's memory, or this device by way of the frame's main thread. */
import type { Keep } from '../../../../../contract/index.ts';
import { Fault } from '../../../isolation/fault.ts';
import { lender } from '../../../isolation/lender.ts';
import { openRemoteStore } from './remote-store.ts';
import { MemoryStore, type VaultStore } from './store.ts';

/** @param lost called when the storage was taken away while it was open */
export type OpenStore = (keep: Keep, lost: () => void) => Promise<VaultStore>;

/** @throws {Fault} 'vault-unavailable' for the device in a camera without a frame; see `openRemoteStore` for the others */
export const openStore: OpenStore = async (keep, lost) => {
  if (keep === 'session') return new MemoryStore();
  const from = lender();
  if (!from) throw new Fault('vault-unavailable', 'this camera is in no frame');
  return openRemoteStore(from, lost);
};
