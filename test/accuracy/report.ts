/** What the sets have in common when they write their results down. */

/** Four digits are more than any of the sets can tell. */
export const rounded = (value: number, digits = 4): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** Rounds all numbers of a result, however deep. */
export function roundedAll<T>(value: T): T {
  if (typeof value === 'number') return rounded(value) as T;
  if (Array.isArray(value)) return value.map(roundedAll) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, roundedAll(each)])) as T;
}

type Cell = string | number;
const cell = (value: Cell) =>
  typeof value === 'string' ? value : Number.isFinite(value) ? `${rounded(value, 3)}` : '-';

/** A table in Markdown; the first column is text, the others are numbers. */
export function markdownTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
