/** A small module around functions written by hand (WebAssembly Core Specification 2.0, section 5.5). */
import { u32 } from './module.ts';

const TYPES = { i32: 0x7f, f32: 0x7d } as const;
export type NumberType = keyof typeof TYPES;

export interface SmallModule {
  /** Of every function. */
  readonly parameters: readonly NumberType[];
  readonly results: readonly NumberType[];
  /** As `Locals.body` makes them; the last one is exported as `run`. */
  readonly bodies: readonly Uint8Array[];
  /** Whether it works on a memory, which is then imported as `host.memory`. */
  readonly memory?: boolean;
}

const section = (id: number, content: readonly number[]) => [id, ...u32(content.length), ...content];
const vector = (entries: readonly (readonly number[])[]) => [...u32(entries.length), ...entries.flat()];
const name = (text: string) => vector([...new TextEncoder().encode(text)].map((byte) => [byte]));

export function smallModule({ parameters, results, bodies, memory }: SmallModule): Uint8Array<ArrayBuffer> {
  const types = (all: readonly NumberType[]) => vector(all.map((type) => [TYPES[type]]));
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, ...types(parameters), ...types(results)]])),
    ...(memory ? section(2, vector([[...name('host'), ...name('memory'), 2, 0, 0]])) : []),
    ...section(3, vector(bodies.map(() => [0]))),
    ...section(7, vector([[...name('run'), 0, ...u32(bodies.length - 1)]])),
    ...section(10, vector(bodies.map((body) => [...u32(body.length), ...body]))),
  ]);
}
