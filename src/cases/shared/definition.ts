/** What the page must have of a case: how it is set up and what it keeps (`spec`), and how it looks (`page`). */
import type { Component } from 'svelte';
import type { CaseRecords } from './records.svelte.ts';
import type { CaseSpec } from './session.svelte.ts';
import type { SampleFile } from './source.ts';

/** A spec whose records and sample are not known in detail: for code that deals with several cases at once. */
export type AnySpec = CaseSpec<CaseRecords, SampleFile>;

export interface CaseDefinition {
  readonly spec: AnySpec;
  /** Loaded when it is first opened. */
  readonly page: () => Promise<{ default: Component }>;
}

/** @param spec the case's own, with the types of its records and its sample */
export const defineCase = <Records extends CaseRecords, Sample extends SampleFile>(
  spec: CaseSpec<Records, Sample>,
  page: CaseDefinition['page'],
): CaseDefinition => ({ spec, page });
