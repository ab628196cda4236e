/**
 * What a guidebook case does with data over their whole life: the one source from which its page, the ledger's labels,
 * the notices and the reports are made (guidebook duties 1, 3, 6, 8, 9, 10).
 */
import type { CaseId } from '../../../contract/index.ts';

/** A message of the catalogue; notices ask for other languages than the page's. */
export type Text = (
  inputs?: Record<string, never>,
  options?: { locale?: 'ja' | 'en' | 'zh' | 'ko' },
) => string;

/** Rows of the camera's ledger that count pieces of a kind of data. */
export type LedgerRow = 'frames' | 'crops' | 'vectors' | 'pictures' | 'records';

/** One kind of data, from where it comes into being to where it ends. */
export interface DataItem {
  readonly what: Text;
  /** How it comes into being. */
  readonly how: Text;
  /** Inside the camera it can be seen by nobody. */
  readonly where: 'camera' | 'outside';
  readonly fate: 'destroyed' | 'kept' | 'handed-over';
  /** When it ends, or how long it is kept. */
  readonly until: Text;
  /** Whether a person could be identified from it while it exists. */
  readonly identifies: boolean;
  /** Where the ledger counts it; absent: it is no piece that could be counted. */
  readonly ledger?: LedgerRow;
}

export interface LifeCycle {
  readonly id: CaseId;
  /** Number in the guidebook, ver2.0. */
  readonly number: number;
  readonly place: Text;
  readonly name: Text;
  /** Short, for the head of its page. */
  readonly title: Text;
  /** What it is for, in a sentence for those who are filmed. */
  readonly purpose: Text;
  /** In one line each: what is filmed, kept, destroyed. */
  readonly sees: Text;
  readonly kept: Text;
  readonly destroyed: Text;
  /** What the stages of a frame that differ from case to case do, for the single-step explainer. */
  readonly stages: { readonly infer: Text; readonly extract: Text };
  /** In the order in which they come into being. */
  readonly data: readonly DataItem[];
}
