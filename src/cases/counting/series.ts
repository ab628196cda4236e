/** Crossings of one line by kind and interval, for the chart and its table. */
import { KINDS, type Kind } from '../../../contract/index.ts';
import { tally, type Tally } from '../shared/tally.ts';
import type { Crossing } from './records.svelte.ts';

/** @param untilS end of the time axis, in seconds; its interval is the last one */
export const seriesOf = (
  crossings: readonly Crossing[],
  line: string,
  stretchS: number,
  untilS: number,
): Tally<Kind> =>
  tally(
    crossings
      .filter(({ record }) => record.line === line)
      .map(({ record, timeS }) => ({ kind: record.kind, timeS })),
    KINDS,
    stretchS,
    untilS,
  );
