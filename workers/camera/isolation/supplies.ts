/**
 * Where the camera gets code, runtimes, models and pictures of the site from. The sealed camera reaches no address: what it
 * uses was handed in, and the frame has held it to the hash it was built with. A camera of the laboratory reads it from its
 * own server.
 */

/** Pieces of code that are imported when they are needed. */
export type CodeName = 'ort-wasm' | 'ort-thread' | 'thread-lockdown' | 'mediapipe' | 'mediapipe-loader';

/** Binaries of the runtimes: with our own kernels, and as published. */
export type BinaryName = 'ort' | 'mediapipe-binary' | 'ort-webgpu-binary';

export interface Supplies {
  /**
   * A file of the site, by its path below the root: a model, the registry, a sample's background.
   * @throws {Fault} 'model-missing' when it is not there; 'model-corrupt', 'memory-exhausted'
   */
  file(path: string, subject: string, onBytes?: OnBytes): Promise<Uint8Array<ArrayBuffer>>;
  /** An address that `import()` takes; each one leads to a copy of its own. */
  code(name: CodeName): Promise<string>;
  /** Bytes, or an address they can be fetched from. */
  binary(name: BinaryName): Promise<ArrayBuffer | string>;
}

/** How far a download is, in bytes. */
export type OnBytes = (loaded: number, total: number) => void;

let current: Supplies | undefined;

export function useSupplies(supplies: Supplies): void {
  current = supplies;
}

/** @throws {Error} when the camera was put together without any: a programming error */
export function supplies(): Supplies {
  if (!current) throw new Error('this camera has no supplies');
  return current;
}
