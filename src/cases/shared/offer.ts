/** What a case has to say of the data it could pass on, beside what the operator's file says of every data set. */
import type { QualityFigure, Table } from './data-set.ts';

export interface Offer {
  /** Of the data set, without spaces. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly retention: string;
  /** What is known of errors, and of what the data do not say. */
  readonly quality: string;
  readonly figures: readonly QualityFigure[];
  readonly tables: readonly Table[];
}
