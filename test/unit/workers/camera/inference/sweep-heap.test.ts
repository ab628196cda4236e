import { expect, it } from 'vitest';
import { sweepHeap, sweepKnownHeap } from '../../../../../workers/camera/inference/sweep-heap.ts';

const PAGE = 2 ** 16;

/** A heap of 16-byte cells in a memory that grows when it must; what was freed keeps its bytes. */
function plainHeap() {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 4 });
  const taken = new Map<number, number>();
  const isFree = (from: number, to: number) =>
    [...taken].every(([at, bytes]) => at >= to || at + bytes <= from);
  const firstFit = (bytes: number) => {
    for (let at = 16; at + bytes <= memory.buffer.byteLength; at += 16) if (isFree(at, at + bytes)) return at;
    return 0;
  };
  return {
    memory,
    taken,
    get HEAPU8() {
      return new Uint8Array(memory.buffer);
    },
    _malloc(bytes: number) {
      let at = firstFit(bytes);
      if (at === 0) {
        try {
          memory.grow(Math.ceil(bytes / PAGE));
          at = firstFit(bytes);
        } catch {
          return 0;
        }
      }
      if (at !== 0) taken.set(at, bytes);
      return at;
    },
    _free: (at: number) => void taken.delete(at),
  };
}

it('overwrites what was freed, however it lies, and nothing that is in use', () => {
  const heap = plainHeap();
  const blocks = [80, 4096, 64, 30_000, 160].map((bytes) => {
    const at = heap._malloc(bytes);
    heap.HEAPU8.fill(7, at, at + bytes);
    return { at, bytes };
  });
  for (const { at } of blocks.filter((_, i) => i % 2 === 1)) heap._free(at);
  sweepHeap(heap, heap.memory);
  blocks.forEach(({ at, bytes }, i) => {
    const left = heap.HEAPU8.subarray(at, at + bytes).filter((byte) => byte !== 0).length;
    // A gap smaller than a row of a picture may stay.
    if (i % 2 === 1) expect(left).toBeLessThan(64);
    else expect(left).toBe(bytes);
  });
  expect(heap.taken.size).toBe(3);
});

it('does not make the memory larger, and lets it grow afterwards', () => {
  const heap = plainHeap();
  sweepHeap(heap, heap.memory);
  expect(heap.memory.buffer.byteLength).toBe(PAGE);
  expect(heap._malloc(2 * PAGE)).toBeGreaterThan(0);
});

it('says so when it does not know the memory', () => {
  const heap = { HEAPU8: new Uint8Array(64), _malloc: () => 0, _free: () => {} };
  expect(() => sweepKnownHeap(heap)).toThrow('not known');
});
