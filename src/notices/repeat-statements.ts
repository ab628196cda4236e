/** What only repeat analysis has to say: the items of the guidebook's web notice for case 3 (seeds 003 and 004). */
import { m } from '../paraglide/messages.js';
import { speakIn, vectorDays, type NoticeInput } from './input.ts';
import type { ItemId } from './items.ts';
import { say } from './languages.ts';
import { joined, nothing, only, stated, type Lines, type Statement } from './lines.ts';

const LINKED_TEXT = {
  visits: m.notice_linked_visits,
  trajectories: m.notice_linked_trajectories,
  attributes: m.notice_linked_attributes,
  purchases: m.notice_linked_purchases,
};
const FORM_TEXT = { screen: m.notice_form_screen, file: m.notice_form_file, paper: m.notice_form_paper };

function vector(input: NoticeInput): Lines {
  const days = vectorDays(input);
  if (days === undefined) return nothing;
  return only(m.notice_vector_kept({ n: String(days) }, { locale: input.language }));
}

function minors({ plan, language }: NoticeInput): Lines {
  const own = stated(plan.minors, language);
  if (own.lines.length === 0) return nothing;
  return { ...own, lines: [speakIn(language)(m.notice_minors_age), ...own.lines] };
}

function procedure({ plan, language }: NoticeInput): Lines {
  const own = stated(plan.procedure, language);
  if (own.lines.length === 0) return nothing;
  return { ...own, lines: [...own.lines, speakIn(language)(m.notice_rights_face)] };
}

function forms({ plan, language }: NoticeInput): Lines {
  if (plan.answerForms.length === 0) return nothing;
  const separator = language === 'ja' || language === 'zh' ? '、' : ', ';
  const named = plan.answerForms.map((form) => speakIn(language)(FORM_TEXT[form])).join(separator);
  return only(m.notice_forms_text({ forms: named }, { locale: language }));
}

/** Each with its role in brackets, as far as it is stated. */
function processors({ file, language }: NoticeInput): Lines {
  const each = file.partners.map(({ name, role }) => {
    const [called, does] = [say(name, language), say(role, language)];
    if (!called) return nothing;
    const text = does
      ? m.notice_processor({ name: called.text, role: does.text }, { locale: language })
      : called.text;
    return { lines: [text], instead: called.instead ?? does?.instead };
  });
  return joined(each);
}

export const REPEAT_STATEMENTS = {
  vector: { label: m.notice_label_vector, said: vector },
  linked: {
    label: m.notice_label_linked,
    said: ({ plan, language }) => only(...plan.linked.map((what) => speakIn(language)(LINKED_TEXT[what]))),
  },
  'not-linked': {
    label: m.notice_label_not_linked,
    said: ({ language }) => only(speakIn(language)(m.notice_not_linked)),
  },
  rights: {
    label: m.notice_label_rights,
    said: ({ language }) => only(speakIn(language)(m.notice_rights_text)),
  },
  procedure: { label: m.notice_label_procedure, said: procedure },
  forms: { label: m.notice_label_forms, said: forms },
  minors: { label: m.notice_label_minors, said: minors },
  processors: {
    label: m.notice_label_processors,
    said: processors,
  },
  complaints: {
    label: m.notice_label_complaints,
    said: ({ file, language }) => stated(file.contact.complaints, language),
  },
  accredited: {
    label: m.notice_label_accredited,
    said: ({ file, language }) => stated(file.contact.accredited, language),
  },
} satisfies Partial<Record<ItemId, Statement>>;
