/** Saves a case's data package as it is at this moment. Loaded when it is asked for. */
import { saveBytes } from '../cases/shared/download.ts';
import { operatorStore } from '../guidebook/operator-store.svelte.ts';
import type { CaseId } from '../../contract/index.ts';
import { dataSetOf, partiesOf } from './data-sets.ts';
import { packageOf } from './package.ts';
import { termsOf } from './terms.ts';

/** @param now wall clock, milliseconds since 1970. Nothing is saved where nothing is kept. */
export async function savePackage(id: CaseId, now = Date.now()): Promise<void> {
  const { file } = operatorStore;
  const set = dataSetOf(id, file, now);
  if (!set) return;
  const { name, content } = await packageOf(set, termsOf(set, partiesOf(id, file)), now);
  saveBytes(name, content, 'application/zip');
}
