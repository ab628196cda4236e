import { describe, expect, it } from 'vitest';
import { noteArrays, wasmMemories, watchWasm } from '../../../../../workers/camera/isolation/memories.ts';

/** A module that has a memory of its own and exports it. */
const MODULE = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[5, 3, 1, 0, 1],
  ...[7, 10, 1, 6, ...new TextEncoder().encode('memory'), 2, 0],
);

describe('a memory of WebAssembly', () => {
  const { Memory, Instance, Module, instantiate } = WebAssembly;
  const wasm = { Memory, Instance, instantiate } as typeof WebAssembly;
  watchWasm(wasm);
  const isKnown = (memory: unknown) => wasmMemories().includes(memory as WebAssembly.Memory);

  it.each<{ way: string; make: () => unknown }>([
    { way: 'made by itself', make: () => new wasm.Memory({ initial: 1 }) },
    { way: 'shared by threads', make: () => new wasm.Memory({ initial: 1, maximum: 2, shared: true }) },
    { way: 'of an instance', make: () => new wasm.Instance(new Module(MODULE)).exports['memory'] },
    {
      way: 'of bytes made into an instance',
      make: async () => (await wasm.instantiate(MODULE)).instance.exports['memory'],
    },
    {
      way: 'of a module made into an instance',
      make: async () => (await wasm.instantiate(new Module(MODULE))).exports['memory'],
    },
  ])('is known: $way', async ({ make }) => {
    const memory = await make();
    expect(memory).toBeInstanceOf(Memory);
    expect(isKnown(memory)).toBe(true);
  });
});

describe('arrays', () => {
  const SIZE = 8192;
  it.each<{ way: string; make: () => ArrayBufferView | ArrayBuffer }>([
    { way: 'made', make: () => new Uint8Array(SIZE) },
    { way: 'made from another', make: () => new Float32Array(new Array<number>(SIZE).fill(1)) },
    { way: 'a buffer', make: () => new ArrayBuffer(SIZE) },
    { way: 'copied by from', make: () => Uint8Array.from({ length: SIZE }, () => 1) },
  ])('are noted while it lasts, and not before or after: $way', ({ make }) => {
    const before = make();
    const end = noteArrays(globalThis);
    const during = make();
    const noted = end();
    const after = make();
    const bufferOf = (one: ArrayBufferView | ArrayBuffer) => (ArrayBuffer.isView(one) ? one.buffer : one);
    expect(noted).toContain(bufferOf(during));
    expect(noted).not.toContain(bufferOf(before));
    expect(noted).not.toContain(bufferOf(after));
  });

  it('are noted when they are copied, or copied into, and work as before', () => {
    const [from, into] = [new Uint8Array(SIZE).fill(7), new Uint8Array(SIZE)];
    const end = noteArrays(globalThis);
    const slice = from.slice();
    into.set(from);
    expect(slice).toEqual(from);
    expect(into[9]).toBe(7);
    expect(slice).toBeInstanceOf(Uint8Array);
    expect(new Uint8Array(2)).toBeInstanceOf(Uint8Array);
    const noted = end();
    expect(noted).toEqual(expect.arrayContaining([slice.buffer, into.buffer]));
    expect(new Uint8Array(1).constructor).toBe(Uint8Array);
  });

  it('that are too small for a picture are not', () => {
    const end = noteArrays(globalThis);
    const small = new Uint8Array(100);
    expect(end()).not.toContain(small.buffer);
  });
});
