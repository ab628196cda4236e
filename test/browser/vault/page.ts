/**
 * Vaults on this device with made-up faces, put together from the site's own parts: the vault as in the camera, the keys as on
 * the frame's main thread, and the worker that is the disk. What it wrote and which keys it made is noted, for tests that look
 * for them in the browser's files. The test talks to it through `window.vaults`.
 */
import { useLender, type Lender } from '../../../workers/camera/isolation/lender.ts';
import { Fault } from '../../../workers/camera/isolation/fault.ts';
import { openStore } from '../../../workers/camera/cases/repeat-visits/vault/keeper.ts';
import { Vault } from '../../../workers/camera/cases/repeat-visits/vault/vault.ts';
import { KeyRing } from '../../../workers/frame/key-ring.ts';
import { DeviceVault } from '../../../workers/frame/vault/device-vault.ts';
import { DiskLine } from '../../../workers/frame/vault/disk-line.ts';
import { VaultFault } from '../../../workers/frame/vault/vault-fault.ts';
import type { Question } from '../../../workers/isolation/lending.ts';
import { LENGTH, THRESHOLD, view } from '../../unit/workers/camera/cases/repeat-visits/vault/faces.ts';

const RETENTION_DAYS = 3;

/** All that was made or written so far, hexadecimal. */
const noted = {
  keys: [] as string[],
  slots: [] as string[],
  blocks: [] as { nonce: string; bytes: string }[],
};
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const nativeImport = crypto.subtle.importKey.bind(crypto.subtle) as (
  ...args: unknown[]
) => Promise<CryptoKey>;
crypto.subtle.importKey = ((format: string, bytes: Uint8Array, algorithm: unknown, ...rest: unknown[]) => {
  if (algorithm === 'AES-GCM') noted.keys.push(hex(bytes));
  return nativeImport(format, bytes, algorithm, ...rest);
}) as never;

const newDisk = () =>
  new Worker(new URL('../../../workers/vault-disk/main.ts', import.meta.url), { type: 'module' });

class NotingLine extends DiskLine {
  override ask(question: Parameters<DiskLine['ask']>[0]) {
    if (question.disk === 'write') noted.slots.push(hex(question.bytes));
    if (question.disk === 'keep')
      noted.blocks.push({ nonce: hex(question.block.nonce), bytes: hex(question.block.bytes) });
    return super.ask(question);
  }
}

class HarnessVault {
  #vault: Vault | undefined;
  #device: DeviceVault | undefined;
  #lender: Lender | undefined;
  #views = 0;
  isLost = false;

  /** @returns 'open', 'wrong' for another passphrase, or the code of the fault */
  async open(today: number, passphrase: string): Promise<string> {
    const disk = newDisk();
    const { port1, port2 } = new MessageChannel();
    disk.postMessage(undefined, [port2]);
    const keys = new KeyRing();
    const device = new DeviceVault(new NotingLine(port1, () => this.#lender!.onVaultLost()), keys);
    this.#device = device;
    this.#lender = lending(device, keys);
    useLender(this.#lender);
    try {
      await device.prepare();
      if (!(await device.unlock(passphrase))) return 'wrong';
      const store = await openStore('device', () => (this.isLost = true));
      this.#vault = await Vault.open(store, LENGTH, RETENTION_DAYS, today);
      return 'open';
    } catch (error) {
      return error instanceof Fault || error instanceof VaultFault ? error.code : String(error);
    }
  }

  async visit(who: number) {
    return this.#use().visit(view(who, this.#views++), THRESHOLD);
  }
  async advance(today: number) {
    return this.#use().advance(today);
  }
  async forget(who: number) {
    return this.#use().forget(view(who, this.#views++), THRESHOLD);
  }
  async strike(who: number, day: number) {
    return this.#use().strike(view(who, this.#views++), THRESHOLD, day);
  }
  async forgetAll() {
    return this.#use().forgetAll();
  }
  get held() {
    return this.#vault?.held ?? 0;
  }
  takeDamaged() {
    return this.#use().takeDamaged();
  }
  get outdated() {
    return this.#use().outdated;
  }
  /** As when the camera stops: the vault is left, then the frame and the disk go. */
  async close() {
    await this.#vault?.close();
    await this.#device?.lock();
    this.#vault = undefined;
  }

  #use(): Vault {
    useLender(this.#lender!);
    return this.#vault!;
  }
}

/** What the frame's main thread answers (`workers/frame/sealed-camera.ts`), without a frame. */
function lending(device: DeviceVault, keys: KeyRing): Lender {
  const answer = async (question: Question): Promise<unknown> => {
    switch (question.ask) {
      case 'new-key':
        return keys.make();
      case 'drop-key':
        return keys.drop(question.key);
      case 'encrypt':
      case 'decrypt': {
        const { ask, key, iv, context, bytes } = question;
        return crypto.subtle[ask]({ name: 'AES-GCM', iv, additionalData: context }, keys.get(key), bytes);
      }
      case 'vault':
        return device.answer(question.question);
      default:
        throw new Error(question.ask);
    }
  };
  return { ask: answer, onVaultLost: () => {} } as unknown as Lender;
}

/** As `eraseVault` of the site, with no camera on it. */
function erase(): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const disk = newDisk();
  return new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data.erased);
    disk.postMessage('erase', [port2]);
  }).finally(() => disk.terminate());
}

const vaults = { one: new HarnessVault(), other: new HarnessVault(), erase, noted };

declare global {
  interface Window {
    vaults: typeof vaults;
  }
}
window.vaults = vaults;
