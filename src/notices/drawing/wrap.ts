/**
 * Breaks a text into lines for drawings, which have no layout of their own. Latin words stay whole; Japanese and Chinese break
 * where a phrase was marked by a zero-width space, else between characters, but no line begins with a closing sign.
 */

/** @returns the width of a text at a font size of 1 */
export type Measure = (text: string) => number;

/** Roughly, for places without fonts: full-width characters are one em wide, others half of it. */
export const roughWidth: Measure = (text) =>
  [...text].reduce((sum, sign) => sum + (/[\u1100-\u11ff\u2e80-\uffef]/.test(sign) ? 1 : 0.56), 0);

/** No line may begin with one of these (JIS X 4051, the common ones). */
const NOT_FIRST = /^[、。，．・：；？！）」』】〕〉》ー々,.:;?!)\]}％%]/;

/** Letters that stand for themselves in Japanese and Chinese; Latin and Korean words are set apart by spaces. */
const FULL_WIDTH = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/;
/** A particle or an ending: it stays with the word before. */
const PARTICLE = /^[\u3041-\u309f]{1,2}$/;

const words = new Intl.Segmenter('ja', { granularity: 'word' });

/** The pieces between which a line may end; a break mark is gone from them. */
function piecesOf(text: string): string[] {
  if (text.includes('\u200b')) return text.split('\u200b');
  const pieces: string[] = [];
  for (const { segment } of words.segment(text)) {
    const before = pieces.at(-1);
    const joins =
      before !== undefined &&
      (NOT_FIRST.test(segment) ||
        PARTICLE.test(segment) ||
        // Words without a space between them stay together, unless one of them is Japanese or Chinese.
        (!FULL_WIDTH.test(segment) && !FULL_WIDTH.test(before.at(-1)!) && !/\s$/.test(before)));
    if (joins) pieces[pieces.length - 1] = before + segment;
    else pieces.push(segment);
  }
  return pieces;
}

/** The text with a zero-width space wherever a line may end; for layouts that break Chinese between any two characters. */
export const breakable = (text: string): string => piecesOf(text).join('\u200b');

/** Lines of at most `width` at the font size; a single piece wider than that has a line of its own. */
export function linesOf(text: string, width: number, size: number, measure: Measure = roughWidth): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (line !== '' && measure((line + piece).trimEnd()) * size > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

export interface Fitted {
  readonly size: number;
  readonly lines: readonly string[];
}

/** Steps of the search for the narrowest width. */
const BALANCE_STEPS = 8;

/** The same number of lines in the narrowest width, so that no word is left alone on the last one. */
function balanced(text: string, width: number, size: number, measure: Measure): string[] {
  let best = linesOf(text, width, size, measure);
  const count = best.length;
  if (count < 2) return best;
  let [low, high] = [0, width];
  for (let i = 0; i < BALANCE_STEPS; i++) {
    const middle = (low + high) / 2;
    const lines = linesOf(text, middle, size, measure);
    const isWide = lines.length > count || lines.some((line) => measure(line) * size > middle);
    if (isWide) low = middle;
    else [high, best] = [middle, lines];
  }
  return best;
}

/**
 * The largest font size at which a text fits into a box.
 * @param leading line height as a multiple of the font size
 * @returns the smallest size allowed where even that does not fit: the caller shows what is cut
 */
export function fitText(
  text: string,
  box: { readonly width: number; readonly height: number; readonly max: number; readonly min: number },
  leading: number,
  measure: Measure = roughWidth,
): Fitted {
  for (let size = box.max; size >= box.min; size -= (box.max - box.min) / 40 || 1) {
    const lines = linesOf(text, box.width, size, measure);
    const wide = Math.max(...lines.map((line) => measure(line) * size));
    if (wide <= box.width && lines.length * size * leading <= box.height)
      return { size, lines: balanced(text, box.width, size, measure) };
  }
  return { size: box.min, lines: linesOf(text, box.width, box.min, measure) };
}
