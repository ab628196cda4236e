/**
 * What the page must have of a case before it is opened: what becomes of its data, and how to fetch its page. Its session is
 * in `../specs.ts`, which the start of the site does not need.
 */
import type { Component } from 'svelte';
import type { LifeCycle } from './life-cycle.ts';

export interface CaseDefinition {
  readonly lifeCycle: LifeCycle;
  /** Loaded when it is first opened. */
  readonly page: () => Promise<{ default: Component }>;
}

export const defineCase = (lifeCycle: LifeCycle, page: CaseDefinition['page']): CaseDefinition => ({
  lifeCycle,
  page,
});
