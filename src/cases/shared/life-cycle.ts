/**
 * The life cycle of a case's data: the one source of its page, the ledger's labels, the notices and the reports
 * (guidebook duties 1, 3, 6, 8, 9, 10).
 */
import type { CaseId } from '../../../contract/index.ts';

/** A message of the catalogue; notices use other languages than the page's. */
export type Text = (
  inputs?: Record<string, never>,
  options?: { locale?: 'ja' | 'en' | 'zh' | 'ko' },
) => string;

/** Rows of the camera's ledger that count pieces of a kind of data. */
export type LedgerRow = 'frames' | 'crops' | 'vectors' | 'pictures' | 'records';

/** One kind of data, from its origin to its end. */
export interface DataItem {
  readonly what: Text;
  /** Its origin. */
  readonly how: Text;
  /** Place of the data; data inside the camera are visible to no person. */
  readonly where: 'camera' | 'outside';
  readonly fate: 'destroyed' | 'kept' | 'handed-over';
  /** Its end, or its retention. */
  readonly until: Text;
  /** Whether it could identify a person while it exists. */
  readonly identifies: boolean;
  /** The ledger's row; absent: it cannot be counted in pieces. */
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
  /** Its purpose, in a sentence for the people filmed. */
  readonly purpose: Text;
  /** Filmed, kept and destroyed data, one line each. */
  readonly sees: Text;
  readonly kept: Text;
  readonly destroyed: Text;
  /** Explanations of the stages that differ between cases, for the single-step explainer. */
  readonly stages: { readonly infer: Text; readonly extract: Text };
  /** In the order of their origin. */
  readonly data: readonly DataItem[];
}
