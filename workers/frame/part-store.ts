/** Parts as the site was built with them; anything else is refused. */
export class PartStore {
  readonly #held = new Map<string, ArrayBuffer>();
  readonly #hashes: Readonly<Record<string, string>>;

  /** @param hashes SHA-256, lower-case hexadecimal, by name */
  constructor(hashes: Readonly<Record<string, string>>) {
    this.#hashes = hashes;
  }

  /** Whether these are the bytes of that name. */
  async accepts(name: string, bytes: ArrayBuffer): Promise<boolean> {
    if (!Object.hasOwn(this.#hashes, name)) return false;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return hash === this.#hashes[name];
  }

  keep(name: string, bytes: ArrayBuffer): void {
    this.#held.set(name, bytes);
  }

  /** @throws {RangeError} when it was not handed in */
  get(name: string): ArrayBuffer {
    const bytes = this.#held.get(name);
    if (!bytes) throw new RangeError(`${name} was not handed in`);
    return bytes;
  }
}
