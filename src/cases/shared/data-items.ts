/** Kinds of data that several cases share. */
import { m } from '../../paraglide/messages.js';
import type { DataItem } from './life-cycle.ts';

/** A frame from the sensor. */
export const FRAME: DataItem = {
  what: m.data_frame,
  how: m.data_frame_how,
  where: 'camera',
  fate: 'destroyed',
  until: m.until_after_frame,
  identifies: true,
  ledger: 'frames',
};
