/** What staff answer, so that everybody says the same (guidebook 4.1 c): questions, and answers from the notice itself. */
import type { Text } from '../cases/shared/life-cycle.ts';
import { m } from '../paraglide/messages.js';
import { speakIn, type NoticeInput } from './input.ts';
import type { ItemId } from './items.ts';
import type { Notice } from './notice.ts';

export interface Answer {
  readonly question: string;
  readonly lines: readonly string[];
}

export function answersOf(notice: Notice, { about, language }: NoticeInput): Answer[] {
  const speak = speakIn(language);
  /** Lines of the notice's own items; an item that this notice does not have adds none. */
  const from = (...items: ItemId[]) => [
    // A desk that takes complaints, too, is named once.
    ...new Set(items.flatMap((item) => notice.sections.find(({ id }) => id === item)?.lines ?? [])),
  ];
  const ask = (question: Text, ...lines: readonly string[]): Answer => ({ question: speak(question), lines });
  const recognises = about.faces === 'recognition';
  const vehicle = about.carrier === 'vehicle';
  const answers = [
    ask(m.notice_manual_q_what, notice.lead, ...from('filmed', 'resolution')),
    ask(m.notice_manual_q_why, ...from('purpose', 'benefit')),
    ask(m.notice_manual_q_recorded, speak(m.notice_manual_a_recorded)),
    ask(m.notice_manual_q_me, ...from('recognition', 'identification')),
    ask(m.notice_manual_q_kept, ...from('kept', 'vector')),
    ...(about.published ? [ask(m.notice_manual_q_app, speak(m.notice_manual_a_app))] : []),
    ...(vehicle ? [ask(m.notice_manual_q_seat, speak(m.notice_manual_a_seat))] : []),
    ask(m.notice_manual_q_third, ...from('third-party')),
    ask(m.notice_manual_q_card, speak(m.notice_manual_a_card)),
    ask(m.notice_manual_q_crime, speak(m.notice_manual_a_crime)),
    ask(m.notice_manual_q_police, speak(m.notice_manual_a_police)),
    ...(recognises
      ? [
          ask(m.notice_manual_q_rights, ...from('rights', 'procedure', 'forms')),
          ask(m.notice_manual_q_children, ...from('minors')),
        ]
      : []),
    // A camera that drives past leaves no way around it that could be shown.
    vehicle
      ? ask(m.notice_manual_q_avoid, speak(m.notice_manual_a_avoid_vehicle), ...from('fleet'))
      : ask(m.notice_manual_q_avoid, speak(m.notice_manual_a_avoid), ...from('place')),
    ask(m.notice_manual_q_contact, ...from('contact', 'complaints', 'more')),
  ];
  // A notice of a change does not have every item: a question that it does not answer is not asked.
  return answers.filter(({ lines }) => lines.length > 0);
}

/** What staff must not do. */
export const rulesOf = ({ language }: NoticeInput): string[] =>
  [m.notice_manual_rule_guess, m.notice_manual_rule_polite, m.notice_manual_rule_film].map(speakIn(language));
