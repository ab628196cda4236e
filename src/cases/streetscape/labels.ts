/** Labels of streetscape. */
import type { RoadState, SignKind, SignRecord, WithheldReason } from '../../../contract/index.ts';
import { m } from '../../paraglide/messages.js';
import type { FaceVerdict } from './face-bound.ts';

export const SIGN_TEXT: Record<SignKind, () => string> = {
  signal: m.streetscape_sign_signal,
  stop: m.streetscape_sign_stop,
  slow: m.streetscape_sign_slow,
  limit: m.streetscape_sign_limit,
  'no-entry': m.streetscape_sign_no_entry,
  'no-parking': m.streetscape_sign_no_parking,
};

export const LAMP_TEXT: Record<NonNullable<SignRecord['lamp']>, () => string> = {
  red: m.streetscape_lamp_red,
  amber: m.streetscape_lamp_amber,
  green: m.streetscape_lamp_green,
};

export const ROAD_TEXT: Record<RoadState, () => string> = {
  free: m.streetscape_road_free,
  busy: m.streetscape_road_busy,
  jammed: m.streetscape_road_jammed,
};

export const WITHHELD_TEXT: Record<WithheldReason, () => string> = {
  gap: m.streetscape_withheld_gap,
  dark: m.streetscape_withheld_dark,
  faint: m.streetscape_withheld_faint,
  crowded: m.streetscape_withheld_crowded,
};

export const VERDICT_TEXT: Record<FaceVerdict, () => string> = {
  below: m.streetscape_face_below,
  recognisable: m.streetscape_face_recognisable,
  identifiable: m.streetscape_face_identifiable,
};
