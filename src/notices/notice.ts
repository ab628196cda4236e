/**
 * The notice that people see before and while they are filmed, made from a case's life cycle: guidebook duties 2 to 7
 * (prior notice and notice at acquisition, their content, several languages).
 */
import type { DataItem, LifeCycle, Text } from '../cases/shared/life-cycle.ts';
import { m } from '../paraglide/messages.js';

export const NOTICE_LANGUAGES = ['ja', 'en', 'zh', 'ko'] as const;
export type NoticeLanguage = (typeof NOTICE_LANGUAGES)[number];

/** Each language in its own words. */
export const NOTICE_LANGUAGE_NAMES: Record<NoticeLanguage, string> = {
  ja: '日本語',
  en: 'English',
  zh: '中文',
  ko: '한국어',
};

/** One row of a notice. */
export interface NoticeRow {
  readonly label: string;
  readonly lines: readonly string[];
}

export interface Notice {
  readonly heading: string;
  readonly purpose: string;
  readonly rows: readonly NoticeRow[];
}

/**
 * @param operator who runs it and how to reach them; empty fields are left as blanks to be filled in by hand
 */
export function noticeOf(
  life: LifeCycle,
  language: NoticeLanguage,
  operator: { name: string; contact: string; place: string },
): Notice {
  const say = (text: Text) => text({}, { locale: language });
  const items = (wanted: (item: DataItem) => boolean) =>
    life.data.filter(wanted).map((item) => `${say(item.what)} — ${say(item.until)}`);
  const identifying = life.data.some(({ identifies, ledger }) => identifies && ledger === 'vectors');
  const handedOver = life.data.some(({ fate }) => fate === 'handed-over');
  const blank = '＿＿＿＿＿＿＿＿';
  return {
    heading: say(m.notice_heading),
    purpose: say(life.purpose),
    rows: [
      { label: say(m.notice_filmed), lines: [say(life.sees)] },
      { label: say(m.notice_place), lines: [operator.place || blank] },
      {
        label: say(m.notice_extracted),
        lines: items(({ where, fate }) => where === 'outside' || fate !== 'destroyed'),
      },
      { label: say(m.notice_destroyed), lines: items(({ fate }) => fate === 'destroyed') },
      {
        label: say(m.notice_identified),
        lines: [say(identifying ? m.notice_identified_code : m.notice_identified_no)],
      },
      {
        label: say(m.notice_third),
        lines: [say(handedOver ? m.notice_third_map : m.notice_third_no)],
      },
      ...(identifying ? [{ label: say(m.notice_rights), lines: [say(m.notice_rights_text)] }] : []),
      { label: say(m.notice_contact), lines: [operator.name || blank, operator.contact || blank] },
    ],
  };
}
