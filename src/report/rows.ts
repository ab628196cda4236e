/** The transparency report as rows of label and lines: the same on the page and in the HTML file. */
import { m } from '../paraglide/messages.js';
import type { CaseReport, TransparencyReport } from './transparency.ts';
import { accuracyWord, noticeWords, roleWord, settingWord, sourceWord } from './words.ts';

export interface Row {
  readonly label: string;
  readonly lines: readonly string[];
}

type Language = TransparencyReport['language'];

const dateIn = (language: Language, iso: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(Date.parse(iso));

const numberIn = (language: Language) => {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (value: number) => format.format(value);
};

function shownValue(value: number | boolean, language: Language): string {
  if (typeof value === 'number') return String(value);
  return value ? m.report_true({}, { locale: language }) : m.report_false({}, { locale: language });
}

export function headRows({ madeAt, language, operator, build, benchmark }: TransparencyReport): Row[] {
  const options = { locale: language };
  const number = numberIn(language);
  return [
    { label: m.report_made({}, options), lines: [dateIn(language, madeAt)] },
    { label: m.report_operator({}, options), lines: [operator || m.report_not_stated({}, options)] },
    { label: m.report_build({}, options), lines: [`${build.name}, SHA-256 ${build.scriptSha256 ?? '–'}`] },
    {
      label: m.report_benchmark({}, options),
      lines: benchmark
        ? [
            dateIn(language, benchmark.startedAt),
            ...benchmark.rows.map((row) =>
              m.report_benchmark_line(
                {
                  case: row.case,
                  model: row.model,
                  backend: row.backend,
                  ms: row.medianMs === null ? '–' : number(row.medianMs),
                  fps: row.fps === null ? '–' : number(row.fps),
                },
                options,
              ),
            ),
          ]
        : [m.report_benchmark_none({}, options)],
    },
  ];
}

export function caseRows(report: CaseReport, language: Language): Row[] {
  const options = { locale: language };
  const number = numberIn(language);
  const { ledger, data, duties, notices } = report;
  const labelled = (label: string, text: string) => m.guidebook_labelled({ label, text }, options);
  const items = (destroyed: boolean) =>
    data
      .filter(({ fate }) => (fate === 'destroyed') === destroyed)
      .map(({ what, until }) => `${what} — ${until}`);
  const list = (...values: readonly number[]) => [values.map(number).join(' / ')];
  return [
    { label: m.report_ran({}, options), lines: [dateIn(language, report.at)] },
    {
      label: m.report_source({}, options),
      lines: [report.source ? sourceWord(report.source, options) : '–'],
    },
    {
      label: m.report_models({}, options),
      lines: report.models.map(({ role, model, backend, sha256 }) =>
        labelled(roleWord(role, options), `${model} (${backend}) SHA-256 ${sha256 ?? '–'}`),
      ),
    },
    ...(Object.keys(report.settings).length > 0
      ? [
          {
            label: m.report_settings({}, options),
            lines: Object.entries(report.settings).map(([key, value]) =>
              labelled(settingWord(key, options), shownValue(value, language)),
            ),
          },
        ]
      : []),
    { label: m.report_frames({}, options), lines: list(ledger.frames.acquired) },
    { label: m.report_frames_destroyed({}, options), lines: list(ledger.frames.destroyed) },
    { label: m.report_left({}, options), lines: list(ledger.frames.left) },
    { label: m.report_life({}, options), lines: [`${number(ledger.lifeMs.p95)} ms`] },
    { label: m.report_crops({}, options), lines: list(ledger.crops.made, ledger.crops.destroyed) },
    {
      label: m.report_vectors({}, options),
      lines: list(ledger.vectors.made, ledger.vectors.destroyed, ledger.vectors.held),
    },
    { label: m.report_records({}, options), lines: list(ledger.records) },
    { label: m.report_pictures({}, options), lines: list(ledger.pictures) },
    { label: m.report_refused({}, options), lines: list(ledger.refused) },
    {
      label: m.report_wiped({}, options),
      lines: [ledger.wiped ? m.report_yes({}, options) : m.report_no({}, options)],
    },
    { label: m.report_kept({}, options), lines: items(false) },
    { label: m.report_destroyed({}, options), lines: items(true) },
    {
      label: m.report_accuracy({}, options),
      lines:
        report.accuracy.length > 0
          ? report.accuracy.map(
              ({ name, value, source }) => `${accuracyWord(name, options)}: ${value} (${source})`,
            )
          : [m.report_accuracy_none({}, options)],
    },
    {
      label: m.report_duties({}, options),
      lines: [
        m.report_duties_line(
          {
            done: String(duties.done),
            all: String(duties.all),
            open: String(duties.open),
            conflict: String(duties.conflict),
          },
          options,
        ),
      ],
    },
    {
      label: m.report_notices({}, options),
      lines: [
        ...notices.inForce.map(
          (notice) => `${noticeWords(notice, options)} — ${dateIn(language, notice.since)}`,
        ),
        m.report_notices_line(
          { n: String(notices.inForce.length), bad: String(notices.disagreements) },
          options,
        ),
      ],
    },
  ];
}
