/**
 * Looks for a canary in raw memory, whatever was made of it: at any size, as bytes or as floats (single or half precision), in
 * pixels or in planes, brightened, stretched or normalised. Not what a network computes from it.
 *
 * Inside a block all pixels are equal, so that a row of the picture is a row of runs of equal words, about as long as one
 * another. Runs in sequence are compared with the colours of each row by their correlation, which no change of brightness or
 * contrast touches. One row could look so by chance; three rows of one picture in one form do not.
 */
import { COLUMNS, ROWS, type Canary } from './canary.ts';

/** Words after which pixels repeat inside a block: RGBA or planes, RGB (bytes or floats), RGBA in floats. */
const PERIODS = [1, 3, 4] as const;
const MAX_PERIOD = 4;
/** Words between two looks: no run of a block is so short that this passes over it. RGBA in floats has the longest runs. */
const STEP = 3;
const WIDE_ROUNDS = 4;
/** Blocks in sequence that are compared. */
const SEQUENCE = 8;
/** Words looked at without a pause: some tens of milliseconds. */
const PIECE = 2 ** 21;
/** Pixels between two blocks that a scaled picture blends. */
const MAX_EDGE = 3;
const MIN_CORRELATION = 0.999;
const MIN_ROWS = 3;
/** Red, green, blue, and brightness (ITU-R BT.601). */
const CHANNELS = 4;
const PLACES = COLUMNS - SEQUENCE + 1;

/** A canary in the form in which it is compared. */
export class Traces {
  /** Of each row, channel and place: colours without their mean, of length 1. */
  readonly #wanted: Float64Array;

  constructor({ colours }: Canary) {
    this.#wanted = new Float64Array(ROWS * CHANNELS * PLACES * SEQUENCE);
    const values = new Float64Array(SEQUENCE);
    for (let row = 0, at = 0; row < ROWS; row++) {
      for (let channel = 0; channel < CHANNELS; channel++) {
        for (let place = 0; place < PLACES; place++, at += SEQUENCE) {
          for (let i = 0; i < SEQUENCE; i++) values[i] = valueOf(colours[row]![place + i]!, channel);
          if (standardise(values)) this.#wanted.set(values, at);
        }
      }
    }
  }

  /** @returns whether the canary is there; never in memory that was given away meanwhile */
  find(memory: ArrayBufferLike): boolean {
    const search = this.search(memory);
    for (;;) {
      const step = search.next();
      if (step.done) return step.value;
    }
  }

  /** The same in pieces, so that a large memory leaves time for other work in between. */
  *search(memory: ArrayBufferLike): Generator<void, boolean> {
    if (memory.byteLength === 0) return false;
    const words = new Uint32Array(memory, 0, memory.byteLength >> 2);
    const isCanary = (sequence: readonly number[], match: Match) => this.#compare(sequence, match);
    const [pixels, rgb, wide] = PERIODS.map((period) => new Runs(words, period, isCanary));
    // One walk for all periods: the way to the memory takes longer than to look at it.
    let piece = PIECE;
    for (let i = 0, round = 0; i < words.length - MAX_PERIOD; i += STEP, round++) {
      if (i >= piece) {
        yield;
        piece = i + PIECE;
      }
      const word = words[i];
      if (i >= pixels!.end && word === words[i + 1] && pixels!.follow(i)) return true;
      if (i >= rgb!.end && word === words[i + 3] && rgb!.follow(i)) return true;
      if (round % WIDE_ROUNDS === 0 && i >= wide!.end && word === words[i + 4] && wide!.follow(i))
        return true;
    }
    return false;
  }

  #compare(sequence: readonly number[], match: Match): boolean {
    const values = new Float64Array(SEQUENCE);
    for (const [reading, read] of READINGS.entries()) {
      for (let i = 0; i < SEQUENCE; i++) values[i] = read(sequence[i]!);
      if (!standardise(values)) continue;
      for (let at = 0, which = 0; at < this.#wanted.length; at += SEQUENCE, which++) {
        let correlation = 0;
        for (let i = 0; i < SEQUENCE; i++) correlation += values[i]! * this.#wanted[at + i]!;
        if (Math.abs(correlation) < MIN_CORRELATION) continue;
        const form = reading * CHANNELS * PLACES + (which % (CHANNELS * PLACES));
        if (match.rowFound(form, Math.floor(which / (CHANNELS * PLACES)))) return true;
      }
    }
    return false;
  }
}

/** Runs of one period, in the order of the memory. */
class Runs {
  /** Where the latest run ends. */
  end = 0;
  readonly #match = new Match();
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  readonly #words: Uint32Array;
  readonly #period: number;
  readonly #isCanary: (sequence: readonly number[], match: Match) => boolean;

  constructor(
    words: Uint32Array,
    period: number,
    isCanary: (sequence: readonly number[], match: Match) => boolean,
  ) {
    this.#words = words;
    this.#period = period;
    this.#isCanary = isCanary;
  }

  /** Takes in the run around a word that repeats. @returns whether it completes the canary */
  follow(at: number): boolean {
    const words = this.#words;
    const period = this.#period;
    let start = at;
    while (start > this.end && words[start - 1] === words[start - 1 + period]) start--;
    let end = at;
    const last = words.length - period;
    while (end < last && words[end] === words[end + period]) end++;
    const starts = this.#starts;
    const lengths = this.#lengths;
    if (start - this.end > MAX_EDGE * period) starts.length = lengths.length = 0;
    // A block next to one of the same first word begins where the other one ends.
    this.end = end;
    starts.push(start);
    lengths.push(end - start);
    if (starts.length > SEQUENCE) {
      starts.shift();
      lengths.shift();
    }
    if (starts.length < SEQUENCE || !areBlocks(lengths, period)) return false;
    const sequence = starts.map((start) => words[start]!);
    // Rows of pixels inside a block repeat one another.
    return this.#match.isNew(sequence) && this.#isCanary(sequence, this.#match);
  }
}

/** What has been compared and found in one memory so far. */
class Match {
  readonly #compared = new Set<number>();
  /** Rows found, by form: how the words are read, channel, place. */
  readonly #rows = new Map<number, Set<number>>();

  isNew(sequence: readonly number[]): boolean {
    const hash = sequence.reduce((sum, word) => Math.imul(sum ^ word, 0x01000193) ^ (sum >>> 13), 0x811c9dc5);
    if (this.#compared.has(hash)) return false;
    this.#compared.add(hash);
    return true;
  }

  /** @returns whether these are enough rows of one picture in one form */
  rowFound(form: number, row: number): boolean {
    const rows = this.#rows.get(form) ?? new Set();
    this.#rows.set(form, rows.add(row));
    return rows.size >= MIN_ROWS;
  }
}

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

/** How a word may be read: one of its bytes, a float, the lower half as a float of half precision. */
const READINGS: readonly ((word: number) => number)[] = [
  (word) => word & 0xff,
  (word) => (word >>> 8) & 0xff,
  (word) => (word >>> 16) & 0xff,
  (word) => {
    bits[0] = word;
    return floats[0]!;
  },
  (word) => half(word & 0xffff),
];

/** IEEE 754 binary16. */
function half(word: number): number {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >> 10) & 0x1f;
  const fraction = word & 0x3ff;
  if (exponent === 0x1f) return NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const valueOf = ([red, green, blue]: readonly [number, number, number], channel: number): number =>
  channel < 3 ? [red, green, blue][channel]! : 0.299 * red + 0.587 * green + 0.114 * blue;

/** Runs about as long as one another; at most a pixel or two are blended at either end. */
function areBlocks(lengths: readonly number[], period: number): boolean {
  const min = Math.min(...lengths);
  return Math.max(...lengths) <= 1.5 * min + 2 * period;
}

/** Takes the mean out and makes the length 1. @returns whether there is anything to compare */
function standardise(values: Float64Array): boolean {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! -= mean) ** 2;
  const length = Math.sqrt(squares);
  if (!(length > 1e-6 && Number.isFinite(length))) return false;
  for (let i = 0; i < values.length; i++) values[i]! /= length;
  return true;
}
