/** The survey's questions and answers: the same list for the form, the summary and the export. */
import type { Text } from '../../cases/shared/life-cycle.ts';
import { m } from '../../paraglide/messages.js';
import { FELT, NOTICED, UNDERSTOOD, type Opinion } from '../opinions.svelte.ts';

type Key = 'noticed' | 'understood' | 'felt';

export interface Question {
  readonly key: Key;
  readonly text: Text;
  readonly answers: readonly { readonly value: Opinion[Key]; readonly text: Text }[];
}

const NOTICED_TEXT: Record<Opinion['noticed'], Text> = {
  yes: m.guidebook_opinion_q1_yes,
  sign: m.guidebook_opinion_q1_sign,
  no: m.guidebook_opinion_q1_no,
};
const UNDERSTOOD_TEXT: Record<Opinion['understood'], Text> = {
  yes: m.guidebook_opinion_q2_yes,
  partly: m.guidebook_opinion_q2_partly,
  no: m.guidebook_opinion_q2_no,
};
const FELT_TEXT: Record<Opinion['felt'], Text> = {
  good: m.guidebook_opinion_q3_good,
  neutral: m.guidebook_opinion_q3_neutral,
  bad: m.guidebook_opinion_q3_bad,
};

export const QUESTIONS: readonly Question[] = [
  {
    key: 'noticed',
    text: m.guidebook_opinion_q1,
    answers: NOTICED.map((value) => ({ value, text: NOTICED_TEXT[value] })),
  },
  {
    key: 'understood',
    text: m.guidebook_opinion_q2,
    answers: UNDERSTOOD.map((value) => ({ value, text: UNDERSTOOD_TEXT[value] })),
  },
  {
    key: 'felt',
    text: m.guidebook_opinion_q3,
    answers: FELT.map((value) => ({ value, text: FELT_TEXT[value] })),
  },
];
