/** The heat map: time spent in cells of the floor, fading. */
import type { OutRecordOf } from '../../../contract/index.ts';

/** A cell of the floor: column and row, and people-seconds. */
export interface Cell {
  readonly column: number;
  readonly row: number;
  readonly seconds: number;
}

/** One release. */
export interface HeatRelease {
  /** On the common time axis, in seconds. */
  readonly timeS: number;
  readonly cells: OutRecordOf<'heat'>['cells'];
}

/**
 * Sums releases at a moment with exponential decay: half of each is left after every half-life.
 * @param halfLifeS Infinity: no decay
 */
export function fade(releases: readonly HeatRelease[], timeS: number, halfLifeS: number): Cell[] {
  const cells = new Map<string, Cell>();
  for (const release of releases) {
    const weight = 2 ** (-Math.max(0, timeS - release.timeS) / halfLifeS);
    for (const [column, row, , seconds] of release.cells) {
      const key = `${column} ${row}`;
      cells.set(key, { column, row, seconds: (cells.get(key)?.seconds ?? 0) + weight * seconds });
    }
  }
  return [...cells.values()];
}
