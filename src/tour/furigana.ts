/**
 * Readings of Japanese words. A text writes them as `[漢字|かんじ]`; texts in other languages have none and pass unchanged.
 */
export interface Piece {
  readonly text: string;
  /** Reading of the whole piece. */
  readonly reading?: string;
}

/** Splits a text into pieces with and without a reading. */
export function piecesOf(text: string): Piece[] {
  return text
    .split(/(\[[^[\]|]+\|[^[\]|]+\])/)
    .filter((part) => part !== '')
    .map((part) => {
      const marked = /^\[([^|]+)\|([^\]]+)\]$/.exec(part);
      return marked ? { text: marked[1]!, reading: marked[2]! } : { text: part };
    });
}

/** The text without its readings: for names that are only heard, and for titles. */
export const plain = (text: string): string =>
  piecesOf(text)
    .map((piece) => piece.text)
    .join('');
