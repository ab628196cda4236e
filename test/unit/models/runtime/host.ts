/** A memory around one kernel, which the test fills and reads. */
import { smallModule, type NumberType } from '../../../../lib/wasm/small.ts';

export interface Kernel {
  readonly run: (...operands: number[]) => number | undefined;
  readonly floats: Float32Array;
  readonly words: Int32Array;
}

/** Memory is filled with a value no result has, so that what is written beside its place shows. */
export async function kernelOf(
  parameters: readonly NumberType[],
  results: readonly NumberType[],
  body: Uint8Array,
): Promise<Kernel> {
  const memory = new WebAssembly.Memory({ initial: 16 });
  const { buffer } = memory;
  const module = smallModule({ parameters, results, functions: { run: body }, memory: true });
  const { instance } = await WebAssembly.instantiate(module, { host: { memory } });
  const floats = new Float32Array(buffer);
  floats.fill(UNTOUCHED);
  return { run: instance.exports['run'] as Kernel['run'], floats, words: new Int32Array(buffer) };
}

export const UNTOUCHED = -777;

/** Numbers between -1 and 1, the same for a seed. */
export function numbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * 1;
  });
}
