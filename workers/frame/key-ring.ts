/** Keys stay on the frame's main thread; the worker names them by number. */
import type { KeyHandle } from '../isolation/lending.ts';

/** A day's key under the passphrase's key, as it may lie on a disk. */
export type WrapKey = (raw: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;

interface HeldKey {
  readonly key: CryptoKey;
  readonly wrapped: Uint8Array<ArrayBuffer> | undefined;
}

/** Non-extractable AES-GCM keys, 256 bits (NIST SP 800-38D). */
export class KeyRing {
  readonly #keys = new Map<KeyHandle, HeldKey>();
  #last = 0;
  /** Set while a vault on the device is open: a key that is made then can be kept there. */
  wrap: WrapKey | undefined;

  async make(): Promise<KeyHandle> {
    const raw = crypto.getRandomValues(new Uint8Array(32));
    return this.add(raw, await this.wrap?.(raw));
  }

  /** @param raw bytes of the key; they are wiped */
  async add(raw: Uint8Array<ArrayBuffer>, wrapped?: Uint8Array<ArrayBuffer>): Promise<KeyHandle> {
    try {
      const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
      this.#keys.set(++this.#last, { key, wrapped });
      return this.#last;
    } finally {
      raw.fill(0);
    }
  }

  /** @throws {RangeError} for a handle that is not in use */
  get(handle: KeyHandle): CryptoKey {
    return this.#held(handle).key;
  }

  /** @throws {RangeError} for a handle that is not in use, or a key that was made for memory only */
  wrapped(handle: KeyHandle): Uint8Array<ArrayBuffer> {
    const { wrapped } = this.#held(handle);
    if (!wrapped) throw new RangeError('a key for memory only');
    return wrapped;
  }

  drop(handle: KeyHandle): void {
    this.#keys.delete(handle);
  }

  #held(handle: KeyHandle): HeldKey {
    const held = this.#keys.get(handle);
    if (!held) throw new RangeError('no such key');
    return held;
  }
}
