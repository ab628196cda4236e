/**
 * The key that the operator's passphrase becomes, and what is sealed under it: the key of each day, its entry in the key file,
 * and the calendar. It exists on the frame's main thread alone, and nowhere on a disk.
 *
 * Derived by PBKDF2 with HMAC-SHA-256 and 600,000 rounds (OWASP Password Storage Cheat Sheet, 2023, for PBKDF2), over a salt
 * of 16 random bytes. A library with Argon2id would resist guessing on graphics devices better, but it would be the first
 * foreign code on this thread. Sealed by AES-GCM with 256 bits (NIST SP 800-38D) under fresh random nonces.
 */
import { NONCE_BYTES } from './key-file-format.ts';

export const ROUNDS = 600_000;
/** A file that asks for more is not ours; it would only keep the machine busy. */
const MAX_ROUNDS = 10_000_000;
/** Of a passphrase, characters after normalization. Guessing is done on the files, without end and without being seen. */
export const MIN_PASSPHRASE = 12;
export const MAX_PASSPHRASE = 256;

/** Full-width and half-width letters are one: an input method must not lock the operator out (Unicode NFKC). */
export const normalized = (passphrase: string): string => passphrase.normalize('NFKC');

export class PassphraseKey {
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** @throws {RangeError} for a number of rounds that no vault of ours has */
  static async derive(
    passphrase: string,
    salt: Uint8Array<ArrayBuffer>,
    rounds: number,
  ): Promise<PassphraseKey> {
    if (!(rounds >= 1 && rounds <= MAX_ROUNDS)) throw new RangeError(`${rounds} rounds`);
    const bytes = new TextEncoder().encode(normalized(passphrase));
    try {
      const secret = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
      return new PassphraseKey(
        await crypto.subtle.deriveKey(
          { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
          secret,
          { name: 'AES-GCM', length: 256 },
          false,
          ['encrypt', 'decrypt'],
        ),
      );
    } finally {
      bytes.fill(0);
    }
  }

  /**
   * @param place where it belongs; under another name it does not open
   * @returns nonce and sealed bytes
   */
  async seal(place: string, plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const sealed = await crypto.subtle.encrypt(algorithm(iv, place), this.#key, plain);
    const bytes = new Uint8Array(NONCE_BYTES + sealed.byteLength);
    bytes.set(iv);
    bytes.set(new Uint8Array(sealed), NONCE_BYTES);
    return bytes;
  }

  /** @returns undefined when key, place or bytes do not belong together */
  async open(place: string, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const iv = sealed.slice(0, NONCE_BYTES);
    try {
      const plain = await crypto.subtle.decrypt(algorithm(iv, place), this.#key, sealed.slice(NONCE_BYTES));
      return new Uint8Array(plain);
    } catch {
      return undefined;
    }
  }
}

const algorithm = (iv: Uint8Array<ArrayBuffer>, place: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(`incam-vault 2 ${place}`),
});
