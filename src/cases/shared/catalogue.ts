/**
 * The header of a file of records, in the catalogue's terms (data set: name, title, creator, tags, release date;
 * resource: title, URL, description, file size, licence, language), its origin and its retention.
 */
import type { OutRecord, Policy, SourceKind } from '../../../contract/index.ts';
import type { CaseRecords, Run } from './records.svelte.ts';
import { secondStamp, startStamp } from './stamps.ts';

/** Texts of the reader's language. */
export interface CatalogueText {
  readonly title: string;
  readonly description: string;
  readonly retention: string;
  /** The operator's word on who offers it, where, and on what terms; empty: not stated. */
  readonly creator: string;
  readonly url: string;
  readonly licence: string;
  readonly language: string;
}

export interface CatalogueContext {
  readonly kept: CaseRecords;
  /** Wall clock of the export, milliseconds since 1970. */
  readonly now: number;
  readonly text: CatalogueText;
  /** Of the file that is being written, in bytes. */
  readonly fileSize?: number;
  /** Disclosure control, as it was in force for the records. */
  readonly policy?: Policy;
}

/** As most cases have them: with what the file's figures are worth. */
export interface QualityText extends CatalogueText {
  readonly quality: string;
}

/** The network of a case that has one. */
export type UsedEngine = Omit<UsedModel, 'role'>;

/** What a case's files are written from; each adds what else its catalogue entry says. */
export interface ExportContext<
  R extends CaseRecords,
  T extends CatalogueText = QualityText,
> extends CatalogueContext {
  readonly kept: R;
  readonly text: T;
}

/** A network that took part in making the records. */
export interface UsedModel {
  readonly role: string;
  readonly model: string;
  readonly backend: string;
}

/** Where more than one network works: one line each. */
export const modelsOf = (used: readonly UsedModel[]): string[] =>
  used.map(({ role, model, backend }) => `${role}=${model} (${backend})`);

/** @param name of the data set, without spaces */
export function entryOf(
  name: string,
  tags: readonly string[],
  { kept, now, text, fileSize, policy }: CatalogueContext,
) {
  const [first] = kept.runs;
  return {
    dataset: { name, title: text.title, creator: text.creator || null, tags, releaseDate: secondStamp(now) },
    resource: {
      title: text.title,
      url: text.url || null,
      description: text.description,
      fileSize: fileSize ?? null,
      license: text.licence || null,
      language: text.language,
    },
    source: kept.runs.at(-1)?.source ?? null,
    startedAt: first ? startStamp(first.startedAt) : null,
    ...(policy && { disclosureControl: { ...policy, case: undefined } }),
    retention: text.retention,
  };
}

/** The runs of a file, in the order in which its records number them. */
export const runsOf = ({ runs }: CaseRecords): { source: SourceKind; startedAt: string }[] =>
  runs.map(({ source, startedAt }) => ({ source, startedAt: startStamp(startedAt) }));

/** A run's number in a file, from 1. */
const numberOf = ({ runs }: CaseRecords, run: Run): number => runs.indexOf(run) + 1;

/** Records, each with the number of the run it is from. */
export const numbered = <R extends OutRecord>(
  kept: CaseRecords,
  items: readonly { readonly record: R; readonly run: Run }[],
): (R & { run: number })[] => items.map(({ record, run }) => ({ run: numberOf(kept, run), ...record }));

/** The first columns of a table of records, and their cells: which run, and when it began. */
export const RUN_COLUMNS = ['run', 'run_started_at'] as const;
export const runCells = (kept: CaseRecords, run: Run): [number, string] => [
  numberOf(kept, run),
  startStamp(run.startedAt),
];
