/** Cases as the tour and the event mode show them: with cameras of their own, beside those of the case pages. */
import { SPECS } from '../cases/specs.ts';
import { CaseSession } from '../cases/shared/session.svelte.ts';
import type { CaseId } from '../../contract/index.ts';
import { m } from '../paraglide/messages.js';

/** A session that no report counts as the operator's own run. */
export const showOf = (id: CaseId): CaseSession => new CaseSession(SPECS[id], { announced: false });

/** Names of the cases, short enough for a card. */
export const SHORT_NAME: Readonly<Record<CaseId, () => string>> = {
  attributes: m.show_case_attributes,
  trajectories: m.show_case_trajectories,
  'repeat-visits': m.show_case_repeat_visits,
  counting: m.show_case_counting,
  streetscape: m.show_case_streetscape,
  crowding: m.show_case_crowding,
};
