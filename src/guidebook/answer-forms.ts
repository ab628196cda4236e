/** In what form a person may have the answer to a request for disclosure (APPI, Article 33). */
export const ANSWER_FORMS = ['screen', 'file', 'paper'] as const;
export type AnswerForm = (typeof ANSWER_FORMS)[number];
