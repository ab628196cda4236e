/** Texts in the reader's language that files of all cases share. */
import type { CaseId } from '../../../contract/index.ts';
import { locale } from '../../app/locale.svelte.ts';
import { m } from '../../paraglide/messages.js';

/**
 * Who offers the data, where and on what terms is the operator's word; what is not stated is empty. The file is read when it is
 * asked for: the start of the page does not need it.
 */
export async function fileText(id: CaseId) {
  const { operatorStore } = await import('../../guidebook/operator-store.svelte.ts');
  const { operator, cases } = operatorStore.file;
  const data = cases[id]?.data;
  return {
    retention: m.export_retention(),
    creator: operator.name[locale.written] || operator.name.ja,
    url: data?.url ?? '',
    licence: data?.licence ?? '',
    language: locale.written,
  };
}
