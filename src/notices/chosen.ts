/** Which notice is chosen, and how it is written in an address. */
import { CASES, type CaseId } from '../../contract/index.ts';
import { CASE_NOTICES } from '../cases/case-notices.ts';
import { FORMS, formsFor, type FormId } from './forms.ts';
import { OCCASIONS, type Occasion } from './items.ts';
import { PUBLIC_LANGUAGES, type PublicLanguage } from './languages.ts';

export interface Chosen {
  readonly caseId: CaseId;
  readonly occasion: Occasion;
  readonly form: FormId;
  readonly language: PublicLanguage;
}

/** Where the page of notices is. */
export const NOTICES_PATH = '#/guidebook/notices';

const oneOf = <T extends string>(list: readonly T[], value: string | null, otherwise: T): T =>
  list.find((item) => item === value) ?? otherwise;

/** A form that the case's notice of the occasion does not have gives way to the first that it has. */
export const possible = (chosen: Chosen): Chosen => {
  const forms = formsFor(CASE_NOTICES[chosen.caseId], chosen.occasion);
  return forms.includes(chosen.form) ? chosen : { ...chosen, form: forms[0] ?? 'poster-a4' };
};

/** @param hash of the address; what it does not say is as in `otherwise` */
export function chosenFrom(hash: string, otherwise: Chosen): Chosen {
  const query = new URLSearchParams(hash.split('?')[1] ?? '');
  return possible({
    caseId: oneOf(CASES, query.get('case'), otherwise.caseId),
    occasion: oneOf(OCCASIONS, query.get('occasion'), otherwise.occasion),
    form: oneOf(FORMS, query.get('form'), otherwise.form),
    language: oneOf(PUBLIC_LANGUAGES, query.get('language'), otherwise.language),
  });
}

export const hashOf = (path: string, { caseId, occasion, form, language }: Chosen): string =>
  `${path}?${new URLSearchParams({ case: caseId, occasion, form, language }).toString()}`;
