/** Texts for the closed lists of case 6. */
import type {
  BackgroundState,
  BackgroundWait,
  CrowdPalette,
  CrowdStyle,
  Facility,
  Restriction,
  ServiceLevel,
  Trend,
} from '../../../contract/index.ts';
import { m } from '../../paraglide/messages.js';
import type { PublicLevel } from './public-level.ts';
import type { EveryS } from './session.svelte.ts';

type Text = () => string;

export const BACKGROUND_TEXT: Record<BackgroundState, Text> = {
  waiting: m.crowding_background_waiting,
  captured: m.crowding_background_captured,
  sample: m.crowding_background_sample,
};

export const WAIT_TEXT: Record<BackgroundWait, Text> = {
  people: m.crowding_wait_people,
  motion: m.crowding_wait_motion,
  time: m.crowding_wait_time,
};

export const FACILITY_TEXT: Record<Facility, Text> = {
  walkway: m.crowding_facility_walkway,
  queue: m.crowding_facility_queue,
};

export const TREND_TEXT: Record<Trend, Text> = {
  up: m.crowding_trend_up,
  steady: m.crowding_trend_steady,
  down: m.crowding_trend_down,
};

export const RESTRICTION_TEXT: Record<Restriction, Text> = {
  none: m.crowding_restriction_none,
  near: m.crowding_restriction_near,
  likely: m.crowding_restriction_likely,
};

export const LEVEL_TEXT: Record<ServiceLevel, Text> = {
  a: m.crowding_level_a,
  b: m.crowding_level_b,
  c: m.crowding_level_c,
  d: m.crowding_level_d,
  e: m.crowding_level_e,
  f: m.crowding_level_f,
};

export const STYLE_TEXT: Record<CrowdStyle, Text> = {
  figures: m.crowding_style_figures,
  dots: m.crowding_style_dots,
  areas: m.crowding_style_areas,
};

export const PALETTE_TEXT: Record<CrowdPalette, Text> = {
  calm: m.crowding_palette_calm,
  railway: m.crowding_palette_railway,
};

export const EVERY_TEXT: Record<EveryS, Text> = { 3: m.crowding_every_3, 60: m.crowding_every_60 };

export const PUBLIC_TEXT: Record<PublicLevel, Text> = {
  empty: m.crowding_public_empty,
  busy: m.crowding_public_busy,
  crowded: m.crowding_public_crowded,
};
