/**
 * Sealing: AES-GCM with 256 bits (NIST SP 800-38D) under a key that the browser makes, holds and never shows. Every
 * sealing takes a fresh random nonce; a key seals some thousand times at most, far from where nonces could meet.
 */

export interface Sealed {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Not extractable: not even this worker can read the key's bytes. */
export const newKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

/** A block belongs to its day: moved under another one it does not open. */
const context = (day: number) => new TextEncoder().encode(`incam-vault 1 day ${day}`);

export async function encrypt(key: CryptoKey, day: number, plain: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: context(day) };
  return { nonce, bytes: new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plain)) };
}

/**
 * @returns the plain bytes, the caller's own, to be wiped
 * @throws {DOMException} 'OperationError' when key, day or bytes do not belong together
 */
export async function decrypt(key: CryptoKey, day: number, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'AES-GCM', iv: sealed.nonce, additionalData: context(day) };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.bytes));
}
