/**
 * The protobuf wire format, as much of it as ONNX needs (protobuf.dev/programming-guides/encoding).
 *
 * The reader works on views and never allocates by a size the file merely claims: every length is checked against
 * the bytes that are really there.
 */
import { OnnxError } from './errors.ts';

export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
export type Wire = (typeof WIRE)[keyof typeof WIRE];

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export class ProtoReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  /** Field number and wire type of the tag last read by `next`. */
  field = 0;
  wire: Wire = WIRE.varint;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Reads the next tag into `field` and `wire`; false at the end of the message. */
  next(): boolean {
    if (this.done) return false;
    const tag = Number(this.#varint());
    const wire = tag % 8;
    this.field = Math.floor(tag / 8);
    if (this.field === 0 || this.field > 0x1fffffff || wire === 3 || wire === 4 || wire > 5) {
      throw new OnnxError('malformed', `no protobuf tag at byte ${this.#at}`);
    }
    this.wire = wire as Wire;
    return true;
  }

  /** Passes over the value of an unknown field. */
  skip(): void {
    if (this.wire === WIRE.varint) this.#varint();
    else if (this.wire === WIRE.bytes) this.bytes();
    else this.#take(this.wire === WIRE.fixed64 ? 8 : 4);
  }

  /** A signed 64-bit integer, exactly. */
  int64(): bigint {
    this.#expect(WIRE.varint);
    return BigInt.asIntN(64, BigInt(this.#varint()));
  }

  /** A signed integer, saturated to the safe integers: ONNX writes "to the end" as the largest int64. */
  int(): number {
    return saturate(this.int64());
  }

  float(): number {
    this.#expect(WIRE.fixed32);
    return this.#view.getFloat32(this.#take(4), true);
  }

  /** A view on a length-delimited field. */
  bytes(): Uint8Array {
    this.#expect(WIRE.bytes);
    const length = Number(this.#varint());
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  string(): string {
    return decoder.decode(this.bytes());
  }

  message(): ProtoReader {
    return new ProtoReader(this.bytes());
  }

  /** One element of a repeated integer field, or all of them where the writer packed them. */
  ints(into: bigint[]): void {
    if (this.wire !== WIRE.bytes) into.push(this.int64());
    else {
      const packed = this.message();
      while (!packed.done) into.push(BigInt.asIntN(64, BigInt(packed.#varint())));
    }
  }

  /** One element of a repeated float (`width` 4) or double (8) field, or all of them where packed. */
  floats(into: number[], width: 4 | 8 = 4): void {
    const read = (reader: ProtoReader) => {
      const at = reader.#take(width);
      into.push(width === 4 ? reader.#view.getFloat32(at, true) : reader.#view.getFloat64(at, true));
    };
    if (this.wire !== WIRE.bytes) {
      this.#expect(width === 4 ? WIRE.fixed32 : WIRE.fixed64);
      read(this);
    } else {
      const packed = this.message();
      while (!packed.done) read(packed);
    }
  }

  #expect(wire: Wire): void {
    if (this.wire !== wire) {
      throw new OnnxError('malformed', `field ${this.field} has wire type ${this.wire}, not ${wire}`);
    }
  }

  #take(length: number): number {
    const start = this.#at;
    if (length > this.#bytes.length - start) {
      throw new OnnxError('truncated', `${length} bytes promised, ${this.#bytes.length - start} there`);
    }
    this.#at = start + length;
    return start;
  }

  /** An unsigned varint; a bigint only where a number would lose bits. */
  #varint(): number | bigint {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 7; i++) {
      const byte = this.#bytes[this.#take(1)] as number;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    let big = BigInt(value);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#take(1)] as number;
      big |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, big);
    }
    throw new OnnxError('malformed', `a varint of more than ten bytes before byte ${this.#at}`);
  }
}

/** @returns `value` as a whole number, clamped to the safe integers */
export function saturate(value: bigint): number {
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  return Number(value > limit ? limit : value < -limit ? -limit : value);
}

/** Builds one message; nested messages are writers of their own. Fields appear in the order they are written. */
export class ProtoWriter {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  int(field: number, value: number | bigint): this {
    this.#tag(field, WIRE.varint);
    return this.#varint(BigInt.asUintN(64, BigInt(value)));
  }

  float(field: number, value: number): this {
    this.#tag(field, WIRE.fixed32);
    const chunk = new Uint8Array(4);
    new DataView(chunk.buffer).setFloat32(0, value, true);
    return this.#push(chunk);
  }

  bytes(field: number, value: Uint8Array): this {
    this.#tag(field, WIRE.bytes);
    this.#varint(BigInt(value.length));
    return this.#push(value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, value: ProtoWriter): this {
    this.#tag(field, WIRE.bytes);
    this.#varint(BigInt(value.#length));
    for (const chunk of value.#chunks) this.#push(chunk);
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      out.set(chunk, at);
      at += chunk.length;
    }
    return out;
  }

  #tag(field: number, wire: Wire): void {
    this.#varint(BigInt(field * 8 + wire));
  }

  #varint(value: bigint): this {
    const out: number[] = [];
    while (value > 0x7fn) {
      out.push(Number(value & 0x7fn) | 0x80);
      value >>= 7n;
    }
    out.push(Number(value));
    return this.#push(Uint8Array.from(out));
  }

  #push(chunk: Uint8Array): this {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return this;
  }
}
