/**
 * Counts copies of a canary in raw memory, whatever was made of it: at any size, upright or turned by a quarter, as planes or as
 * pixels, as bytes or as floats under any affine map. Not what a network computes from it.
 *
 * A sequence of runs is compared with the colours of each row by correlation, which no change of brightness or contrast
 * touches. Three rows in one form, near one another, are a trace; all rows of the picture are one copy.
 */
import { COLUMNS, ROWS, toRgb, type Canary, type Triple } from './canary.ts';
import { SEQUENCE, walk, type Period } from './runs.ts';

/** Forms in which a copy can be: planes of a decoder, pixels in bytes, numbers that a model computes with. */
export const KINDS = ['yuv', 'rgba', 'bgra', 'rgb', 'floats'] as const;
export type Kind = (typeof KINDS)[number];
export type Copies = Partial<Record<Kind, number>>;

/** A row by chance looks like one of the canary's with less than this; H.264 changes colours by a level or two. */
const MIN_CORRELATION = 0.9985;
/** Sequences of length 1 that correlate so well differ by less than this in each value. */
const MAX_DIFFERENCE = Math.sqrt(2 - 2 * MIN_CORRELATION);
/** Rows that make a trace. */
const MIN_ROWS = 3;
/** Rows of one copy follow one another within so many bytes. */
const MAX_GAP = 2 ** 21;

/** Y, U, V, then red, green, blue of both matrices. */
const CHANNELS: readonly ((block: Triple) => number)[] = [
  ...([0, 1, 2] as const).map((i) => (block: Triple) => block[i]),
  ...(['bt709', 'bt601'] as const).flatMap((matrix) =>
    ([0, 1, 2] as const).map((i) => (block: Triple) => toRgb(block, matrix)[i]),
  ),
];
const isPlane = (channel: number) => channel < 3;
const isColour = (channel: number, colour: 0 | 1 | 2) => channel >= 3 && channel % 3 === colour;

/** One row of the picture, or of the picture turned, in one channel. */
interface Row {
  readonly channel: number;
  readonly turn: 0 | 1 | 3;
  readonly row: number;
  readonly rows: number;
  readonly values: readonly number[];
}

/** How a word is read, and of which kinds a match then is. */
interface Reading {
  readonly read: (word: number) => number;
  readonly suits: (word: number, period: Period) => boolean;
  kind(channel: number): Kind | undefined;
}

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);
const asFloat = (word: number): number => {
  bits[0] = word;
  return floats[0]!;
};
const asHalf = (word: number): number => {
  const exponent = (word >> 10) & 31;
  const fraction = word & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return word & 0x8000 ? -size : size;
};
const bytesEqual = (word: number) => word === Math.imul(word & 255, 0x01010101) >>> 0;
const halvesEqual = (word: number) => word >>> 16 === (word & 0xffff);

const READINGS: readonly Reading[] = [
  // A plane of bytes, without and with a sign.
  ...[(word: number) => word & 255, (word: number) => (word << 24) >> 24].map((read) => ({
    read,
    suits: (word: number, period: Period) => period === 1 && bytesEqual(word),
    kind: (channel: number): Kind => (isPlane(channel) ? 'yuv' : 'rgb'),
  })),
  // U and V beside one another, as in NV12; numbers of half precision.
  ...[0, 8].map((shift) => ({
    read: (word: number) => (word >>> shift) & 255,
    suits: (word: number, period: Period) => period === 1 && halvesEqual(word) && !bytesEqual(word),
    kind: (channel: number): Kind | undefined => (isPlane(channel) && channel > 0 ? 'yuv' : undefined),
  })),
  {
    read: (word) => asHalf(word & 0xffff),
    suits: (word, period) => period === 1 && halvesEqual(word) && !bytesEqual(word),
    kind: () => 'floats',
  },
  // Pixels of four bytes: the first is red or blue, and the third the other one.
  ...[0, 16].map((shift) => ({
    read: (word: number) => (word >>> shift) & 255,
    suits: (_: number, period: Period) => period === 1,
    kind: (channel: number): Kind | undefined => {
      if (isColour(channel, 0)) return shift === 0 ? 'rgba' : 'bgra';
      return isColour(channel, 2) ? (shift === 0 ? 'bgra' : 'rgba') : undefined;
    },
  })),
  // Pixels of three bytes, four of them in three words.
  {
    read: (word) => word & 255,
    suits: (_, period) => period === 3,
    kind: (channel) => (isPlane(channel) ? undefined : 'rgb'),
  },
  {
    read: asFloat,
    suits: (word) => {
      const size = Math.abs(asFloat(word));
      return size === 0 || (size > 1e-5 && size < 1e6);
    },
    kind: () => 'floats',
  },
];

/** Brings values to mean 0 and length 1. @returns false where they do not differ */
function standardise(values: Float64Array): boolean {
  let mean = 0;
  for (let i = 0; i < SEQUENCE; i++) mean += values[i]! / SEQUENCE;
  let length = 0;
  for (let i = 0; i < SEQUENCE; i++) {
    values[i]! -= mean;
    length += values[i]! * values[i]!;
  }
  if (!(length > 1e-12 * (1 + mean * mean)) || !Number.isFinite(length)) return false;
  const scale = 1 / Math.sqrt(length);
  for (let i = 0; i < SEQUENCE; i++) values[i]! *= scale;
  return true;
}

/** Every row of a canary, upright and turned by a quarter either way. */
function rowsOf({ blocks }: Canary): Row[] {
  const found: Row[] = [];
  for (const [channel, value] of CHANNELS.entries()) {
    for (const [row, line] of blocks.entries())
      found.push({ channel, turn: 0, row, rows: ROWS, values: line.map(value) });
    for (let column = 0; column < COLUMNS; column++) {
      const down = blocks.map((line) => value(line[column]!));
      found.push({ channel, turn: 3, row: column, rows: COLUMNS, values: down });
      found.push({ channel, turn: 1, row: column, rows: COLUMNS, values: down.toReversed() });
    }
  }
  return found;
}

/** Of 52 bits, which no two sequences of one memory share in practice. */
function hashOf(words: Uint32Array, period: Period): number {
  let low: number = period;
  let high = 0x811c9dc5;
  for (let i = 0; i < SEQUENCE; i++) {
    low = Math.imul(low ^ words[i]!, 0x01000193) ^ (low >>> 13);
    high = Math.imul(high ^ words[i]!, 0x85ebca6b) ^ (high >>> 15);
  }
  return (low >>> 0) * 2 ** 20 + (high >>> 12);
}

/** One canary to look for. It remembers what sequences are, because rows repeat one another. */
export class Traces {
  readonly #rows: Row[] = [];
  /** Of each row and place in it: colours without their mean, of length 1. */
  readonly #wanted: Float64Array;
  readonly #known = new Map<number, readonly { reading: number; row: Row }[]>();
  readonly #values = new Float64Array(SEQUENCE);

  constructor(canary: Canary) {
    const wanted: number[] = [];
    const values = new Float64Array(SEQUENCE);
    for (const row of rowsOf(canary)) {
      for (let place = 0; place + SEQUENCE <= row.values.length; place++) {
        values.set(row.values.slice(place, place + SEQUENCE));
        if (!standardise(values)) continue;
        wanted.push(...values);
        this.#rows.push(row);
      }
    }
    this.#wanted = Float64Array.from(wanted);
  }

  /** What a sequence of runs is, if it is of the canary. */
  recognise(words: Uint32Array, period: Period): readonly { reading: number; row: Row }[] {
    const key = hashOf(words, period);
    const known = this.#known.get(key);
    if (known) return known;
    const found = READINGS.flatMap(({ read, suits, kind }, reading) => {
      for (let i = 0; i < SEQUENCE; i++) {
        if (!suits(words[i]!, period)) return [];
        this.#values[i] = read(words[i]!);
      }
      if (!standardise(this.#values)) return [];
      return this.#matches().flatMap((row) => (kind(row.channel) ? [{ reading, row }] : []));
    });
    if (this.#known.size > 200_000) this.#known.clear();
    this.#known.set(key, found);
    return found;
  }

  #matches(): Row[] {
    const values = this.#values;
    const wanted = this.#wanted;
    const found: Row[] = [];
    const [first, second] = [Math.abs(values[0]!), Math.abs(values[1]!)];
    for (let which = 0, at = 0; which < this.#rows.length; which++, at += SEQUENCE) {
      // Most are passed over by their first two values.
      if (Math.abs(first - Math.abs(wanted[at]!)) > MAX_DIFFERENCE) continue;
      if (Math.abs(second - Math.abs(wanted[at + 1]!)) > MAX_DIFFERENCE) continue;
      let correlation = 0;
      for (let i = 0; i < SEQUENCE; i++) correlation += values[i]! * wanted[at + i]!;
      if (Math.abs(correlation) >= MIN_CORRELATION) found.push(this.#rows[which]!);
    }
    return found;
  }
}

/** Rows of one form and channel that were passed one after the other. */
interface Pass {
  readonly kind: Kind;
  readonly rows: Set<number>;
  readonly of: number;
  latest: number;
  at: number;
  copies: number;
}

/** Counts the copies of one canary in one place, which may come in pieces. */
export class Count {
  readonly #passes = new Map<string, Pass>();
  readonly #traces: Traces;

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  /** @param at the sequence's address, in bytes */
  take(words: Uint32Array, period: Period, at: number): void {
    for (const { reading, row } of this.#traces.recognise(words, period)) {
      const kind = READINGS[reading]!.kind(row.channel)!;
      const key = `${period}:${reading}:${row.channel}:${row.turn}`;
      const pass = this.#passes.get(key) ?? {
        kind,
        rows: new Set(),
        of: row.rows,
        latest: -1,
        at,
        copies: 0,
      };
      this.#passes.set(key, pass);
      const again = row.row !== pass.latest && pass.rows.has(row.row);
      if (again || at - pass.at > MAX_GAP) settle(pass);
      pass.rows.add(row.row);
      pass.latest = row.row;
      pass.at = at;
    }
  }

  /** Copies by kind, in pictures. One picture is found in several channels: the channel with most counts. */
  total(): Copies {
    const copies: Copies = {};
    for (const pass of this.#passes.values()) {
      settle(pass);
      if (pass.copies > 0) copies[pass.kind] = Math.max(copies[pass.kind] ?? 0, pass.copies);
    }
    return copies;
  }
}

function settle(pass: Pass): void {
  if (pass.rows.size >= MIN_ROWS) pass.copies += pass.rows.size / pass.of;
  pass.rows.clear();
}

/** Looks for several canaries in one walk. @param base bytes of the place before this piece */
export function count(piece: Uint32Array, base: number, counts: readonly Count[]): void {
  walk(piece, (words, period, at) => {
    for (const each of counts) each.take(words, period, base + 4 * at);
  });
}
