/** What was handed into the sealed frame, as the camera uses it. */
import { Fault } from './fault.ts';
import type { BinaryName, CodeName, Supplies } from './supplies.ts';

/**
 * The page hands a part in before it gives the command that needs it, but over another port: it may arrive a moment later.
 * In milliseconds.
 */
const PATIENCE_MS = 10_000;
const ORT_BINARY = /^models\/ort-[\d.]+\.wasm$/;

export class HandedIn implements Supplies {
  readonly #parts = new Map<string, ArrayBuffer>();
  readonly #waiting = new Set<() => void>();

  /** @param bytes checked already */
  take(name: string, bytes: ArrayBuffer): void {
    this.#parts.set(name, bytes);
    for (const look of [...this.#waiting]) look();
  }

  async file(path: string, subject: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.#find((name) => name === path, subject));
  }

  async code(name: CodeName): Promise<string> {
    const bytes = await this.#find((part) => part === name, name);
    return URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
  }

  binary(name: BinaryName): Promise<ArrayBuffer> {
    return this.#find((part) => (name === 'ort' ? ORT_BINARY.test(part) : part === name), name);
  }

  #find(fits: (name: string) => boolean, subject: string): Promise<ArrayBuffer> {
    const look = () => [...this.#parts].find(([name]) => fits(name))?.[1];
    const there = look();
    if (there) return Promise.resolve(there);
    return new Promise((resolve, reject) => {
      const timeout = setTimeout(() => {
        this.#waiting.delete(again);
        reject(new Fault('model-missing', `${subject} was not handed in`, { subject }));
      }, PATIENCE_MS);
      const again = () => {
        const bytes = look();
        if (!bytes) return;
        clearTimeout(timeout);
        this.#waiting.delete(again);
        resolve(bytes);
      };
      this.#waiting.add(again);
    });
  }
}
