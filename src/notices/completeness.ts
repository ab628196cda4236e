/** Whether a notice says all that the guidebook asks of it: item by item, for one case, occasion, form and language. */
import type { CaseNotice } from '../cases/shared/case-notice.ts';
import type { CasePlan } from '../guidebook/operator-file.ts';
import { carries, type FormId } from './forms.ts';
import { requirementsOf, type ItemId, type SourceId } from './items.ts';
import type { Notice } from './notice.ts';

/**
 * `long-form`: the form leaves it to the long form, and leads there. `unreachable`: it leaves it to a long form, and no address
 * is stated. `language`: stated, in another language only. `missing`: not stated at all.
 */
export type ItemState = 'stated' | 'long-form' | 'language' | 'missing' | 'unreachable';

export interface ItemCheck {
  readonly item: ItemId;
  readonly label: string;
  readonly source: SourceId;
  readonly state: ItemState;
}

const SATISFIED: readonly ItemState[] = ['stated', 'long-form'];
export const isSatisfied = ({ state }: ItemCheck): boolean => SATISFIED.includes(state);

export function checkCompleteness(notice: Notice, about: CaseNotice, form: FormId): ItemCheck[] {
  return requirementsOf(about, notice.occasion).map(({ item, source }) => {
    const section = notice.sections.find(({ id }) => id === item);
    if (!section) throw new Error(`the notice has no section ${item}`);
    const { label, missing, instead } = section;
    const state = (): ItemState => {
      if (missing) return 'missing';
      if (instead) return 'language';
      if (carries(form, item)) return 'stated';
      return notice.address === '' ? 'unreachable' : 'long-form';
    };
    return { item, label, source, state: state() };
  });
}

/** A month, as seed 003 asks: 28 days, so that it is met whatever the month. */
const MIN_NOTICE_DAYS = 28;
const DAY_MS = 86_400_000;

/** @returns days between prior notice and start; undefined where one of the two is not stated */
export function noticeDays({ noticeFrom, start }: CasePlan): number | undefined {
  if (noticeFrom === '' || start === '') return undefined;
  return Math.round((Date.parse(start) - Date.parse(noticeFrom)) / DAY_MS);
}

export const isLongEnough = (days: number): boolean => days >= MIN_NOTICE_DAYS;
