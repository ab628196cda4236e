/** Reads flatbuffers (flatbuffers.dev/internals) without a generated schema: tables, fields, vectors. */
import { TfliteError } from './errors.ts';

/** A table in a flatbuffer; fields are numbered as in the schema. All positions are bytes from the file's start. */
export class Table {
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#vtable = at - guard(() => view.getInt32(at, true));
  }

  /** The root table. @throws {TfliteError} where the file does not carry `identifier` */
  static root(bytes: Uint8Array, identifier: string): Table {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const found = new TextDecoder('latin1').decode(bytes.subarray(4, 8));
    if (found !== identifier) throw new TfliteError(`no ${identifier} file`);
    return new Table(view, view.getUint32(0, true));
  }

  /** Where a field lies, or `undefined` if it is not set. */
  field(index: number): number | undefined {
    const entry = 4 + 2 * index;
    return guard(() => {
      if (entry >= this.#view.getUint16(this.#vtable, true)) return undefined;
      const offset = this.#view.getUint16(this.#vtable + entry, true);
      return offset === 0 ? undefined : this.#at + offset;
    });
  }

  int8(index: number): number {
    const at = this.field(index);
    return at === undefined ? 0 : guard(() => this.#view.getInt8(at));
  }

  uint32(index: number): number {
    const at = this.field(index);
    return at === undefined ? 0 : guard(() => this.#view.getUint32(at, true));
  }

  table(index: number): Table | undefined {
    const at = this.target(index);
    return at === undefined ? undefined : new Table(this.#view, at);
  }

  /** What the offset in a field points to. */
  target(index: number): number | undefined {
    const at = this.field(index);
    return at === undefined ? undefined : guard(() => at + this.#view.getUint32(at, true));
  }

  /** Number of elements of a vector; 0 where it is not set. */
  count(index: number): number {
    const at = this.target(index);
    return at === undefined ? 0 : guard(() => this.#view.getUint32(at, true));
  }

  /** Where the tables of a vector of tables lie. */
  positions(index: number): number[] {
    const start = (this.target(index) ?? 0) + 4;
    return this.#each(index, (i) => start + 4 * i + this.#view.getUint32(start + 4 * i, true));
  }

  tables(index: number): Table[] {
    return this.positions(index).map((at) => new Table(this.#view, at));
  }

  ints(index: number): number[] {
    const start = (this.target(index) ?? 0) + 4;
    return this.#each(index, (i) => this.#view.getInt32(start + 4 * i, true));
  }

  string(index: number): string {
    const start = (this.target(index) ?? 0) + 4;
    return String.fromCharCode(...this.#each(index, (i) => this.#view.getUint8(start + i)));
  }

  #each(index: number, read: (i: number) => number): number[] {
    const count = this.count(index);
    if (count > this.#view.byteLength) throw new TfliteError('a vector longer than the file');
    return guard(() => Array.from({ length: count }, (_, i) => read(i)));
  }
}

function guard<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RangeError) throw new TfliteError('the file ends too early', { cause });
    throw cause;
  }
}
