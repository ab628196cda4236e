/**
 * Statistics as files: visits a day and after how many days people come back. Single visits stay where they are, because
 * within the retention period they are personal information. Each file says first what it is, in the catalogue's terms.
 */
import { missedMatches, mistakenAmong } from '../../../workers/contract.ts';
import { csvOf, stampedName } from '../frame/tables.ts';
import type { KeptVisits } from './kept.svelte.ts';
import type { Rules } from './session.svelte.ts';

export interface ExportContext {
  readonly kept: KeptVisits;
  readonly rules: Rules;
  readonly engines: readonly { readonly role: string; readonly model: string; readonly backend: string }[];
  /** Wall clock of the export, milliseconds since 1970. */
  readonly now: number;
  /** Texts of the reader's language. */
  readonly text: {
    readonly title: string;
    readonly description: string;
    readonly retention: string;
    readonly quality: string;
    readonly licence: string;
    readonly language: string;
  };
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

export function catalogue({ kept, rules, engines, now, text }: ExportContext) {
  const started = kept.runs[0]?.startedAt;
  const held = kept.vault?.keys.reduce((sum, key) => sum + key.held, 0) ?? 0;
  const threshold = kept.vault?.threshold;
  return {
    dataset: {
      name: 'incam-repeat-visits',
      title: text.title,
      creator: 'incam',
      tags: ['repeat-visits', 'in-camera', 'statistics'],
      releaseDate: new Date(now).toISOString(),
    },
    resource: {
      title: text.title,
      description: text.description,
      license: text.licence,
      language: text.language,
    },
    source: kept.runs.at(-1)?.source ?? null,
    startedAt: started === undefined ? null : new Date(started).toISOString(),
    models: engines.map(({ role, model, backend }) => `${role}=${model} (${backend})`),
    retention: text.retention,
    rules: { retentionDays: rules.retentionDays, time: rules.time, vault: rules.keep },
    quality: {
      description: text.quality,
      ...(threshold !== undefined && {
        vectorsHeld: held,
        threshold,
        strangersTakenForKnown: rounded(mistakenAmong(held, threshold)),
        returnsMissed: rounded(missedMatches(threshold)),
      }),
    },
  };
}

/** One row a day, below the catalogue. */
export const toCsv = (context: ExportContext): string =>
  csvOf(
    catalogue(context),
    ['day', 'first', 'returning'],
    context.kept.days.map(({ day, first, returning }) => [day + 1, first, returning]),
  );

export function toJson(context: ExportContext): string {
  const days = context.kept.days.map(({ day, first, returning }) => ({ day: day + 1, first, returning }));
  const intervals = Object.entries(context.kept.intervals).map(([days, visits]) => ({
    daysSinceLast: Number(days),
    visits,
  }));
  return JSON.stringify({ ...catalogue(context), days, intervals }, null, 2) + '\n';
}

export const fileName = (extension: 'csv' | 'json', now: number): string =>
  stampedName('incam-repeat-visits', extension, now);
