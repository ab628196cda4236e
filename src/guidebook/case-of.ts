/** Which case a page of the guidebook is about. */
import { CASES, type CaseId } from '../../contract/index.ts';
import { operatorStore } from './operator-store.svelte.ts';

/** The case the address names; else the first in use; else the first of the guidebook. */
export function caseOf(step: string | undefined): CaseId {
  const used = CASES.find((id) => operatorStore.planOf(id));
  return CASES.find((id) => id === step) ?? used ?? 'attributes';
}
