/** Kinds of data that several cases have to do with. */
import { m } from '../../paraglide/messages.js';
import type { DataItem } from './life-cycle.ts';

/** A frame as the lens saw it. */
export const FRAME: DataItem = {
  what: m.data_frame,
  how: m.data_frame_how,
  where: 'camera',
  fate: 'destroyed',
  until: m.until_after_frame,
  identifies: true,
  ledger: 'frames',
};
