/**
 * Sealing: AES-GCM with 256 bits (NIST SP 800-38D) under a key that the browser holds and never shows. Every sealing takes a
 * fresh random nonce; a key seals some thousand times at most, far from where nonces could meet.
 *
 * In the sealed frame the frame's main thread lends the cryptography: the key stays there, where no foreign code runs, and is
 * named here by number. A camera of the laboratory has no frame and uses its own.
 */
import { lender } from '../../../isolation/lender.ts';
import type { KeyHandle } from '../../../../isolation/lending.ts';

export interface Sealed {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A key on the frame's main thread. */
export interface LentKey {
  readonly lent: KeyHandle;
}
export type VaultKey = CryptoKey | LentKey;

const isLent = (key: VaultKey): key is LentKey => 'lent' in key;

/** Not extractable: not even this worker can read the key's bytes. */
export async function newKey(): Promise<VaultKey> {
  const from = lender();
  if (from) return { lent: await from.ask<KeyHandle>({ ask: 'new-key' }) };
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Lets a key go that nothing is sealed under any more. */
export function dropKey(key: VaultKey): void {
  if (isLent(key)) void lent().ask({ ask: 'drop-key', key: key.lent });
}

/** A block belongs to its day: moved under another one it does not open. */
const context = (day: number) => new TextEncoder().encode(`incam-vault 1 day ${day}`);

export async function encrypt(key: VaultKey, day: number, plain: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  return { nonce, bytes: new Uint8Array(await transform('encrypt', key, nonce, day, plain)) };
}

/**
 * @returns the plain bytes, the caller's own, to be wiped
 * @throws {Error} when key, day or bytes do not belong together
 */
export async function decrypt(key: VaultKey, day: number, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await transform('decrypt', key, sealed.nonce, day, sealed.bytes));
}

function transform(
  what: 'encrypt' | 'decrypt',
  key: VaultKey,
  iv: Uint8Array<ArrayBuffer>,
  day: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ArrayBuffer> {
  if (!isLent(key))
    return crypto.subtle[what]({ name: 'AES-GCM', iv, additionalData: context(day) }, key, bytes);
  // A copy that is given away, and overwritten there.
  const given = bytes.slice().buffer;
  return lent().ask<ArrayBuffer>({ ask: what, key: key.lent, iv, context: context(day), bytes: given }, [
    given,
  ]);
}

function lent() {
  const from = lender();
  if (!from) throw new Error('no cryptography in this worker, and nobody lends any');
  return from;
}
