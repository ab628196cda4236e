/** A small module around one kernel, with a memory that the test fills and reads. */
import { u32 } from '../../../../models/runtime/module.ts';

const TYPES = { i32: 0x7f, f32: 0x7d } as const;
export type Type = keyof typeof TYPES;

const section = (id: number, content: readonly number[]) => [id, ...u32(content.length), ...content];
const vector = (entries: readonly (readonly number[])[]) => [...u32(entries.length), ...entries.flat()];
const text = (value: string) => vector([...Buffer.from(value)].map((byte) => [byte]));

/** Functions of one type in one module; the last is exported as `run`, the memory as `memory`. */
export function moduleOf(
  parameters: readonly Type[],
  results: readonly Type[],
  bodies: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const type = [
    0x60,
    ...vector(parameters.map((name) => [TYPES[name]])),
    ...vector(results.map((name) => [TYPES[name]])),
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([type])),
    ...section(3, vector(bodies.map(() => [0]))),
    ...section(5, vector([[0, 16]])),
    ...section(
      7,
      vector([
        [...text('memory'), 2, 0],
        [...text('run'), 0, ...u32(bodies.length - 1)],
      ]),
    ),
    ...section(10, vector(bodies.map((body) => [...u32(body.length), ...body]))),
  ]);
}

export interface Kernel {
  readonly run: (...operands: number[]) => number | undefined;
  readonly floats: Float32Array;
  readonly words: Int32Array;
}

/** Memory is filled with a value no result has, so that what is written beside its place shows. */
export async function kernelOf(
  parameters: readonly Type[],
  results: readonly Type[],
  body: Uint8Array,
): Promise<Kernel> {
  const { instance } = await WebAssembly.instantiate(moduleOf(parameters, results, [body]));
  const { buffer } = instance.exports['memory'] as WebAssembly.Memory;
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
