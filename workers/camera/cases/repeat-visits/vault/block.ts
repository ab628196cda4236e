/**
 * All people of one retention day as one run of bytes, which is sealed as a whole: count, templates, and the days of
 * their visits as bits. Everyone takes the same room, so that the size of what is sealed tells how many there
 * are and nothing else.
 */
import { MAX_RETENTION_DAYS } from '../../../../../contract/index.ts';
import type { Template } from './template.ts';

/** Bytes for one bit a day, from the day the block is for on. */
const BITS = Math.ceil((MAX_RETENTION_DAYS + 1) / 8);
const HEADER = 4;
/** Bytes of one number of a template. */
const NUMBER = Float32Array.BYTES_PER_ELEMENT;

/** Decrypted bytes of a day; the caller that opened them wipes them. */
export class Block {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #length: number;

  /**
   * @param bytes of a block, aligned to four bytes; from now on they belong to this object
   * @param length numbers of a template
   * @throws {RangeError} when they are none
   */
  constructor(bytes: Uint8Array<ArrayBuffer>, length: number) {
    const count =
      bytes.length >= HEADER ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) : NaN;
    if (bytes.length !== sizeOf(count, length)) throw new RangeError(`${bytes.length} bytes are no block`);
    this.#bytes = bytes;
    this.#length = length;
  }

  static empty(length: number): Block {
    return new Block(new Uint8Array(HEADER), length);
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** People in it. */
  get count(): number {
    return this.#view.getUint32(0, true);
  }

  /** A view of the block's own bytes. */
  template(index: number): Template {
    const from = this.#bytes.byteOffset + HEADER + index * this.#length * NUMBER;
    return new Float32Array(this.#bytes.buffer, from, this.#length);
  }

  setTemplate(index: number, template: Template): void {
    this.template(index).set(template);
  }

  /** Days of the visits, ascending, counted from the day the block is for. */
  visits(index: number): number[] {
    const bits = this.#visitBits(index);
    return Array.from({ length: BITS * 8 }, (_, day) => day).filter(
      (day) => bits[day >> 3]! & (1 << (day & 7)),
    );
  }

  /** @throws {RangeError} for a day that no retention period reaches */
  setVisit(index: number, day: number, came: boolean): void {
    if (!(day >= 0 && day <= MAX_RETENTION_DAYS)) throw new RangeError(`day ${day} is beyond any retention`);
    const bits = this.#visitBits(index);
    const bit = 1 << (day & 7);
    if (came) bits[day >> 3]! |= bit;
    else bits[day >> 3]! &= ~bit;
  }

  /** A larger block with one more person, who has come on the block's own day; this one is wiped. */
  with(template: Template): Block {
    const grown = this.#resized(this.count + 1, (index) => index);
    grown.setTemplate(this.count, template);
    grown.setVisit(this.count, 0, true);
    this.wipe();
    return grown;
  }

  /** A smaller block without some people; this one is wiped. */
  without(indices: ReadonlySet<number>): Block {
    const left = Array.from({ length: this.count }, (_, i) => i).filter((i) => !indices.has(i));
    const shrunk = this.#resized(left.length, (index) => left[index]!);
    this.wipe();
    return shrunk;
  }

  wipe(): void {
    this.#bytes.fill(0);
  }

  #resized(count: number, from: (index: number) => number): Block {
    const bytes = new Uint8Array(sizeOf(count, this.#length));
    new DataView(bytes.buffer).setUint32(0, count, true);
    const resized = new Block(bytes, this.#length);
    for (let i = 0; i < count && from(i) < this.count; i++) {
      resized.setTemplate(i, this.template(from(i)));
      resized.#visitBits(i).set(this.#visitBits(from(i)));
    }
    return resized;
  }

  #visitBits(index: number): Uint8Array {
    const from = HEADER + this.count * this.#length * NUMBER + index * BITS;
    return this.#bytes.subarray(from, from + BITS);
  }

  get #view(): DataView {
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
  }
}

const sizeOf = (count: number, length: number) => HEADER + count * (length * NUMBER + BITS);
