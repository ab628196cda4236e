/**
 * What a file of kept records says of itself first, in the catalogue's terms (data set: name, title, creator, tags, release
 * date; resource: title, description, licence, language), where it comes from and how long it is kept.
 */
import type { OutRecord, SourceKind } from '../../../contract/index.ts';
import type { CaseRecords, Run } from './records.svelte.ts';

/** Texts of the reader's language. */
export interface CatalogueText {
  readonly title: string;
  readonly description: string;
  readonly retention: string;
  readonly licence: string;
  readonly language: string;
}

export interface CatalogueContext {
  readonly kept: CaseRecords;
  /** Wall clock of the export, milliseconds since 1970. */
  readonly now: number;
  readonly text: CatalogueText;
}

const stamp = (milliseconds: number) => new Date(milliseconds).toISOString();

/** A network that had a say in what is kept. */
export interface UsedModel {
  readonly role: string;
  readonly model: string;
  readonly backend: string;
}

/** Where more than one network works: one line each. */
export const modelsOf = (used: readonly UsedModel[]): string[] =>
  used.map(({ role, model, backend }) => `${role}=${model} (${backend})`);

/** @param name of the data set, without spaces */
export function entryOf(name: string, tags: readonly string[], { kept, now, text }: CatalogueContext) {
  const [first] = kept.runs;
  return {
    dataset: { name, title: text.title, creator: 'incam', tags, releaseDate: stamp(now) },
    resource: {
      title: text.title,
      description: text.description,
      license: text.licence,
      language: text.language,
    },
    source: kept.runs.at(-1)?.source ?? null,
    startedAt: first ? stamp(first.startedAt) : null,
    retention: text.retention,
  };
}

/** The runs of a file, in the order in which its records number them. */
export const runsOf = ({ runs }: CaseRecords): { source: SourceKind; startedAt: string }[] =>
  runs.map(({ source, startedAt }) => ({ source, startedAt: stamp(startedAt) }));

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
  stamp(run.startedAt),
];
