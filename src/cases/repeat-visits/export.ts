/**
 * Statistics as files: visits a day and after how many days people come back. Single visits stay where they are, because
 * within the retention period they are personal information. Each file says first what it is.
 */
import { missedMatches, mistakenAmong } from '../../../contract/index.ts';
import { entryOf, modelsOf, type ExportContext, type UsedModel } from '../shared/catalogue.ts';
import { csvOf, jsonOf, tableWriter } from '../shared/tables.ts';
import type { RepeatVisitsRecords } from './records.svelte.ts';
import type { Rules } from './session.svelte.ts';

const NAME = 'incam-repeat-visits';

export interface RepeatVisitsExport extends ExportContext<RepeatVisitsRecords> {
  readonly rules: Rules;
  readonly engines: readonly UsedModel[];
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

function catalogue(context: RepeatVisitsExport) {
  const { kept, rules, engines, text } = context;
  const held = kept.vault?.keys.reduce((sum, key) => sum + key.held, 0) ?? 0;
  const threshold = kept.vault?.threshold;
  return {
    ...entryOf(NAME, ['repeat-visits', 'in-camera', 'statistics'], context),
    models: modelsOf(engines),
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
const toCsv = (context: RepeatVisitsExport): string =>
  csvOf(
    catalogue(context),
    ['day', 'first', 'returning'],
    context.kept.days.map(({ day, first, returning }) => [day + 1, first, returning]),
  );

function toJson(context: RepeatVisitsExport): string {
  const days = context.kept.days.map(({ day, first, returning }) => ({ day: day + 1, first, returning }));
  const intervals = Object.entries(context.kept.intervals).map(([days, visits]) => ({
    daysSinceLast: Number(days),
    visits,
  }));
  return jsonOf({ ...catalogue(context), days, intervals });
}

export const tableFile = tableWriter(NAME, { csv: toCsv, json: toJson });
