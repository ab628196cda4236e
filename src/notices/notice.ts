/**
 * A notice: what is said to the people concerned, item by item, made from a case's life cycle, the camera's configuration and
 * the operator's file, and from nothing else (guidebook duties 2 to 7, 14). What the operator has not stated is a blank.
 */
import type { LifeCycle, Text } from '../cases/shared/life-cycle.ts';
import { m } from '../paraglide/messages.js';
import { BLANK, dayOf, speakIn, type NoticeInput } from './input.ts';
import { isChange, requirementsOf, type ItemId, type Occasion } from './items.ts';
import { say, type PublicLanguage } from './languages.ts';
import { STATEMENTS } from './statements.ts';

/** One item of a notice. */
export interface Section {
  readonly id: ItemId;
  readonly label: string;
  readonly lines: readonly string[];
  /** The operator has not stated it; the line is a blank to be filled in by hand. */
  readonly missing: boolean;
  /** It is stated in another language only. */
  readonly instead?: PublicLanguage;
}

export interface Notice {
  readonly caseId: LifeCycle['id'];
  readonly occasion: Occasion;
  readonly language: PublicLanguage;
  /** May hold zero-width spaces, where a line had best end. */
  readonly title: string;
  /** In one sentence: who does what, and from when. */
  readonly lead: string;
  /** What must be seen at a glance besides: face recognition, low resolution. */
  readonly tags: readonly string[];
  readonly purpose: string;
  /** Read after the title, in large letters: what it is for, or of a change what changes and when. */
  readonly second: string;
  readonly sections: readonly Section[];
  /** Address of the long form; empty: not stated. */
  readonly address: string;
  /** The address as it is written beside the code, short where there is a short one. */
  readonly shownAddress: string;
}

const TITLES: Readonly<Record<Occasion, Text>> = {
  prior: m.notice_title_prior,
  acquisition: m.notice_title_acquisition,
  'new-purpose': m.notice_title_new_purpose,
  'third-party': m.notice_title_third_party,
};
const VEHICLE_TITLES: Partial<Readonly<Record<Occasion, Text>>> = {
  prior: m.notice_title_vehicle_prior,
  acquisition: m.notice_title_vehicle,
};

function titleOf({ about, occasion, language }: NoticeInput): string {
  const vehicle = about.carrier === 'vehicle' ? VEHICLE_TITLES[occasion] : undefined;
  return speakIn(language)(vehicle ?? TITLES[occasion]);
}

function leadOf(input: NoticeInput): string {
  const { about, occasion, language, file } = input;
  const operator = say(file.operator.name, language)?.text ?? BLANK;
  const activity = speakIn(language)(about.activity);
  const date = dayOf(input);
  const options = { locale: language };
  switch (occasion) {
    case 'acquisition':
      return m.notice_lead_acquisition({ operator, activity }, options);
    case 'prior':
      return m.notice_lead_prior({ operator, activity, date }, options);
    case 'new-purpose':
      return m.notice_lead_new_purpose({ operator, activity, date }, options);
    case 'third-party':
      return m.notice_lead_third_party({ operator, activity, date }, options);
  }
}

function tagsOf({ about, language }: NoticeInput): string[] {
  const speak = speakIn(language);
  return [
    ...(about.faces === 'recognition' ? [speak(m.notice_face_recognition)] : []),
    ...(about.carrier === 'vehicle' ? [speak(m.notice_low_resolution)] : []),
    speak(m.notice_no_recording),
  ];
}

export function noticeOf(input: NoticeInput): Notice {
  const { life, about, occasion, language, file, plan } = input;
  const speak = speakIn(language);
  const { url, shortUrl } = file.operator;
  const lead = leadOf(input);
  const purpose = say(plan.purpose, language)?.text ?? speak(life.purpose);
  return {
    caseId: life.id,
    occasion,
    language,
    title: titleOf(input),
    lead,
    tags: tagsOf(input),
    purpose,
    // The purpose that was announced before would read as the reason for the change.
    second: isChange(occasion) ? lead : purpose,
    sections: requirementsOf(about, occasion).map(({ item }) => sectionOf(item, input)),
    address: (shortUrl || url).trim(),
    shownAddress: (shortUrl || url).trim().replace(/^https?:\/\//, ''),
  };
}

function sectionOf(id: ItemId, input: NoticeInput): Section {
  const { label, said } = STATEMENTS[id];
  const { lines, instead } = said(input);
  const missing = lines.length === 0;
  return {
    id,
    label: speakIn(input.language)(
      typeof label === 'function' ? label : (label[input.occasion] ?? label.prior),
    ),
    lines: missing ? [BLANK] : lines,
    missing,
    ...(instead && { instead }),
  };
}
