/** Keys stay on the frame's main thread; the worker names them by number. */
import type { KeyHandle } from '../isolation/lending.ts';

const AES = { name: 'AES-GCM', length: 256 } as const;

/** Non-extractable AES-GCM keys, 256 bits (NIST SP 800-38D). */
export class KeyRing {
  readonly #keys = new Map<KeyHandle, CryptoKey>();
  #last = 0;

  async make(): Promise<KeyHandle> {
    return this.add(await crypto.subtle.generateKey(AES, false, ['encrypt', 'decrypt']));
  }

  add(key: CryptoKey): KeyHandle {
    this.#keys.set(++this.#last, key);
    return this.#last;
  }

  /** @throws {RangeError} for a handle that is not in use */
  get(handle: KeyHandle): CryptoKey {
    const key = this.#keys.get(handle);
    if (!key) throw new RangeError('no such key');
    return key;
  }

  drop(handle: KeyHandle): void {
    this.#keys.delete(handle);
  }
}
