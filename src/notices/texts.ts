/** Names of occasions, forms, states, sources and truths in the reader's language. */
import type { Text } from '../cases/shared/life-cycle.ts';
import { m } from '../paraglide/messages.js';
import type { ItemState } from './completeness.ts';
import type { FormId, PaperName } from './forms.ts';
import type { Occasion, SourceId } from './items.ts';
import type { TruthId } from './truth.ts';

export const OCCASION_TEXT: Readonly<Record<Occasion, Text>> = {
  prior: m.notice_ui_occasion_prior,
  acquisition: m.notice_ui_occasion_acquisition,
  'new-purpose': m.notice_ui_occasion_new_purpose,
  'third-party': m.notice_ui_occasion_third_party,
};

export const FORM_TEXT: Readonly<Record<FormId, Text>> = {
  'poster-a4': m.notice_ui_form_poster_a4,
  'poster-a3': m.notice_ui_form_poster_a3,
  'counter-card': m.notice_ui_form_counter_card,
  leaflet: m.notice_ui_form_leaflet,
  sticker: m.notice_ui_form_sticker,
  'vehicle-sticker': m.notice_ui_form_vehicle_sticker,
  web: m.notice_ui_form_web,
  manual: m.notice_ui_form_manual,
};

export const PAPER_TEXT: Readonly<Record<PaperName, () => string>> = {
  'a3-portrait': m.notice_ui_paper_a3_portrait,
  'a4-portrait': m.notice_ui_paper_a4_portrait,
  'a4-landscape': m.notice_ui_paper_a4_landscape,
  'a5-portrait': m.notice_ui_paper_a5_portrait,
  'a5-landscape': m.notice_ui_paper_a5_landscape,
};

export const STATE_TEXT: Readonly<Record<ItemState, () => string>> = {
  stated: m.notice_ui_state_stated,
  'long-form': m.notice_ui_state_long_form,
  missing: m.notice_ui_state_missing,
  language: m.notice_ui_state_language,
  unreachable: m.notice_ui_state_unreachable,
};

export const TRUTH_TEXT: Readonly<Record<TruthId, () => string>> = {
  retention: m.notice_ui_truth_retention,
  resolution: m.notice_ui_truth_resolution,
  interval: m.notice_ui_truth_interval,
  k: m.notice_ui_truth_k,
  bin: m.notice_ui_truth_bin,
  noise: m.notice_ui_truth_noise,
  kept: m.notice_ui_truth_kept,
  'third-party': m.notice_ui_truth_third_party,
  start: m.notice_ui_truth_start,
  recording: m.notice_ui_truth_recording,
  pictures: m.notice_ui_truth_pictures,
};

export const SOURCE_TEXT: Readonly<Record<SourceId, () => string>> = {
  'guidebook-both': m.notice_ui_source_guidebook_both,
  'guidebook-prior': m.notice_ui_source_guidebook_prior,
  'guidebook-acquisition': m.notice_ui_source_guidebook_acquisition,
  'guidebook-repeat': m.notice_ui_source_guidebook_repeat,
  'guidebook-web-repeat': m.notice_ui_source_guidebook_web_repeat,
  'guidebook-vehicle': m.notice_ui_source_guidebook_vehicle,
  'guidebook-vehicle-access': m.notice_ui_source_guidebook_vehicle_access,
  'guidebook-station': m.notice_ui_source_guidebook_station,
  'guidebook-3': m.notice_ui_source_guidebook_3,
  checklist: m.notice_ui_source_checklist,
  'checklist-prior': m.notice_ui_source_checklist_prior,
  'checklist-template': m.notice_ui_source_checklist_template,
  commission: m.notice_ui_source_commission,
  bill: m.notice_ui_source_bill,
};
