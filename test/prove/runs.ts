/**
 * Walks through raw memory and gives sequences of runs: inside a block of the canary all pixels are equal, so that a row of the
 * picture is a row of runs of equal words, about as long as one another, in whatever form the picture is.
 */

/** Runs in a sequence. */
export const SEQUENCE = 8;
/** Words between two looks; no run that matters is so short that this passes over it. */
const STEP = 2;
/** Pixels between two blocks that a scaled picture blends. */
const MAX_EDGE = 6;

/** Words after which pixels repeat inside a block: RGBA or planes; RGB in bytes or floats; RGBA in floats. */
export type Period = 1 | 3 | 4;

/** Words that are repeated in a run, at least: of 20 bytes in a plane, 10 pixels of three bytes, 5 pixels in floats. */
const MIN_RUN: Readonly<Record<Period, number>> = { 1: 3, 3: 3, 4: 16 };
/** Different colours in a sequence, at least: what is stored beside one another is often the same again and again. */
const MIN_COLOURS = 6;

/** Called for each sequence. @param words one of each run, in the order of memory, @param at index of the first run's first word */
export type OnSequence = (words: Uint32Array, period: Period, at: number) => void;

/** Goes through a piece of memory once, for all periods: the way to memory takes longer than to look at it. */
export function walk(words: Uint32Array, onSequence: OnSequence): void {
  const one = new Runs(words, 1, onSequence);
  const three = new Runs(words, 3, onSequence);
  const four = new Runs(words, 4, onSequence);
  let [oneEnd, threeEnd, fourEnd] = [0, 0, 0];
  const end = words.length - 4;
  for (let i = 0; i < end; i += STEP) {
    const word = words[i];
    if (word === words[i + 1] && i >= oneEnd) {
      oneEnd = one.follow(i);
      // Equal words all along are nothing else.
      i = Math.max(i, oneEnd - STEP);
    }
    if (word === words[i + 3] && i >= threeEnd) threeEnd = three.follow(i);
    if (word === words[i + 4] && i >= fourEnd) fourEnd = four.follow(i);
  }
}

/** Runs of one period. */
class Runs {
  /** Where the latest run ends. */
  #end = 0;
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  readonly #values = new Uint32Array(SEQUENCE);
  readonly #words: Uint32Array;
  readonly #period: Period;
  readonly #least: number;
  readonly #onSequence: OnSequence;

  constructor(words: Uint32Array, period: Period, onSequence: OnSequence) {
    this.#words = words;
    this.#period = period;
    this.#least = MIN_RUN[period];
    this.#onSequence = onSequence;
  }

  /** Takes in the run around a word that repeats. @returns where it ends */
  follow(at: number): number {
    const words = this.#words;
    const period = this.#period;
    let start = at;
    while (start > this.#end && words[start - 1] === words[start - 1 + period]) start--;
    let end = at;
    const last = words.length - period;
    while (end < last && words[end] === words[end + period]) end++;
    if (start - this.#end > MAX_EDGE * period) this.#forget();
    this.#end = end;
    // Two equal pixels are everywhere. Equal words are seen with the shortest period.
    if (end - start < this.#least) return end;
    if (period > 1 && words[at] === words[at + 1] && words[at] === words[at + 2]) return end;
    this.#starts.push(start);
    this.#lengths.push(end - start);
    if (this.#starts.length > SEQUENCE) {
      this.#starts.shift();
      this.#lengths.shift();
    }
    if (this.#starts.length === SEQUENCE && areBlocks(this.#lengths, period)) this.#give();
    return end;
  }

  #forget(): void {
    if (this.#starts.length === 0) return;
    this.#starts.length = this.#lengths.length = 0;
  }

  /** Pixels of three words begin at any word: of each run the same part of a pixel is taken. */
  #give(): void {
    const period = this.#period;
    for (let i = 0; i < SEQUENCE; i++) {
      const start = this.#starts[i]!;
      this.#values[i] = this.#words[start + ((period - (start % period)) % period)]!;
    }
    if (coloursIn(this.#values) >= MIN_COLOURS) this.#onSequence(this.#values, period, this.#starts[0]!);
  }
}

/** Blocks are as long as one another, but for what is drawn over them and for blended edges. */
function areBlocks(lengths: readonly number[], period: number): boolean {
  let least = Infinity;
  let most = 0;
  for (const length of lengths) {
    least = Math.min(least, length);
    most = Math.max(most, length);
  }
  return most <= 2 * least + 2 * period;
}

function coloursIn(values: Uint32Array): number {
  let colours = 0;
  for (let i = 0; i < SEQUENCE; i++) {
    let earlier = 0;
    while (earlier < i && values[earlier] !== values[i]) earlier++;
    if (earlier === i) colours++;
  }
  return colours;
}
