/** A template of the terms under which data are handed over (guidebook duty 13, seed 000), as Markdown. */
import type { DataSet } from '../cases/shared/data-set.ts';
import { m } from '../paraglide/messages.js';

export interface Parties {
  readonly giver: string;
  readonly taker: string;
  /** What the recipient may use the data for. */
  readonly purpose: string;
}

/** What is not stated is a blank to be filled in. */
export function termsOf(set: DataSet, { giver, taker, purpose }: Parties): string {
  const or = (value: string) => value.trim() || m.report_terms_blank();
  const quality = [
    set.quality.description,
    ...set.quality.figures.map(({ name, value }) => `${name}: ${value}`),
  ].join(' ');
  const clauses = [
    [m.report_terms_1_title(), m.report_terms_1({ purpose: or(purpose) })],
    [m.report_terms_2_title(), m.report_terms_2()],
    [m.report_terms_3_title(), m.report_terms_3()],
    [m.report_terms_4_title(), m.report_terms_4()],
    [m.report_terms_5_title(), m.report_terms_5({ retention: m.report_terms_blank() })],
    [m.report_terms_6_title(), m.report_terms_6()],
    [m.report_terms_7_title(), m.report_terms_7()],
    [m.report_terms_8_title(), m.report_terms_8({ quality: or(quality) })],
    [m.report_terms_9_title(), m.report_terms_9({ undeliverable: or(set.undeliverable) })],
    [m.report_terms_10_title(), m.report_terms_10()],
  ];
  const items = set.tables.map(({ name }) => name).join(', ');
  return (
    [
      `# ${m.report_terms_title()}`,
      `> ${m.report_terms_warning()}`,
      m.report_terms_parties({ giver: or(giver), taker: or(taker) }),
      m.report_terms_data({ title: set.title, items }),
      ...clauses.map(([title, text]) => `## ${title}\n\n${text}`),
    ].join('\n\n') + '\n'
  );
}
