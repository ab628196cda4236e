/**
 * The parts of a WebAssembly module that are needed to exchange function bodies (WebAssembly Core Specification 2.0,
 * section 5.5, "Modules" of the binary format). Everything else is carried over byte for byte.
 */

const MAGIC = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const SECTION = { import: 2, function: 3, code: 10 } as const;
/** Kinds of imports and how many numbers follow each; a table's or memory's limits are told apart by their flags. */
const IMPORT = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** Reads bytes and LEB128 numbers in sequence. */
export class Cursor {
  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
  ) {}

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new RangeError('the module breaks off');
    return value;
  }

  /** An unsigned number of up to 32 bits. A signed one may be skipped with it, too. */
  u32(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new RangeError('the module breaks off');
    return this.bytes.subarray(this.at, (this.at += length));
  }
}

/** @returns LEB128, in bytes, of a whole number from 0 to 2^32 - 1 */
export function u32(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value >>> 0; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** A module whose functions can be exchanged. Function indices count imported functions first, as in the binary. */
export class Module {
  readonly #sections: { readonly id: number; readonly content: Uint8Array }[] = [];
  readonly #imported: number;
  readonly #types: number[];
  readonly #bodies: Uint8Array[];

  /** @throws {RangeError} when the bytes are not a module that can be read */
  constructor(bytes: Uint8Array) {
    const cursor = new Cursor(bytes);
    if (MAGIC.some((byte) => cursor.byte() !== byte)) throw new RangeError('not a WebAssembly module');
    while (cursor.at < bytes.length) {
      const id = cursor.byte();
      this.#sections.push({ id, content: cursor.take(cursor.u32()) });
    }
    this.#imported = countImports(this.#content(SECTION.import));
    this.#types = list(this.#content(SECTION.function), (entry) => entry.u32());
    this.#bodies = list(this.#content(SECTION.code), (entry) => entry.take(entry.u32()));
  }

  /** Every function of the module's own: its index and its body (local variables and instructions). */
  *functions(): Iterable<{ readonly index: number; readonly body: Uint8Array }> {
    for (const [i, body] of this.#bodies.entries()) yield { index: this.#imported + i, body };
  }

  body(index: number): Uint8Array {
    const body = this.#bodies[index - this.#imported];
    if (!body) throw new RangeError(`the module has no function ${index} of its own`);
    return body;
  }

  replace(index: number, body: Uint8Array): void {
    this.body(index);
    this.#bodies[index - this.#imported] = body;
  }

  /** Adds a function of the same type as another. @returns its index */
  add(body: Uint8Array, like: number): number {
    this.body(like);
    this.#types.push(this.#types[like - this.#imported]!);
    return this.#imported + this.#bodies.push(body) - 1;
  }

  encode(): Uint8Array {
    const parts: ArrayLike<number>[] = [MAGIC];
    for (const { id, content } of this.#sections) {
      const written = this.#written(id) ?? [content];
      parts.push([id], u32(written.reduce((sum, part) => sum + part.length, 0)), ...written);
    }
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  #written(id: number): ArrayLike<number>[] | undefined {
    if (id === SECTION.function) return [u32(this.#types.length), ...this.#types.map(u32)];
    if (id === SECTION.code)
      return [u32(this.#bodies.length), ...this.#bodies.flatMap((body) => [u32(body.length), body])];
    return undefined;
  }

  #content(id: number): Uint8Array {
    return this.#sections.find((section) => section.id === id)?.content ?? new Uint8Array([0]);
  }
}

function list<T>(content: Uint8Array, read: (cursor: Cursor) => T): T[] {
  const cursor = new Cursor(content);
  return Array.from({ length: cursor.u32() }, () => read(cursor));
}

function countImports(content: Uint8Array): number {
  const kinds = list(content, (cursor) => {
    cursor.take(cursor.u32());
    cursor.take(cursor.u32());
    const kind = cursor.byte();
    if (kind === IMPORT.function) cursor.u32();
    else if (kind === IMPORT.global || kind === IMPORT.tag) cursor.take(2);
    else {
      if (kind === IMPORT.table) cursor.byte();
      const hasMost = (cursor.byte() & 1) !== 0;
      cursor.u32();
      if (hasMost) cursor.u32();
    }
    return kind;
  });
  return kinds.filter((kind) => kind === IMPORT.function).length;
}
