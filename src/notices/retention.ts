/** How long data are kept, as a notice says it. */
import type { Retention } from '../guidebook/operator-file.ts';
import { m } from '../paraglide/messages.js';
import type { PublicLanguage } from './languages.ts';

/** @returns undefined where the operator has not stated it */
export function retentionText(retention: Retention, language: PublicLanguage): string | undefined {
  const options = { locale: language };
  switch (retention?.kind) {
    case undefined:
      return undefined;
    case 'none':
      return m.notice_retention_none({}, options);
    case 'days':
      return m.notice_retention_days({ n: String(retention.days) }, options);
    case 'hand-over':
      return m.notice_retention_hand_over({}, options);
    case 'unlimited':
      return m.notice_retention_unlimited({}, options);
  }
}
