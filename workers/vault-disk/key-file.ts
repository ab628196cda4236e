/**
 * The file of wrapped keys in the browser's private file system: of fixed size, overwritten in place and flushed, so that old
 * bytes are gone from the file (measured: `test/browser/forensics.spec.ts`). A database or a file written by
 * `createWritable` keeps them for a while, which is why neither is used for keys.
 */
const FILE_NAME = 'incam-vault-keys';

export class KeyFile {
  readonly #handle: FileSystemSyncAccessHandle;
  readonly #size: number;

  private constructor(handle: FileSystemSyncAccessHandle, size: number) {
    this.#handle = handle;
    this.#size = size;
  }

  /**
   * @param size bytes; a file that is shorter is filled up with zeros
   * @throws {DOMException} when the browser keeps no files here, has no room, or another worker has the file open
   */
  static async open(size: number): Promise<KeyFile> {
    const root = await navigator.storage.getDirectory();
    const file = await root.getFileHandle(FILE_NAME, { create: true });
    const handle = await file.createSyncAccessHandle();
    try {
      const there = handle.getSize();
      // Written, not only declared: from here on no write needs room that is not there.
      if (there < size) handle.write(new Uint8Array(size - there), { at: there });
      handle.flush();
      return new KeyFile(handle, size);
    } catch (error) {
      handle.close();
      throw error;
    }
  }

  read(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#size);
    this.#handle.read(bytes, { at: 0 });
    return bytes;
  }

  /** @throws {RangeError} beyond the file: it never grows */
  write(at: number, bytes: Uint8Array<ArrayBuffer>): void {
    if (at + bytes.length > this.#size) throw new RangeError('beyond the key file');
    this.#handle.write(bytes, { at });
    this.#handle.flush();
  }

  close(): void {
    this.#handle.close();
  }

  /** Overwrites all that is there, then removes the file. @throws {DOMException} when another worker has it open */
  static async erase(): Promise<void> {
    const root = await navigator.storage.getDirectory();
    const file = await root.getFileHandle(FILE_NAME).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
      throw error;
    });
    if (!file) return;
    const handle = await file.createSyncAccessHandle();
    try {
      handle.write(new Uint8Array(handle.getSize()), { at: 0 });
      handle.flush();
    } finally {
      handle.close();
    }
    await root.removeEntry(FILE_NAME);
  }
}
