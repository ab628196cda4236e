import type { OutRecord } from '../../../contract/index.ts';

/** Draws a whole number from 0 to below `below`, all equally likely. */
export type Draw = (below: number) => number;

/** Holds the records of one case back until they may leave. */
export interface Release {
  /** Source time of the next release, seconds; undefined before the first frame. */
  readonly nextS: number | undefined;
  /**
   * Takes the records of one frame, in order.
   * @param timeS source time of the frame, seconds
   * @returns the records that leave now
   */
  take(records: readonly OutRecord[], timeS: number): OutRecord[];
  /** The source has ended. @returns what may still leave; the rest is discarded */
  finish(): OutRecord[];
  /** Discards all held records. */
  clear(): void;
}

/** Members by group, in order of first appearance. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Sorts by the text of the records: the order of arrival would reveal who came first. */
export const inNoOrder = <T extends OutRecord>(records: readonly T[]): T[] =>
  records
    .map((record) => ({ record, text: JSON.stringify(record) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ record }) => record);
