/** Which notices hang now, and what they said when they were put up. In this browser only. */
import * as v from 'valibot';
import { CASES, type CaseId } from '../../contract/index.ts';
import { recall, remember } from '../app/storage.ts';
import { FORMS } from './forms.ts';
import { OCCASIONS } from './items.ts';
import { PUBLIC_LANGUAGES } from './languages.ts';
import { Claims } from './truth.ts';

const KEY = 'incam.notices-in-force';
/** Notices remembered at most; the oldest are forgotten. */
const MAX_POSTED = 200;

const Posted = v.object({
  case: v.picklist(CASES),
  occasion: v.picklist(OCCASIONS),
  form: v.picklist(FORMS),
  language: v.picklist(PUBLIC_LANGUAGES),
  /** Wall clock, milliseconds since 1970. */
  at: v.number(),
  claims: Claims,
});
export type Posted = v.InferOutput<typeof Posted>;

class InForce {
  #all = $state.raw<readonly Posted[]>([]);

  constructor() {
    const stored = v.safeParse(v.array(Posted), recall(KEY));
    if (stored.success) this.#all = stored.output;
  }

  get all(): readonly Posted[] {
    return this.#all;
  }

  of(caseId: CaseId): readonly Posted[] {
    return this.#all.filter((posted) => posted.case === caseId);
  }

  /** Remembers a notice that is put up now; it takes the place of one of the same form and language. */
  post(posted: Posted): void {
    this.#keep([posted, ...this.#all.filter((other) => !isSame(other, posted))].slice(0, MAX_POSTED));
  }

  /** Forgets a notice that was taken down. */
  takeDown(posted: Posted): void {
    this.#keep(this.#all.filter((other) => other !== posted));
  }

  #keep(all: readonly Posted[]): void {
    this.#all = all;
    remember(KEY, all);
  }
}

const isSame = (a: Posted, b: Posted): boolean =>
  a.case === b.case && a.occasion === b.occasion && a.form === b.form && a.language === b.language;

export const inForce = new InForce();
