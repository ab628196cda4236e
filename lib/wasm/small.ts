/** A small module around functions written by hand (WebAssembly Core Specification 2.0, section 5.5). */
import { u32 } from './module.ts';

const TYPES = { i32: 0x7f, f32: 0x7d } as const;
export type NumberType = keyof typeof TYPES;

export interface SmallModule {
  /** Of every function. */
  readonly parameters: readonly NumberType[];
  readonly results: readonly NumberType[];
  /** By the names under which they are exported, in the order of their indices; bodies as `Locals.body` makes them. */
  readonly functions: Readonly<Record<string, Uint8Array>>;
  /** Whether it works on a memory, which is then imported as `host.memory`. */
  readonly memory?: boolean;
}

const section = (id: number, content: readonly number[]) => [id, ...u32(content.length), ...content];
const vector = (entries: readonly (readonly number[])[]) => [...u32(entries.length), ...entries.flat()];
const name = (text: string) => vector([...new TextEncoder().encode(text)].map((byte) => [byte]));

/** The module's bytes; functions have their index by the order of their names. */
export function smallModule({
  parameters,
  results,
  functions,
  memory,
}: SmallModule): Uint8Array<ArrayBuffer> {
  const bodies = Object.values(functions);
  const types = (all: readonly NumberType[]) => vector(all.map((type) => [TYPES[type]]));
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, ...types(parameters), ...types(results)]])),
    ...(memory ? section(2, vector([[...name('host'), ...name('memory'), 2, 0, 0]])) : []),
    ...section(3, vector(bodies.map(() => [0]))),
    ...section(7, vector(Object.keys(functions).map((text, i) => [...name(text), 0, ...u32(i)]))),
    ...section(10, vector(bodies.map((body) => [...u32(body.length), ...body]))),
  ]);
}
