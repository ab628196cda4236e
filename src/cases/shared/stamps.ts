/**
 * Wall-clock times in files. A start to the millisecond would join files of different purposes of one camera, and turn every
 * relative time into an exact one; so it is told as coarsely as the bins are.
 */
import { BIN_S } from '../../../contract/index.ts';

const isoSeconds = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');

/** Start of a run: that of its five minutes. @param milliseconds since 1970 */
export const startStamp = (milliseconds: number): string => {
  const bin = BIN_S.default * 1000;
  return isoSeconds(Math.floor(milliseconds / bin) * bin);
};

/** Time of a fact of the street: its minute. @param milliseconds since 1970 */
export const minuteStamp = (milliseconds: number): string =>
  isoSeconds(Math.floor(milliseconds / 60_000) * 60_000);

/** When a file is written: its second. @param milliseconds since 1970 */
export const secondStamp = (milliseconds: number): string =>
  isoSeconds(Math.floor(milliseconds / 1000) * 1000);
