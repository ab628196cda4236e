/**
 * Overwrites what a library compiled to WebAssembly has freed. Freed memory keeps what was in it: copies of an input, and what a
 * first run made of it, stay until another run happens to get the same place. An empty picture run through may get another.
 */
import { wasmMemories } from '../isolation/memories.ts';
import '../isolation/watched-wasm.ts';

/** As much of a module made by Emscripten as is needed to lend oneself its memory. */
export interface Heap {
  /** @returns the address in bytes; 0 when there is none */
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly HEAPU8: Uint8Array;
}

/** Bytes of the largest block asked for first; each round asks for half of the round before. */
const LARGEST = 2 ** 26;
/** In smaller gaps no row of a picture has room. */
const SMALLEST = 64;

/**
 * Borrows all that is free, zeroes it and gives it back; the memory does not grow by this. To be called between runs only.
 * @param memory the memory of the heap
 */
export function sweepHeap(heap: Heap, memory: WebAssembly.Memory): void {
  const borrowed: number[] = [];
  // The module asks its memory to grow when nothing is free; it takes an error for "no".
  memory.grow = () => {
    throw new RangeError('only what is there is asked for');
  };
  try {
    for (let bytes = LARGEST; bytes >= SMALLEST; bytes /= 2) {
      for (let at = heap._malloc(bytes); at !== 0; at = heap._malloc(bytes)) {
        heap.HEAPU8.fill(0, at, at + bytes);
        borrowed.push(at);
      }
    }
  } finally {
    Reflect.deleteProperty(memory, 'grow');
    for (const at of borrowed) heap._free(at);
  }
}

/**
 * The same for a heap whose memory is among those known in this worker.
 * @throws {Error} when it is not: then something could not be overwritten
 */
export function sweepKnownHeap(heap: Heap): void {
  const memory = wasmMemories().find(({ buffer }) => buffer === heap.HEAPU8.buffer);
  if (!memory) throw new Error('the memory of this heap is not known');
  sweepHeap(heap, memory);
}
